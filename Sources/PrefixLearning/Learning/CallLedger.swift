import Synchronization

/// Counts every request that learning makes to the model under test, and keeps it within the budget.
///
/// Requests are reserved before they are sent, so that work which goes on at several places at once cannot spend the
/// same request twice.
public final class CallLedger: Sendable {
    /// What may be spent.
    public let budget: LearningBudget

    private struct State {
        var spent = 0
        var reserved = 0
    }

    private let state = Mutex(State())
    private let begin: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Opens a ledger; a budget of time begins to run now.
    ///
    /// - Parameters:
    ///   - budget: What may be spent.
    ///   - now: The time, replaceable in tests.
    public init(_ budget: LearningBudget, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.budget = budget
        self.now = now
        begin = now()
    }

    /// Requests made so far.
    public var spent: Int { state.withLock { $0.spent } }

    /// Requests that may still be made; under a budget of time as many as the speed so far allows.
    public var remaining: Int {
        let (spent, taken) = state.withLock { ($0.spent, $0.spent + $0.reserved) }
        switch budget {
        case .calls(let limit): return max(0, limit - taken)
        case .time(let seconds):
            let elapsed = begin.duration(to: now()) / .seconds(1)
            let left = Double(seconds) - elapsed
            guard left > 0 else { return 0 }
            // Before anything is known of the speed, little is promised.
            guard spent > 0, elapsed > 0 else { return Self.firstPromise }
            return Int(min(Double(spent) / elapsed * left, Double(Self.largestPromise)))
        }
    }

    /// Requests that the budget comes to: its number, or for a budget of time what was made.
    var budgetedCalls: Int {
        switch budget {
        case .calls(let limit): limit
        case .time: spent
        }
    }

    /// Sets requests aside before they are made.
    ///
    /// - Parameter calls: The most that the work can take.
    /// - Returns: Whether they are within the budget.
    func reserve(_ calls: Int) -> Bool {
        switch budget {
        case .calls(let limit):
            state.withLock { state in
                guard state.spent + state.reserved + calls <= limit else { return false }
                state.reserved += calls
                return true
            }
        case .time(let seconds):
            if begin.duration(to: now()) < .seconds(seconds) {
                state.withLock {
                    $0.reserved += calls
                    return true
                }
            } else {
                false
            }
        }
    }

    /// Books what reserved work has really taken.
    func settle(reserved: Int, spent: Int) {
        state.withLock {
            $0.reserved -= reserved
            $0.spent += spent
        }
    }

    private static let firstPromise = 256
    private static let largestPromise = 1_000_000_000
}
