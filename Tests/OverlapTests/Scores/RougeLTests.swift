import Randomness
import Testing

@testable import Overlap

@Suite struct RougeLTests {
    /// The example of Lin (2004), section 3.1, sentences S1 to S3.
    @Test func examplesOfThePaper() {
        let reference = "police killed the gunman"
        let s2 = rougeL(reference: reference, candidate: "police kill the gunman")
        #expect((s2.commonWords, s2.precision, s2.recall, s2.f1) == (3, 0.75, 0.75, 0.75))
        #expect(rougeL(reference: reference, candidate: "the gunman kill police").f1 == 0.5)
        let longer = rougeL(reference: reference, candidate: "The police, they KILLED him: the gunman!")
        #expect(longer.commonWords == 4)
        #expect(longer.recall == 1)
        #expect(longer.precision == 4.0 / 7)
        #expect(abs(longer.f1 - 8.0 / 11) < 1e-15)
    }

    @Test func emptyTextsScoreZero() {
        for (reference, candidate) in [("", ""), ("a", ""), ("", "a"), ("a", "b"), ("!", "?")] {
            let score = rougeL(reference: reference, candidate: candidate)
            #expect((score.precision, score.recall, score.f1) == (0, 0, 0))
        }
    }

    @Test func agreesWithTheFullTable() {
        let seed: UInt64 = 71
        var generator = SeededGenerator(seed: seed, stream: "subsequence")
        for round in 0..<800 {
            let alphabet = [1, 2, 4, 30, 400][generator.next(below: 5)]
            let longest = [3, 63, 64, 65, 130, 200][generator.next(below: 6)]
            func sequence() -> [Int] {
                (0..<generator.next(below: longest + 1)).map { _ in generator.next(below: alphabet) }
            }
            let (one, other) = (sequence(), sequence())
            let expected = Naive.longestCommonSubsequence(one, other)
            #expect(longestCommonSubsequenceCount(one, other) == expected, "seed \(seed), round \(round)")
            #expect(longestCommonSubsequenceCount(other, one) == expected, "seed \(seed), round \(round)")
        }
    }

    @Test func equalAndReversedSequences() {
        for count in [1, 63, 64, 65, 127, 128, 129, 1000] {
            let rising = Array(0..<count)
            #expect(longestCommonSubsequenceCount(rising, rising) == count)
            #expect(longestCommonSubsequenceCount(rising, rising.reversed()) == 1)
            let same = [Int](repeating: 1, count: count)
            #expect(longestCommonSubsequenceCount(same, same) == count)
            #expect(longestCommonSubsequenceCount(same, same.dropLast()) == count - 1)
        }
    }

    @Test func togetherIsTheSameAsApart() {
        let seed: UInt64 = 72
        var generator = SeededGenerator(seed: seed, stream: "word-overlap")
        for round in 0..<200 {
            func text() -> String {
                (0..<generator.next(below: 60)).map { _ in "w\(generator.next(below: 12))" }.joined(separator: " ")
            }
            let (source, reply) = (text(), text())
            let overlap = WordOverlap(source: words(of: source), reply: words(of: reply))
            #expect(overlap.rougeL == rougeL(reference: source, candidate: reply), "seed \(seed), round \(round)")
            #expect(
                overlap.longestRun == ContiguousRuns(source: source, reply: reply).words,
                "seed \(seed), round \(round)")
        }
    }

    /// Many equal words: the recurrence must work on blocks of places, not on places.
    @Test func manyEqualWordsTakeBlocksOfTime() {
        let same = [Int](repeating: 1, count: 20_000)
        let elapsed = ContinuousClock().measure {
            #expect(longestCommonSubsequenceCount(same, same) == same.count)
        }
        #expect(elapsed < .seconds(30))
    }
}
