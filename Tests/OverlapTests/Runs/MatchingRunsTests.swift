import Randomness
import Testing

@testable import Overlap

@Suite struct MatchingRunsTests {
    private func runs(_ source: String, _ reply: String) -> MatchingRuns {
        MatchingRuns(source: words(of: source), reply: words(of: reply))
    }

    @Test func runsInAnyOrderOfTheReply() {
        let found = runs("a b c d e f g h", "f g h x a b c")
        #expect(
            found.runs(ofAtLeast: 2) == [
                CommonRun(source: 0..<3, reply: 4..<7), CommonRun(source: 5..<8, reply: 0..<3),
            ])
        #expect(found.coveredRanges(runsOfAtLeast: 3) == [0..<3, 5..<8])
        let coverage = found.coverage(runsOfAtLeast: 3)
        #expect((coverage.covered, coverage.total, coverage.runs, coverage.longest) == (6, 8, 2, 3))
        #expect(coverage.fraction == 0.75)
        #expect(found.coverage(runsOfAtLeast: 4) == Coverage(covered: 0, total: 8, runs: 0, longest: 0))
    }

    /// The end of one run and the start of the next may be the same words of the source; they count once.
    @Test func overlappingRunsCountEachPlaceOnce() {
        let found = runs("a b c d e f", "a b c d x c d e f")
        #expect(
            found.runs(ofAtLeast: 3) == [
                CommonRun(source: 0..<4, reply: 0..<4), CommonRun(source: 2..<6, reply: 5..<9),
            ])
        #expect(found.coverage(runsOfAtLeast: 3) == Coverage(covered: 6, total: 6, runs: 2, longest: 4))
        #expect(found.coveredRanges(runsOfAtLeast: 3) == [0..<6])
    }

    @Test func aLoopInTheReplyCountsOnce() {
        let sentence = "the cat sat on the mat "
        let found = runs("it says " + sentence + "and left", String(repeating: sentence, count: 200))
        #expect(found.coverage(runsOfAtLeast: 3) == Coverage(covered: 6, total: 10, runs: 1, longest: 6))
        #expect(found.longest == CommonRun(source: 2..<8, reply: 0..<6))
    }

    @Test(arguments: [Int.min, -1, 0, 1])
    func aMinimumBelowOneIsOne(minimum: Int) {
        #expect(runs("a b", "b").runs(ofAtLeast: minimum) == [CommonRun(source: 1..<2, reply: 0..<1)])
    }

    @Test func emptySequences() {
        for (source, reply) in [("", ""), ("", "a"), ("a", ""), ("a", "b")] {
            let found = runs(source, reply)
            #expect(found.longest == nil)
            #expect(found.runs(ofAtLeast: 1).isEmpty)
            #expect(found.coverage(runsOfAtLeast: 1).fraction == 0)
        }
        #expect(runs("a", "b").runs(ofAtLeast: Int.max).isEmpty)
    }

    @Test func bothMethodsAgreeWithTheNaiveVersion() {
        let seed: UInt64 = 81
        var generator = SeededGenerator(seed: seed, stream: "matching-runs")
        for round in 0..<1200 {
            let (source, reply) = RandomSequences.pair(longest: 40, with: &generator)
            var symbols = SymbolPair(source: source, reply: reply)
            if generator.next(below: 3) == 0 { symbols = symbols.masked(with: &generator) }
            let expected = Naive.endingRuns(symbols.source.map { $0 < 0 ? -2 : $0 }, symbols.reply)
            let places = SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount)
            let byPairs = EndingRuns(pairsOf: symbols, places: places)
            #expect(byPairs.lengths.map(Int.init) == expected.map(\.length), "seed \(seed), round \(round)")
            #expect(byPairs.replyPlaces.map(Int.init) == expected.map(\.place), "seed \(seed), round \(round)")
            #expect(EndingRuns(automatonOf: symbols) == byPairs, "seed \(seed), round \(round)")
        }
    }

    /// A place is covered exactly when some stretch of the least length around it stands in the reply.
    @Test func coverageIsThatOfSharedStretches() {
        let seed: UInt64 = 82
        var generator = SeededGenerator(seed: seed, stream: "coverage")
        for round in 0..<500 {
            let (source, reply) = RandomSequences.pair(longest: 60, with: &generator)
            let runs = MatchingRuns(source: source, reply: reply)
            for minimum in 1...5 {
                var covered = Set<Int>()
                let stretches = Set(reply.indices.dropLast(minimum - 1).map { Array(reply[$0..<$0 + minimum]) })
                for start in source.indices.dropLast(minimum - 1)
                where stretches.contains(Array(source[start..<start + minimum])) {
                    covered.formUnion(start..<start + minimum)
                }
                let coverage = runs.coverage(runsOfAtLeast: minimum)
                #expect(coverage.covered == covered.count, "seed \(seed), round \(round), minimum \(minimum)")
                let ranges = runs.coveredRanges(runsOfAtLeast: minimum)
                #expect(ranges.flatMap { Array($0) } == covered.sorted(), "seed \(seed), round \(round)")
                for run in runs.runs(ofAtLeast: minimum) {
                    #expect(Array(source[run.source]) == Array(reply[run.reply]), "seed \(seed), round \(round)")
                }
            }
        }
    }

    @Test func theRunWithWhichAReplyEnds() {
        #expect(
            trailingRun(source: "abcdabce".unicodeScalars, reply: "xxabc".unicodeScalars)
                == CommonRun(source: 0..<3, reply: 2..<5))
        #expect(trailingRun(source: "abc".unicodeScalars, reply: "abcx".unicodeScalars) == nil)
        #expect(trailingRun(source: "abc".unicodeScalars, reply: "".unicodeScalars) == nil)
        #expect(trailingRun(source: "".unicodeScalars, reply: "a".unicodeScalars) == nil)
        let cut = ComparedText("Sure: the storm hit the")
        let source = ComparedText("On Tuesday the storm hit the coast")
        #expect(trailingRun(source: source, reply: cut) == CommonRun(source: 2..<6, reply: 1..<5))
        var mask = WordMask(wordCount: 5)
        mask.mask(4..<5, as: .copiedFromPrompt)
        #expect(trailingRun(source: source, reply: cut.masked(by: mask)) == nil)
        #expect(MatchingRuns(source: source, reply: cut.masked(by: mask)).longest?.count == 3)
    }

    @Test func loopsHaveFewDifferentWords() {
        #expect(typeTokenRatio(of: words(of: "a b c d")) == 1)
        #expect(typeTokenRatio(of: words(of: String(repeating: "so it goes ", count: 100))) == 0.01)
        #expect(typeTokenRatio(of: []) == 1)
    }

    @Test func hostileTextsTakeLinearTime() {
        let length = 60_000
        let same = [Int](repeating: 7, count: length)
        let elapsed = ContinuousClock().measure {
            #expect(MatchingRuns(source: same, reply: same).coverage(runsOfAtLeast: 8).covered == length)
            #expect(MatchingRuns(source: same, reply: Array(same.prefix(9))).coverage(runsOfAtLeast: 9).longest == 9)
        }
        #expect(elapsed < .seconds(20))
    }
}

extension SymbolPair {
    /// The same pair with about every fifth symbol of each side equal to nothing.
    func masked(with generator: inout SeededGenerator) -> SymbolPair {
        SymbolPair(
            source: source.map { generator.next(below: 5) == 0 ? -1 : $0 },
            reply: reply.map { generator.next(below: 5) == 0 ? -1 : $0 }, symbolCount: symbolCount)
    }
}
