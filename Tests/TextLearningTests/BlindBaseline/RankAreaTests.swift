import Randomness
import Testing

@testable import TextLearning

@Suite struct RankAreaTests {
    @Test(arguments: 1...50) func pairsAreCountedWithTies(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "rank-area")
        let scores = (0..<30).map { _ in Float(generator.next(below: 9) - 4) / 3 }
        let isSuspect = scores.map { _ in generator.next(below: 3) == 0 }
        var wins = 0.0
        var pairs = 0.0
        for (left, isLeft) in zip(scores, isSuspect) where isLeft {
            for (right, isRight) in zip(scores, isSuspect) where !isRight {
                pairs += 1
                wins += left > right ? 1 : left == right ? 0.5 : 0
            }
        }
        #expect(rankArea(scores: scores, isSuspect: isSuspect) == (pairs > 0 ? wins / pairs : 0.5))
    }

    @Test func extremeScoresAreOrdered() {
        #expect(rankArea(scores: [-0.0, 0.0], isSuspect: [true, false]) == 0.5)
        #expect(rankArea(scores: [-Float.leastNonzeroMagnitude, 0], isSuspect: [true, false]) == 0)
        #expect(rankArea(scores: [3e38, -3e38, 1], isSuspect: [true, false, false]) == 1)
        #expect(rankArea(scores: [], isSuspect: []) == 0.5)
        #expect(rankArea(scores: [1, 2], isSuspect: [true, true]) == 0.5)
    }
}
