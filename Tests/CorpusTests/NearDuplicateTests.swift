import Randomness
import Testing

@testable import Corpus

@Suite struct NearDuplicateTests {
    private func document(_ id: String, _ text: String) -> Document {
        Document(id: DocumentID(id), text: text, source: DocumentSource(file: "test"))
    }

    private func words(_ range: Range<Int>, _ prefix: String = "w") -> String {
        range.map { "\(prefix)\($0)" }.joined(separator: " ")
    }

    @Test func spellingAndPunctuationDoNotCount() {
        let pairs = NearDuplicates().pairs(within: [
            document("a", "“Don’t panic,” said the GUIDE — in large, friendly letters."),
            document("b", "\"Don't panic\" said the guide in large\r\nfrie\u{AD}ndly letters"),
            document("c", "Something else entirely was printed on the cover of it."),
        ])
        #expect(
            pairs == [
                NearDuplicatePair(
                    first: DocumentID("a"), second: DocumentID("b"), kind: .similar, jaccard: 1, firstInSecond: 1,
                    secondInFirst: 1)
            ])
    }

    @Test func aShortArticleInALongOneIsContained() throws {
        let short = document("short", words(100..<200))
        let long = document("long", words(0..<1000))
        let pair = try #require(NearDuplicates().pairs(between: [long], and: [short]).first)
        #expect(pair.kind == .contained)
        #expect(pair.secondInFirst == 1)
        #expect(abs(pair.firstInSecond - 96.0 / 996) < 1e-12)
        #expect(abs(pair.jaccard - 96.0 / 996) < 1e-12)
        #expect(NearDuplicates().pairs(between: [short], and: [short, long]).map(\.kind) == [.identical, .contained])
    }

    @Test func theThresholdIsInclusive() throws {
        let one = document("one", words(0..<34))  // 30 shingles
        let other = document("other", words(0..<7) + " " + words(0..<27, "x"))  // shares 3 of them
        let search = try #require(NearDuplicates(threshold: 0.1))
        #expect(search.pairs(within: [one, other]).map(\.kind) == [.contained])
        #expect(try #require(NearDuplicates(threshold: 0.1001)).pairs(within: [one, other]).isEmpty)
        for threshold in [0, -1, 1.01, .nan, .infinity] { #expect(NearDuplicates(threshold: threshold) == nil) }
    }

    @Test func shortWordlessAndUnspacedTexts() {
        let texts = [
            "Hello, world!", "hello world", "hello", "!!!", "!!!", "???", "", "東京都知事選挙の結果が発表された。",
            "東京都知事選挙の結果が本日発表された", "大阪の天気は晴れでしょう、と気象庁",
        ]
        let pairs = NearDuplicates().pairs(within: texts.enumerated().map { document("\($0)", $1) })
        #expect(
            pairs.map { "\($0.first)-\($0.second) \($0.kind)" } == ["0-1 similar", "3-4 identical", "7-8 contained"])
    }

    /// The search finds exactly the pairs that comparing everything with everything finds.
    @Test func nothingIsMissed() throws {
        let seed: UInt64 = 41
        var generator = SeededGenerator(seed: seed, stream: "near-duplicates")
        for round in 0..<40 {
            let documents = (0..<30).map { index in
                let start = generator.next(below: 60)
                var text = words(start..<start + generator.next(below: 60))
                if generator.next(below: 2) == 0 { text += " " + words(1000..<1012) }  // boilerplate
                return document("\(index)", text)
            }
            let threshold = [0.1, 0.3, 0.5, 0.8, 1][generator.next(below: 5)]
            let sets = documents.map { Set(Shingles(of: $0.text).hashes) }
            var expected: [String] = []
            for first in 0..<30 {
                for second in first + 1..<30 {
                    let shared = Double(sets[first].intersection(sets[second]).count)
                    let smaller = Double(min(sets[first].count, sets[second].count))
                    let isIdentical = documents[first].text == documents[second].text
                    if isIdentical || (smaller > 0 && shared / smaller >= threshold) {
                        expected.append("\(first)-\(second)")
                    }
                }
            }
            let search = try #require(NearDuplicates(threshold: threshold))
            let within = search.pairs(within: documents).map { "\($0.first)-\($0.second)" }
            #expect(within == expected, "seed \(seed), round \(round)")
            let between = search.pairs(between: Array(documents[..<12]), and: Array(documents[12...]))
            #expect(
                between.map { "\($0.first)-\($0.second)" }
                    == expected.filter { pair in
                        let ends = pair.split(separator: "-").compactMap { Int($0) }
                        return ends[0] < 12 && ends[1] >= 12
                    }, "seed \(seed), round \(round)")
        }
    }

    @Test func boilerplateThatEveryDocumentCarriesIsNoDuplication() {
        let documents = (0..<150).map { document("\($0)", words(0..<20, "footer") + " " + words(0..<60, "d\($0)x")) }
        #expect(NearDuplicates().pairs(within: documents).isEmpty)
    }
}
