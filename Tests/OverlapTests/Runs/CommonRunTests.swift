import Randomness
import Testing

@testable import Overlap

@Suite struct CommonRunTests {
    private func run(_ source: String, _ reply: String) -> CommonRun? {
        longestCommonRun(source: source.unicodeScalars, reply: reply.unicodeScalars)
    }

    @Test(arguments: [
        ("abcdef", "xxcdeyy", 2..<5, 2..<5),
        ("abcabc", "zabc", 0..<3, 1..<4),  // twice in the source: the first place
        ("abc", "abcabc", 0..<3, 0..<3),  // twice in the reply: the first place
        ("cdab", "ab cd", 0..<2, 3..<5),  // equal lengths: earliest in the source
        ("a", "a", 0..<1, 0..<1),
        ("aaaa", "aa", 0..<2, 0..<2),
        ("e\u{301}a", "\u{E9}a", 2..<3, 1..<2),  // canonically equivalent is not equal
        ("שלום עולם", "!שלום", 0..<4, 1..<5),
        ("a\r\nb", "\nb", 2..<4, 0..<2),  // no grapheme cluster holds the line end together
        ("👨‍👩‍👧", "👩‍👧!", 2..<5, 0..<3),
    ])
    func knownRuns(source: String, reply: String, sourceRange: Range<Int>, replyRange: Range<Int>) {
        #expect(run(source, reply) == CommonRun(source: sourceRange, reply: replyRange))
    }

    @Test(arguments: [("", ""), ("", "a"), ("a", ""), ("abc", "xyz")])
    func nothingInCommon(source: String, reply: String) {
        #expect(run(source, reply) == nil)
    }

    @Test func agreesWithTheNaiveVersion() {
        let seed: UInt64 = 51
        var generator = SeededGenerator(seed: seed, stream: "common-run")
        for round in 0..<1500 {
            let alphabet = 1 + generator.next(below: 6)
            func sequence() -> [Int] {
                (0..<generator.next(below: 40)).map { _ in generator.next(below: alphabet) }
            }
            let source = sequence()
            var reply = sequence()
            if !source.isEmpty, generator.next(below: 2) == 0 {
                let start = generator.next(below: source.count)
                reply += source[start..<start + generator.next(below: source.count - start + 1)]
            }
            let expected = Naive.longestCommonRun(source, reply).map {
                CommonRun(source: $0.source..<$0.source + $0.count, reply: $0.reply..<$0.reply + $0.count)
            }
            #expect(longestCommonRun(source: source, reply: reply) == expected, "seed \(seed), round \(round)")
        }
    }

    @Test func unitsAreCountedApart() throws {
        let runs = ContiguousRuns(
            source: "The quick brown fox — it jumped over the lazy dog.",
            reply: "It said: QUICK BROWN fox, it jumped up.")
        #expect(runs.words == CommonRun(source: 1..<6, reply: 2..<7))
        #expect(runs.characters == CommonRun(source: 21..<32, reply: 25..<36))
        #expect(ContiguousRuns(source: "", reply: "a") == ContiguousRuns(source: "b", reply: ""))
    }

    /// Texts made to break quadratic methods and automata with many transitions from one state.
    @Test func hostileTextsTakeLinearTime() {
        let length = 60_000
        let same = [Int](repeating: 7, count: length)
        let hub = (0..<length).map { $0 % 2 == 0 ? 0 : $0 }
        var fibonacci = [[1], [1, 2]]
        while fibonacci[1].count < length { fibonacci = [fibonacci[1], fibonacci[1] + fibonacci[0]] }
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            #expect(longestCommonRun(source: same, reply: same)?.count == length)
            #expect(longestCommonRun(source: hub, reply: hub.reversed())?.count == 3)
            #expect(longestCommonRun(source: fibonacci[1], reply: fibonacci[0])?.count == fibonacci[0].count)
        }
        #expect(elapsed < .seconds(20))
    }

    @Test func divergence() {
        #expect(firstDivergence(expected: [1, 2, 3], actual: [1, 2, 4]) == 2)
        #expect(firstDivergence(expected: [1, 2, 3], actual: [1, 2]) == 2)
        #expect(firstDivergence(expected: [1], actual: [1, 2]) == 1)
        #expect(firstDivergence(expected: [Int](), actual: [1]) == 0)
        #expect(firstDivergence(expected: [1], actual: [2]) == 0)
    }
}
