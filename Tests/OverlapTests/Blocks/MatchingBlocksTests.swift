import Randomness
import Testing

@testable import Overlap

@Suite struct MatchingBlocksTests {
    @Test func longestFirstThenWhatFitsAroundIt() {
        let blocks = matchingBlocks(source: "abcdxefgh".unicodeScalars, reply: "efgabcdh".unicodeScalars)
        #expect(blocks == [CommonRun(source: 0..<4, reply: 3..<7), CommonRun(source: 8..<9, reply: 7..<8)])
        #expect(
            matchingBlocks(source: "abcdxefgh".unicodeScalars, reply: "efgabcdh".unicodeScalars, ofAtLeast: 2)
                == [CommonRun(source: 0..<4, reply: 3..<7)])
        #expect(matchingBlocks(source: [1], reply: [2]).isEmpty)
        #expect(matchingBlocks(source: [Int](), reply: [2]).isEmpty)
    }

    @Test func agreesWithTheNaiveVersion() {
        let seed: UInt64 = 101
        var generator = SeededGenerator(seed: seed, stream: "blocks")
        for round in 0..<1200 {
            let (source, reply) = RandomSequences.pair(longest: 45, with: &generator)
            var expected: [[Int]] = []
            for block in Naive.matchingBlocks(source[...], reply[...]) {
                if let last = expected.last, last[0] + last[2] == block[0], last[1] + last[2] == block[1] {
                    expected[expected.count - 1][2] += block[2]
                } else {
                    expected.append(block)
                }
            }
            let found = matchingBlocks(source: source, reply: reply)
            #expect(
                found.map { [$0.source.lowerBound, $0.reply.lowerBound, $0.count] } == expected,
                "seed \(seed), round \(round), \(source), \(reply)")
        }
    }

    @Test func pairsAndAutomatonAgree() {
        let seed: UInt64 = 102
        var generator = SeededGenerator(seed: seed, stream: "levels")
        for round in 0..<1200 {
            let (source, reply) = RandomSequences.pair(longest: 60, with: &generator)
            guard !source.isEmpty, !reply.isEmpty else { continue }
            var symbols = SymbolPair(source: source, reply: reply)
            if generator.next(below: 3) == 0 { symbols = symbols.masked(with: &generator) }
            let places = SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount)
            var search = LevelSearch(symbols: symbols, places: places)
            for _ in 0..<3 {
                let start = generator.next(below: source.count)
                let replyStart = generator.next(below: reply.count)
                let field = CommonRun(
                    source: start..<start + 1 + generator.next(below: source.count - start),
                    reply: replyStart..<replyStart + 1 + generator.next(below: reply.count - replyStart))
                let byPairs = search.longestRunsByPairs(in: field, budget: .max)
                #expect(byPairs == search.longestRunsByAutomaton(in: field), "seed \(seed), round \(round)")
            }
        }
    }

    @Test func hostileTextsStayFast() {
        let length = 20_000
        let same = [Int](repeating: 7, count: length)
        let hub = (0..<length).map { $0 % 2 == 0 ? 0 : $0 }
        let other = (0..<length).map { $0 % 2 == 0 ? 0 : -$0 }
        // Every run is one shorter than the one before, so every level of the search finds one run only.
        var stairs: (source: [Int], reply: [Int]) = ([], [])
        for count in stride(from: 140, to: 0, by: -1) {
            let run = (0..<count).map { 1000 * count + $0 }
            stairs.source += run + [-count]
            stairs.reply += run + [-1000 - count]
        }
        let elapsed = ContinuousClock().measure {
            #expect(matchingBlocks(source: stairs.source, reply: stairs.reply).count == 140)
            #expect(matchingBlocks(source: stairs.source.reversed(), reply: stairs.reply.reversed()).count == 140)
            #expect(matchingBlocks(source: same, reply: same).count == 1)
            #expect(matchingBlocks(source: hub, reply: other).count == length / 2)
            #expect(matchingBlocks(source: hub, reply: hub.reversed()).map(\.count) == [3])
        }
        #expect(elapsed < .seconds(20))
    }
}
