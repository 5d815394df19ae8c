import Corpus
import Testing

@testable import PrefixLearning

@Suite struct CandidatePoolTests {
    private let document = ArmedDocument(arm: .suspect, document: DocumentID(rawValue: "a"))
    private let text = "the harbour master of Lorenstad counted seven grey barges before noon"

    private func candidate(_ id: String, _ literal: String, _ tokens: [TokenID]) throws -> Candidate {
        let id = PromptID(rawValue: id)
        return Candidate(
            origin: .curated,
            template: try PromptTemplate(
                id: id, content: .completion(TemplateText(parts: [.literal(literal), .prefix]))),
            elicitation: Elicitation(id: id, before: [1] + tokens))
    }

    private var pool: CandidatePool {
        CandidatePool(
            screen: LeakageFilter([.init(document: document, text: text, tokens: (100..<120).map { TokenID($0) })]),
            leading: [1], room: 8)
    }

    @Test func eachIsTakenOnce() throws {
        var pool = pool
        pool.add([
            try candidate("a", "Archive", [5, 6]), try candidate("b", "Archive again", [5, 6]),
            try candidate("a", "Another", [7]), try candidate("bare", "nothing", []),
        ])
        #expect(pool.candidates.map(\.id.rawValue) == ["a"])
        #expect(pool.notices.isEmpty)
        #expect(pool[PromptID(rawValue: "a")] != nil && pool[.none] == nil)
    }

    @Test func whatGivesADocumentAwayIsNamedAndLeftOut() throws {
        var pool = pool
        pool.add([
            try candidate("tokens", "x", (103..<109).map { TokenID($0) }),
            try candidate("words", "Harbour master of Lorenstad counted seven", [9]),
            try candidate("long", "y", (0..<8).map { TokenID($0) }), try candidate("fine", "z", [3]),
        ])
        #expect(pool.candidates.map(\.id.rawValue) == ["fine"])
        #expect(pool.notices.count == 3)
        for (notice, name) in zip(pool.notices, ["tokens", "words", "long"]) {
            #expect(notice.contains(name), "\(notice)")
        }
    }

    @Test func metadataThatGivesOneDocumentAwayDoesForAll() throws {
        var pool = pool
        let id = PromptID(rawValue: "meta")
        let template = try PromptTemplate(
            id: id, content: .completion(TemplateText(parts: [.field("title"), .prefix])))
        let other = ArmedDocument(arm: .control, document: DocumentID(rawValue: "b"))
        pool.add([
            Candidate(
                origin: .metadata, template: template,
                own: [
                    other: Elicitation(id: id, before: [1, 2]),
                    document: Elicitation(id: id, before: (110..<117).map { TokenID($0) }),
                ])
        ])
        #expect(pool.candidates.isEmpty && pool.notices.count == 1)
    }
}
