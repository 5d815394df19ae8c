import Randomness
import Testing

@testable import Overlap

@Suite struct MaskTests {
    private func quoted(_ text: String) -> [String] {
        let found = words(of: text)
        return quotedWords(in: text, words: found).map { found[$0].map(\.text).joined(separator: " ") }
    }

    @Test(arguments: [
        ("He said “not now” and left", ["not now"]),
        ("He said \"not now\" and \"never\"", ["not now", "never"]),
        ("„Nein“, sagte er; «oui» 「はい」", ["nein", "oui", "は い"]),
        ("It's 'not' a quotation, don't", []),
        ("an inch is 1\" long\n\nand \"this\" is quoted", ["this"]),
        ("“first paragraph\n\n“second paragraph” ends", ["first paragraph", "second paragraph"]),
        ("“first paragraph\r\n\r\n  “second” ends", ["first paragraph", "second"]),
        ("“never closed\n\nanother “one”", ["one"]),
        ("“a line\nbreak inside”", ["a line break inside"]),
        ("“outer «inner» more”", ["outer inner more"]),
        ("“”", []), ("”closing first“", []), ("", []), ("\"", []),
    ])
    func quotations(text: String, expected: [String]) {
        #expect(quoted(text) == expected)
    }

    @Test func copiedWords() {
        let prompt = words(of: "Continue the text: It was the best of times, it was")
        let reply = words(of: "Sure: it was the best of times, it was the worst of times")
        #expect(wordsCopied(by: reply, fromPrompt: prompt) == [1..<9])
        #expect(wordsCopied(by: reply, fromPrompt: prompt, runsOfAtLeast: 9).isEmpty)
        #expect(wordsCopied(by: prompt, fromPrompt: prompt) == [0..<prompt.count])
        #expect(wordsCopied(by: [], fromPrompt: prompt).isEmpty)
    }

    @Test func boilerplateStandsInManyDocuments() {
        let notice = "All rights reserved. Subscribe to our newsletter for more"
        let documents = [
            "Storm hits coast. " + notice + " today", notice + " tomorrow", "Nothing here at all", "Votes. " + notice,
            String(repeating: "once in one document only and again ", count: 9),
        ]
        let index = BoilerplateIndex(documents: documents)
        #expect(index.count == 2)
        #expect(index.ranges(in: words(of: documents[0])) == [3..<12])
        #expect(index.ranges(in: words(of: documents[2])).isEmpty)
        #expect(index.ranges(in: words(of: documents[4])).isEmpty)
        #expect(BoilerplateIndex(documents: documents, minimumDocuments: 4).count == 0)
        #expect(
            BoilerplateIndex(documents: documents, stretchWords: 2).ranges(in: words(of: "our newsletter")) == [0..<2])
        let degenerate = BoilerplateIndex(documents: ["a b", "a c"], stretchWords: -1, minimumDocuments: -1)
        #expect((degenerate.stretchWords, degenerate.minimumDocuments, degenerate.count) == (1, 2, 1))
    }

    @Test func boilerplateIsThatOfTheNaiveVersion() {
        let seed: UInt64 = 151
        var generator = SeededGenerator(seed: seed, stream: "boilerplate")
        for round in 0..<60 {
            let alphabet = 2 + generator.next(below: 20)
            let documents = (0..<generator.next(below: 12)).map { _ in
                (0..<generator.next(below: 60)).map { _ in "w\(generator.next(below: alphabet))" }
            }
            let (length, least) = (1 + generator.next(below: 4), 2 + generator.next(below: 3))
            var counts: [[String]: Set<Int>] = [:]
            for (number, document) in documents.enumerated() {
                for start in document.indices.dropLast(length - 1) {
                    counts[Array(document[start..<start + length]), default: []].insert(number)
                }
            }
            let index = BoilerplateIndex(
                documents: documents.map { $0.joined(separator: " ") }, stretchWords: length, minimumDocuments: least)
            #expect(index.count == counts.values.filter { $0.count >= least }.count, "seed \(seed), round \(round)")
            for document in documents {
                var masked = Set<Int>()
                for start in document.indices.dropLast(length - 1)
                where counts[Array(document[start..<start + length])]?.count ?? 0 >= least {
                    masked.formUnion(start..<start + length)
                }
                let ranges = index.ranges(in: words(of: document.joined(separator: " ")))
                #expect(ranges.flatMap { Array($0) } == masked.sorted(), "seed \(seed), round \(round)")
            }
        }
    }

    @Test func aMaskCountsByReason() {
        var mask = WordMask(wordCount: 10)
        #expect(mask.isEmpty && mask.maskedCount == 0)
        mask.mask(-5..<3, as: .quoted)
        mask.mask([2..<4, 9..<50], as: .boilerplate)
        mask.mask(20..<30, as: .copiedFromPrompt)
        #expect(mask.maskedCount == 5)
        #expect(mask.count(of: .quoted) == 3)
        #expect(mask.count(of: .boilerplate) == 3)
        #expect(mask.count(of: .copiedFromPrompt) == 0)
        #expect(mask.reasons(at: 2) == [.quoted, .boilerplate])
        #expect(mask.reasons(at: -1).isEmpty && mask.reasons(at: 10).isEmpty)
        #expect(!mask.isMasked(at: 4) && !mask.isMasked(at: -1) && !mask.isMasked(at: 10))
        #expect(WordMask(wordCount: -3).wordCount == 0)
    }

    @Test func maskedWordsAreNeverCounted() {
        let source = ComparedText("alpha beta gamma delta epsilon zeta eta theta")
        var mask = WordMask(wordCount: 8)
        mask.mask(3..<5, as: .quoted)
        let whole = Regurgitation(source: source, reply: source)
        #expect(whole.coveredWords(runsOfAtLeast: 3) == 8)
        #expect(whole.longestCharacterRun?.count == 45)
        for (one, other) in [(source.masked(by: mask), source), (source, source.masked(by: mask))] {
            let part = Regurgitation(source: one, reply: other)
            #expect(part.coveredWords(runsOfAtLeast: 3) == 6)
            #expect(part.coveredWords(runsOfAtLeast: 4) == 0)
            #expect(part.rougeL.commonWords == 6)
            #expect(part.longestCharacterRun == CommonRun(source: 0..<17, reply: 0..<17))
            #expect(part.maskedSourceWords + part.maskedReplyWords == 2)
        }
        let both = source.masked(by: mask)
        #expect(Regurgitation(source: both, reply: both).coveredWords(runsOfAtLeast: 1) == 6)
        let other = ComparedText("alpha").masked(by: mask)
        #expect(other.mask.isEmpty && other.mask.wordCount == 1)
    }
}
