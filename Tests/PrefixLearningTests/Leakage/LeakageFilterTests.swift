import Corpus
import Randomness
import Testing

@testable import PrefixLearning

@Suite("Pieces of documents in prompts")
struct LeakageFilterTests {
    private func source(_ id: String, arm: Arm = .suspect, text: String = "", _ tokens: [Int32] = [])
        -> LeakageFilter.Source
    {
        LeakageFilter.Source(
            document: ArmedDocument(arm: arm, document: DocumentID(id)), text: text, tokens: tokens.map { TokenID($0) })
    }

    private func elicitation(_ before: [Int32], _ after: [Int32] = []) -> Elicitation {
        Elicitation(
            id: PromptID(rawValue: "p"), before: before.map { TokenID($0) }, after: after.map { TokenID($0) })
    }

    private func leak(_ filter: LeakageFilter, _ elicitation: Elicitation) -> Leak? {
        do throws(Leak) { try filter.check(elicitation) } catch { return error }
        return nil
    }

    private func leak(_ filter: LeakageFilter, _ written: String) throws -> Leak? {
        let template = try PromptTemplate(
            id: PromptID(rawValue: "p"), content: .completion(TemplateText(parsing: written)))
        do throws(Leak) { try filter.check(template) } catch { return error }
        return nil
    }

    @Test("six tokens in a row are a leak and five are none, before and after the prefix")
    func tokens() throws {
        let filter = LeakageFilter([source("a", Array(10..<20)), source("b", arm: .control, [1, 2, 3, 4, 5, 6, 7])])
        #expect(leak(filter, elicitation([10, 11, 12, 13, 14])) == nil)
        #expect(leak(filter, elicitation([10, 11, 12, 13, 14], [15, 16, 17, 18, 19])) == nil)
        let found = try #require(leak(filter, elicitation([0, 0, 12, 13, 14, 15, 16, 17])))
        #expect(found.document == ArmedDocument(arm: .suspect, document: DocumentID("a")))
        #expect(found.offset == 2)
        #expect(found.documentOffset == 2)
        #expect(found.part == .beforePrefix)
        #expect(found.unit == .tokens)
        #expect(found.stretch == "12 13 14 15 16 17")
        let behind = try #require(leak(filter, elicitation([], [2, 3, 4, 5, 6, 7])))
        #expect(behind.part == .afterPrefix)
        #expect(behind.document.arm == .control)
        #expect(behind.documentOffset == 1)
        #expect("\(behind)".contains("control document \"b\""))
        #expect(!"\(behind)".contains("\n"))
    }

    @Test("stretches do not reach from one document into the next, nor across the prefix")
    func borders() {
        let filter = LeakageFilter([source("a", [1, 2, 3]), source("b", [4, 5, 6]), source("c"), source("d", [7])])
        #expect(leak(filter, elicitation([1, 2, 3, 4, 5, 6, 7])) == nil)
        let whole = LeakageFilter([source("a", [1, 2, 3, 4, 5, 6])])
        #expect(leak(whole, elicitation([1, 2, 3], [4, 5, 6])) == nil)
    }

    @Test("nothing leaks from nothing")
    func nothing() {
        #expect(leak(LeakageFilter([]), elicitation([1, 2, 3, 4, 5, 6])) == nil)
        #expect(leak(LeakageFilter([source("a")]), elicitation([])) == nil)
        #expect(leak(LeakageFilter([source("a", [1, 2, 3, 4, 5, 6])]), elicitation([])) == nil)
    }

    @Test("six words in a row are a leak, whatever their case and punctuation")
    func words() throws {
        let filter = LeakageFilter([source("a", text: "The Mayor, on Tuesday, opened the new bridge.")])
        let found = try #require(try leak(filter, "News: mayor on TUESDAY opened — the new. {prefix}"))
        #expect(found.unit == .words)
        #expect(found.stretch == "mayor on tuesday opened the new")
        #expect(found.offset == 1)
        #expect(found.documentOffset == 1)
        #expect(try leak(filter, "mayor on Tuesday opened the old bridge") == nil)
        #expect(try leak(filter, "the mayor on {title} tuesday opened the new") == nil)
        #expect(try leak(filter, "{prefix} the mayor on tuesday opened the")?.part == .afterPrefix)
    }

    @Test("the messages and the prefill of a chat are all looked through")
    func chats() throws {
        let filter = LeakageFilter([source("a", text: "one two three four five six")])
        let leaking = "one two three four five six"
        for (user, prefill) in [(leaking, "{prefix}"), ("go", leaking + "{prefix}"), ("{prefix}", leaking)] {
            let template = try chat("p", [.user: user], prefill: prefill)
            var found: Leak?
            do throws(Leak) { try filter.check(template) } catch { found = error }
            #expect(found?.part == (user == "{prefix}" ? .afterPrefix : .beforePrefix))
        }
    }

    @Test("a text of unknown words is no leak, however long")
    func unknownWords() throws {
        let filter = LeakageFilter([source("a", text: "one two three")])
        #expect(try leak(filter, "un deux trois quatre cinq six sept huit") == nil)
    }

    @Test("a proposal for one document is compared with that document")
    func proposals() throws {
        let document = ArmedDocument(arm: .suspect, document: DocumentID("a"))
        var found: Leak?
        do throws(Leak) {
            try LeakageFilter.check(elicitation([9, 1, 2, 3, 4, 5, 6]), against: [1, 2, 3, 4, 5, 6], of: document)
        } catch { found = error }
        #expect(found?.document == document)
        #expect(found?.offset == 1)
        try LeakageFilter.check(elicitation([1, 2, 3, 4, 5]), against: [1, 2, 3, 4, 5, 6], of: document)
        try LeakageFilter.check(elicitation([1, 2, 3, 4, 5, 6]), against: [], of: document)
    }

    @Test("the index agrees with comparing everything with everything")
    func bruteForce() {
        var generator = SeededGenerator(seed: 4711, stream: "leaks")
        var leaks = 0
        for round in 0..<400 {
            func random(_ most: Int) -> [Int32] {
                (0..<generator.next(below: most)).map { _ in Int32(generator.next(below: 3)) - 1 }
            }
            let documents = (0...generator.next(below: 4)).map { _ in random(40) }
            let query = random(30)
            let match = GramIndex(documents, length: 6).firstMatch(in: query)
            var expected: Int?
            search: for offset in query.indices where offset + 6 <= query.count {
                let run = Array(query[offset..<offset + 6])
                for document in documents where document.count >= 6 {
                    if (0...document.count - 6).contains(where: { Array(document[$0..<$0 + 6]) == run }) {
                        expected = offset
                        break search
                    }
                }
            }
            #expect(match?.queryOffset == expected, "round \(round)")
            if let match {
                leaks += 1
                let document = documents[match.sequence]
                #expect(
                    document[match.offset..<match.offset + 6].elementsEqual(
                        query[match.queryOffset..<match.queryOffset + 6]), "round \(round)")
            }
        }
        #expect(leaks > 50)
        #expect(leaks < 390)
    }

    @Test("a corpus of one repeated token is indexed in linear time", .timeLimit(.minutes(1)))
    func repeats() {
        let filter = LeakageFilter([source("a", Array(repeating: 5, count: 1_000_000))])
        #expect(leak(filter, elicitation(Array(repeating: 5, count: 6))) != nil)
        #expect(leak(filter, elicitation(Array(repeating: 4, count: 6))) == nil)
    }
}
