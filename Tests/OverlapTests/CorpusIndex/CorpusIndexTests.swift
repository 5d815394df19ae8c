import Randomness
import Testing

@testable import Overlap

@Suite struct CorpusIndexTests {
    private struct Place: Hashable {
        var document: Int
        var start: Int
        var reply: Int
        var count: Int
    }

    /// All maximal runs by comparing every pair of places.
    private func naive<E: Equatable>(_ documents: [[E]], _ reply: [E], _ minimum: Int) -> Set<Place> {
        var places = Set<Place>()
        for (document, text) in documents.enumerated() {
            for start in text.indices {
                for place in reply.indices where text[start] == reply[place] {
                    if start > 0, place > 0, text[start - 1] == reply[place - 1] { continue }
                    var count = 0
                    while start + count < text.count, place + count < reply.count,
                        text[start + count] == reply[place + count]
                    { count += 1 }
                    if count >= minimum {
                        places.insert(Place(document: document, start: start, reply: place, count: count))
                    }
                }
            }
        }
        return places
    }

    @Test func findsEveryRunAndNothingElse() {
        let seed: UInt64 = 121
        var generator = SeededGenerator(seed: seed, stream: "corpus-index")
        for round in 0..<300 {
            let alphabet = [1, 2, 3, 8, 40][generator.next(below: 5)]
            let documents = (0..<generator.next(below: 6)).map { _ in
                (0..<generator.next(below: 50)).map { _ in "w\(generator.next(below: alphabet))" }
            }
            var reply: [String] = []
            for _ in 0..<generator.next(below: 4) {
                let source = documents.isEmpty ? [] : documents[generator.next(below: documents.count)]
                if !source.isEmpty { reply += source[generator.next(below: source.count)...].prefix(20) }
                reply.append("v\(generator.next(below: 9))")
            }
            let texts = documents.map { $0.joined(separator: round % 2 == 0 ? " " : ", \u{2014} ") }
            let least = 1 + generator.next(below: 12)
            let index = CorpusIndex(documents: texts, minimumWords: least)
            #expect(index.documentCount == documents.count)
            for minimum in [least, least + 2] {
                let found = index.matches(of: words(of: reply.joined(separator: " ")), ofAtLeast: minimum)
                #expect(found.isComplete)
                let places = found.matches.map {
                    Place(
                        document: $0.document, start: $0.source.lowerBound, reply: $0.reply.lowerBound, count: $0.count)
                }
                #expect(Set(places).count == places.count, "seed \(seed), round \(round)")
                #expect(Set(places) == naive(documents, reply, minimum), "seed \(seed), round \(round)")
                for match in found.matches {
                    let text = Array(texts[match.document].utf8)
                    let piece = String(decoding: text[match.utf8], as: UTF8.self)
                    #expect(words(of: piece).map(\.text) == Array(reply[match.reply]), "seed \(seed), round \(round)")
                }
            }
        }
    }

    @Test func findsEveryRunOfCharacters() {
        let seed: UInt64 = 122
        var generator = SeededGenerator(seed: seed, stream: "character-index")
        // é and è share their first byte, as do “ and ”; é and ĩ their last.
        let alphabets: [[Unicode.Scalar]] = [["a"], ["a", "b"], ["é", "è", "ĩ", "a"], ["“", "”", "x", "🦊", "🦋"]]
        for round in 0..<300 {
            let alphabet = alphabets[generator.next(below: alphabets.count)]
            func scalars(_ longest: Int) -> [Unicode.Scalar] {
                (0..<generator.next(below: longest)).map { _ in alphabet[generator.next(below: alphabet.count)] }
            }
            let documents = (0..<generator.next(below: 5)).map { _ in scalars(60) }
            var reply = scalars(10)
            if let source = documents.first, !source.isEmpty {
                reply += source[generator.next(below: source.count)...]
            }
            reply += scalars(20)
            let least = 1 + generator.next(below: 12)
            let texts = documents.map { String(String.UnicodeScalarView($0)) }
            let index = CharacterCorpusIndex(documents: texts, minimumCharacters: least)
            let found = index.matches(of: String(String.UnicodeScalarView(reply)))
            var places = Set<Place>()
            for match in found.matches {
                let before = String(
                    decoding: Array(texts[match.document].utf8)[..<match.utf8.lowerBound], as: UTF8.self)
                places.insert(
                    Place(
                        document: match.document, start: before.unicodeScalars.count, reply: match.reply.lowerBound,
                        count: match.count))
            }
            #expect(places == naive(documents, reply, least), "seed \(seed), round \(round)")
            #expect(places.count == found.matches.count, "seed \(seed), round \(round)")
        }
    }

    @Test func placesAreThoseOfTheOriginal() throws {
        let documents = ["", "One. Two!", "\u{FEFF}He said: “It’s co\u{AD}operative,”\r\n东京 — twice.", "x"]
        let index = CorpusIndex(documents: documents, minimumWords: 3)
        let match = try #require(index.matches(of: words(of: "so IT'S cooperative 东 京 then")).matches.first)
        #expect((match.document, match.source, match.reply) == (2, 2..<6, 1..<5))
        let piece = Array(documents[2].utf8)[match.utf8]
        #expect(String(decoding: piece, as: UTF8.self) == "It’s co\u{AD}operative,”\r\n东京")
    }

    @Test func runsDoNotCrossDocuments() {
        let index = CorpusIndex(documents: ["a b c", "d e f"], minimumWords: 4)
        #expect(index.matches(of: words(of: "a b c d e f")).matches.isEmpty)
    }

    @Test func maskedWordsBreakRuns() {
        let index = CorpusIndex(documents: ["x a b c d e f g y"], minimumWords: 3)
        let reply = ComparedText("a b c d e f g")
        var mask = WordMask(wordCount: 7)
        mask.mask(2..<3, as: .quoted)
        #expect(index.matches(of: reply).matches.map(\.reply) == [0..<7])
        #expect(index.matches(of: reply.masked(by: mask)).matches.map(\.reply) == [3..<7])
    }

    @Test func nothingToIndexOrToFind() {
        for documents in [[], [""], ["!?"], ["a"]] {
            let index = CorpusIndex(documents: documents, minimumWords: 8)
            #expect(index.matches(of: words(of: "a b c d e f g h i")) == CorpusMatches(matches: [], isComplete: true))
            let characters = CharacterCorpusIndex(documents: documents, minimumCharacters: -5)
            #expect(characters.matches(of: "").matches.isEmpty)
        }
        #expect(CorpusMatches(matches: [], isComplete: true).longest == nil)
    }

    @Test func aLimitIsReported() {
        let sentence = "one two three four five six seven eight nine ten"
        let index = CorpusIndex(documents: Array(repeating: sentence, count: 50))
        let all = index.matches(of: words(of: sentence))
        #expect(all.isComplete && all.matches.count == 50)
        #expect(all.coveredRanges == [0..<10])
        #expect(all.longest?.document == 0)
        let some = index.matches(of: words(of: sentence), limit: 7)
        #expect(!some.isComplete && some.matches.count == 7)
        #expect(!index.matches(of: words(of: sentence), limit: -1).isComplete)
    }

    @Test func aCorpusOfOneWordTakesNeitherTimeNorMemory() {
        let index = CorpusIndex(documents: [String(repeating: "so ", count: 300_000)])
        let reply = words(of: String(repeating: "so ", count: 400))
        let elapsed = ContinuousClock().measure {
            #expect(!index.matches(of: reply, limit: 1000).isComplete)
            #expect(
                index.matches(of: reply, ofAtLeast: 500, limit: 1000) == CorpusMatches(matches: [], isComplete: false))
        }
        #expect(elapsed < .seconds(5))
    }

    /// Long distances, long words and more words than lie between two landmarks.
    @Test func placesOfWordsAreKeptExactly() {
        let seed: UInt64 = 123
        var generator = SeededGenerator(seed: seed, stream: "word-places")
        var store = WordPlaceStore()
        var places: [Range<Int>] = []
        var end = 0
        for _ in 0..<2000 {
            let bound = [3, 254, 256, 1 << 40][generator.next(below: 4)]
            let start = end + generator.next(below: bound)
            end = start + generator.next(below: [2, 254, 256, 1 << 40][generator.next(below: 4)])
            places.append(start..<end)
            store.append(start..<end)
        }
        #expect(places.indices.map { store[$0] } == places, "seed \(seed)")
    }

    @Test func aLongDocumentIsReadInPieces() throws {
        let text = String(repeating: "é", count: 70_000) + " " + String(repeating: "so it goes ", count: 20_000) + "end"
        let index = CorpusIndex(documents: [text], minimumWords: 4)
        #expect(index.wordCount == words(of: text).count)
        let match = try #require(index.matches(of: words(of: "it goes so it goes end")).longest)
        #expect(match.utf8.upperBound == text.utf8.count)
    }
}
