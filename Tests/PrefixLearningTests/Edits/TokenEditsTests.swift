import Corpus
import PrefixLearning
import Randomness
import Testing

@Suite struct TokenEditsTests {
    private func tokens(_ count: Int, _ generator: inout SeededGenerator, vocabulary: Int = 6) -> [TokenID] {
        (0..<count).map { _ in TokenID(Int32(generator.next(below: vocabulary))) }
    }

    @Test func everyEditIsNewShortAndOneEditAway() {
        for seed in UInt64(0)..<200 {
            var generator = SeededGenerator(seed: seed, stream: "edits-test")
            let parent = tokens(generator.next(below: 9), &generator)
            let longest = 1 + generator.next(below: 9)
            let suggestions = (0..<generator.next(below: 12)).map { _ in tokens(generator.next(below: 4), &generator) }
            let known = Set((0..<5).map { _ in tokens(parent.count, &generator) })
            let edits = TokenEdits(longest: longest).edits(
                of: parent, suggestions: suggestions, count: 30, excluding: known, with: &generator)
            #expect(Set(edits.map(\.tokens)).count == edits.count, "seed \(seed)")
            for edit in edits {
                #expect((1...longest).contains(edit.tokens.count) && edit.tokens != parent, "seed \(seed)")
                #expect(!known.contains(edit.tokens))
                let difference = ["insertion": 1, "replacement": 0, "deletion": -1][edit.kind.rawValue]
                #expect(edit.tokens.count - parent.count == difference)
                let common = zip(edit.tokens, parent).prefix { $0 == $1 }.count
                let after = zip(edit.tokens.reversed(), parent.reversed()).prefix { $0 == $1 }.count
                #expect(common + after >= min(edit.tokens.count, parent.count) - (difference == 0 ? 1 : 0))
            }
        }
    }

    @Test func allEditsOfASmallParentAreFound() {
        var generator = SeededGenerator(seed: 1, stream: "edits-test")
        let edits = TokenEdits(longest: 3).edits(
            of: [1, 2], suggestions: [[7], [8], [9]], count: 100, with: &generator)
        #expect(
            Set(edits.map(\.tokens)) == [
                [7, 1, 2], [1, 8, 2], [1, 2, 9], [7, 2], [1, 8], [2], [1],
            ])
        #expect(Set(edits.prefix(3).map(\.kind)) == [.insertion, .replacement, .deletion])
    }

    @Test func crossesTakeAHeadAndATail() {
        for seed in UInt64(0)..<200 {
            var generator = SeededGenerator(seed: seed, stream: "crosses-test")
            let first = tokens(generator.next(below: 8), &generator, vocabulary: 100)
            let second = tokens(generator.next(below: 8), &generator, vocabulary: 100)
            let crosses = TokenEdits(longest: 10).crosses(of: first, and: second, count: 20, with: &generator)
            #expect(Set(crosses.map(\.tokens)).count == crosses.count, "seed \(seed)")
            for cross in crosses {
                #expect((1...10).contains(cross.tokens.count) && cross.tokens != first && cross.tokens != second)
                let joins = (0...cross.tokens.count).contains { cut in
                    let (head, tail) = (cross.tokens[..<cut], cross.tokens[cut...])
                    return (first.starts(with: head) && second.suffix(tail.count).elementsEqual(tail))
                        || (second.starts(with: head) && first.suffix(tail.count).elementsEqual(tail))
                }
                #expect(joins, "seed \(seed): \(first) × \(second) gave \(cross)")
            }
        }
    }

    @Test func theSameSeedGivesTheSameEdits() {
        let made = (0..<2).map { _ in
            var generator = SeededGenerator(seed: 4, stream: "same")
            return TokenEdits().edits(
                of: [1, 2, 3], suggestions: [[4, 5], [6], [7], [8]], count: 4, with: &generator)
        }
        #expect(made[0] == made[1] && made[0].count == 4)
    }

    @Test func nothingComesOfNothing() {
        var generator = SeededGenerator(seed: 4, stream: "nothing")
        #expect(TokenEdits().edits(of: [], suggestions: [], count: 5, with: &generator).isEmpty)
        #expect(TokenEdits().edits(of: [1], suggestions: [], count: 5, with: &generator).isEmpty)
        #expect(TokenEdits().edits(of: [1, 2], suggestions: [[3]], count: -5, with: &generator).isEmpty)
        #expect(TokenEdits().crosses(of: [], and: [], count: 5, with: &generator).isEmpty)
    }
}
