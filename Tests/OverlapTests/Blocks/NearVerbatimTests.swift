import Randomness
import Testing

@testable import Overlap

@Suite struct NearVerbatimTests {
    private let rule = NearVerbatimRule(
        first: .init(maximumGap: 2, maximumMisalignment: 1, minimumMatchedWords: 3),
        second: .init(maximumGap: 4, maximumMisalignment: 2, minimumMatchedWords: 6))

    private func blocks(_ source: String, _ reply: String) -> NearVerbatimBlocks {
        NearVerbatimBlocks(source: words(of: source), reply: words(of: reply), rule: rule)
    }

    @Test func smallGapsAreBridged() throws {
        let near = blocks("a b c d e f g h", "a b c X e f g h")
        let block = try #require(near.blocks.first)
        #expect(near.blocks.count == 1)
        #expect((block.source, block.reply, block.matchedWords) == (0..<8, 0..<8, 7))
        #expect(block.runs == [CommonRun(source: 0..<3, reply: 0..<3), CommonRun(source: 4..<8, reply: 4..<8)])
        #expect((near.matchedWords, near.longest, near.recall) == (7, 7, 7.0 / 8))
        #expect(
            near.sourceSegments == [
                Segment(kind: .matched, words: 0..<3), Segment(kind: .nearMatched, words: 3..<4),
                Segment(kind: .matched, words: 4..<8),
            ])
    }

    /// The first pass leaves two blocks four words apart, which the second one joins.
    @Test func theSecondPassBridgesMore() {
        let near = blocks("a b c d 1 2 3 4 e f g h i", "x a b c d 5 6 7 e f g h i y")
        #expect(near.blocks.map(\.matchedWords) == [9])
        #expect(
            near.replySegments.map(\.kind) == [.missing, .matched, .nearMatched, .matched, .missing])
        #expect(near.replySegments.map(\.words) == [0..<1, 1..<5, 5..<8, 8..<13, 13..<14])
    }

    /// Both directions of misalignment count: words put in and words left out.
    @Test(arguments: [
        ("a b c d 1 2 3 e f g h", "a b c d e f g h"), ("a b c d e f g h", "a b c d 1 2 3 e f g h"),
    ])
    func misalignmentIsAbsolute(source: String, reply: String) {
        #expect(blocks(source, reply).blocks.isEmpty)
    }

    @Test func whatIsDroppedIsMissing() {
        let near = blocks("a b c d e", "a b x y z w v u c d e")
        #expect(near.blocks.isEmpty)
        #expect(near.sourceSegments == [Segment(kind: .missing, words: 0..<5)])
        #expect(blocks("", "").sourceSegments.isEmpty)
        #expect(blocks("", "a").recall == 0)
    }

    @Test func segmentsLeadBackToTheText() {
        let source = "“Storm hits harbour,” the café said —\r\nand boats sank there."
        let sourceWords = words(of: source)
        let near = NearVerbatimBlocks(
            source: sourceWords, reply: words(of: "storm hits harbour the cafe said and boats sank there"), rule: rule)
        let marked = near.sourceSegments.map { segment in
            let bytes = Array(source.utf8)[sourceWords.utf8(of: segment.words) ?? 0..<0]
            return "\(segment.kind): \(String(decoding: bytes, as: UTF8.self))"
        }
        #expect(
            marked == [
                "matched: Storm hits harbour,” the", "nearMatched: café", "matched: said —\r\nand boats sank there",
            ])
        #expect(sourceWords.scalars(of: 4..<5) == 26..<30)
        for words in [0..<0, -1..<2, 5..<99] { #expect(sourceWords.utf8(of: words) == nil) }
    }

    @Test func maskedWordsAreGaps() {
        let text = ComparedText("a b c d e f g h i j")
        var mask = WordMask(wordCount: 10)
        mask.mask(4..<6, as: .quoted)
        let near = NearVerbatimBlocks(source: text.masked(by: mask), reply: text, rule: rule)
        #expect(near.blocks.map(\.matchedWords) == [8])
        #expect(near.sourceSegments.map(\.kind) == [.matched, .nearMatched, .matched])
        #expect(near == Regurgitation(source: text.masked(by: mask), reply: text, rule: rule).nearVerbatim)
    }

    @Test func segmentsPartitionTheText() {
        let seed: UInt64 = 131
        var generator = SeededGenerator(seed: seed, stream: "segments")
        for round in 0..<400 {
            let (source, reply) = RandomSequences.pair(longest: 80, with: &generator)
            let near = NearVerbatimBlocks(source: source, reply: reply, rule: rule)
            for (segments, count) in [(near.sourceSegments, source.count), (near.replySegments, reply.count)] {
                #expect(segments.flatMap { Array($0.words) } == Array(0..<count), "seed \(seed), round \(round)")
                let matched = segments.filter { $0.kind == .matched }.reduce(0) { $0 + $1.words.count }
                #expect(matched == near.matchedWords, "seed \(seed), round \(round)")
                for (one, next) in zip(segments, segments.dropFirst()) {
                    #expect(one.kind != next.kind, "seed \(seed), round \(round)")
                }
            }
        }
    }

    @Test func extremeRulesDoNotTrap() {
        for number in [Int.min, -1, 0, Int.max] {
            let pass = NearVerbatimRule.Pass(
                maximumGap: number, maximumMisalignment: number, minimumMatchedWords: number)
            let rule = NearVerbatimRule(minimumRun: number, first: pass, second: pass)
            let near = NearVerbatimBlocks(source: [1, 2, 3, 4], reply: [1, 3, 4, 2], rule: rule)
            #expect(near.matchedWords <= 4)
        }
    }
}
