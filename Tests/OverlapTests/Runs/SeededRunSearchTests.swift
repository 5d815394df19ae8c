import Randomness
import Testing

@testable import Overlap

@Suite struct SeededRunSearchTests {
    @Test func agreesWithTheNaiveVersion() {
        let seed: UInt64 = 91
        var generator = SeededGenerator(seed: seed, stream: "seeded-search")
        var found = 0
        for round in 0..<1500 {
            let (source, reply) = RandomSequences.pair(longest: 90, with: &generator)
            let (one, other) = (source.map { UInt32($0) }, reply.map { UInt32($0) })
            let expected = Naive.longestCommonRun(one, other).map {
                CommonRun(source: $0.source..<$0.source + $0.count, reply: $0.reply..<$0.reply + $0.count)
            }
            switch SeededRunSearch(source: one, reply: other).search() {
            case .found(let run):
                #expect(run == expected, "seed \(seed), round \(round)")
                found += 1
            case .shorterThanSeed: #expect(expected?.count ?? 0 < 6, "seed \(seed), round \(round)")
            case .tooManyPairs: #expect(source.count > 10, "seed \(seed), round \(round)")
            }
            #expect(longestCharacterRun(source: one, reply: other) == expected, "seed \(seed), round \(round)")
        }
        #expect(found > 300)
    }

    @Test func aLoopIsLeftToTheAutomaton() {
        let same = [UInt32](repeating: 7, count: 20_000)
        #expect(SeededRunSearch(source: same, reply: same + [8]).search() == .tooManyPairs)
        #expect(longestCharacterRun(source: same, reply: same + [8])?.count == same.count)
    }

    @Test func aMegabyteLine() {
        let seed: UInt64 = 92
        var generator = SeededGenerator(seed: seed, stream: "megabyte")
        let source = (0..<1 << 20).map { _ in UInt32(97 + generator.next(below: 26)) }
        let reply = [1, 2, 3] + Array(source[700_000..<702_400]) + [4, 5]
        let elapsed = ContinuousClock().measure {
            #expect(
                longestCharacterRun(source: source, reply: reply)
                    == CommonRun(source: 700_000..<702_400, reply: 3..<2403), "seed \(seed)")
        }
        #expect(elapsed < .seconds(10))
    }
}
