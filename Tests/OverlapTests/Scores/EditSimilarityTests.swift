import Randomness
import Testing

@testable import Overlap

@Suite struct EditSimilarityTests {
    @Test(arguments: [
        ("kitten", "sitting", 3), ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("flaw", "lawn", 2),
        ("e\u{301}", "\u{E9}", 2), ("abcd", "abcd", 0), ("abcd", "efgh", 4),
    ])
    func knownDistances(one: String, other: String, distance: Int) {
        #expect(editDistance(one.unicodeScalars, other.unicodeScalars) == distance)
    }

    @Test func similarity() {
        let similar = EditSimilarity(source: "kitten".unicodeScalars, reply: "sitting".unicodeScalars)
        #expect((similar.distance, similar.longerCount) == (3, 7))
        #expect(similar.similarity == 1 - 3.0 / 7)
        #expect(EditSimilarity(source: [Int](), reply: [Int]()).similarity == 1)
        #expect(EditSimilarity(source: [1], reply: [2]).similarity == 0)
    }

    @Test func agreesWithTheFullTable() {
        let seed: UInt64 = 111
        var generator = SeededGenerator(seed: seed, stream: "edit-distance")
        for round in 0..<600 {
            let longest = [5, 63, 64, 65, 130, 200][generator.next(below: 6)]
            let (source, reply) = RandomSequences.pair(longest: longest, with: &generator)
            let expected = Naive.editDistance(source, reply)
            #expect(editDistance(source, reply) == expected, "seed \(seed), round \(round)")
            #expect(editDistance(reply, source) == expected, "seed \(seed), round \(round)")
        }
    }

    /// Long sequences with few differences, around the width of the first band, and with many.
    @Test func bandsAgreeWithTheFullTable() {
        let seed: UInt64 = 112
        var generator = SeededGenerator(seed: seed, stream: "bands")
        for round in 0..<24 {
            let source = (0..<900 + generator.next(below: 300)).map { _ in generator.next(below: 20) }
            var reply = source
            for _ in 0..<[3, 40, 60, 70, 90, 400][round % 6] {
                let place = generator.next(below: reply.count)
                switch generator.next(below: 3) {
                case 0: reply.remove(at: place)
                case 1: reply.insert(generator.next(below: 20), at: place)
                default: reply[place] = generator.next(below: 20)
                }
            }
            if round % 4 == 3 { reply.removeFirst(generator.next(below: 120)) }
            let expected = Naive.editDistance(source, reply)
            #expect(editDistance(source, reply) == expected, "seed \(seed), round \(round)")
            #expect(editDistance(reply, source) == expected, "seed \(seed), round \(round)")
        }
    }

    @Test func accuracyByPlace() {
        let accuracy = TokenAccuracy(expected: [1, 2, 3, 4], actual: [1, 9, 3])
        #expect((accuracy.correct, accuracy.expected, accuracy.fraction) == (2, 4, 0.5))
        #expect(TokenAccuracy(expected: [Int](), actual: [1]).fraction == 0)
        #expect(TokenAccuracy(expected: [1], actual: [1, 2, 3]).fraction == 1)
    }
}
