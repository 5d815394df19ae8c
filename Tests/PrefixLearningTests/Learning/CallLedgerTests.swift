import Synchronization
import Testing

@testable import PrefixLearning

@Suite struct CallLedgerTests {
    @Test func requestsAreSetAsideBeforeTheyAreMade() {
        let ledger = CallLedger(.calls(10))
        #expect(ledger.reserve(6) && ledger.remaining == 4)
        #expect(!ledger.reserve(5) && ledger.reserve(4) && ledger.remaining == 0)
        ledger.settle(reserved: 6, spent: 2)
        #expect(ledger.spent == 2 && ledger.remaining == 4)
        #expect(ledger.reserve(4) && !ledger.reserve(1))
        #expect(ledger.budgetedCalls == 10)
    }

    @Test func manyPlacesNeverSpendMoreThanThereIs() async {
        let ledger = CallLedger(.calls(1000))
        await withTaskGroup(of: Void.self) { group in
            for size in 1...40 {
                group.addTask {
                    for _ in 0..<100 where ledger.reserve(size % 5 + 1) {
                        ledger.settle(reserved: size % 5 + 1, spent: size % 5 + 1)
                    }
                }
            }
        }
        // What is left is less than the largest piece of work.
        #expect(ledger.spent <= 1000 && ledger.spent > 994)
    }

    @Test func timeIsCountedByTheSpeedSoFar() {
        let elapsed = Mutex(Duration.zero)
        let start = ContinuousClock.now
        let ledger = CallLedger(.time(seconds: 10)) { start + elapsed.withLock { $0 } }
        #expect(ledger.remaining > 0)
        #expect(ledger.reserve(100))
        ledger.settle(reserved: 100, spent: 100)
        elapsed.withLock { $0 = .seconds(2) }
        #expect(ledger.remaining == 400)
        elapsed.withLock { $0 = .seconds(10) }
        #expect(ledger.remaining == 0 && !ledger.reserve(1))
        #expect(ledger.budgetedCalls == 100)
    }
}
