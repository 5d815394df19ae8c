import Corpus
import Testing

@testable import PrefixLearning

@Suite("Headers made of metadata")
struct MetadataHeadersTests {
    private func fields(_ documents: [[(String, String)]]) -> MetadataFields {
        MetadataFields(
            of: documents.enumerated().map { index, fields in
                Document(
                    id: DocumentID("\(index)"), text: "t",
                    metadata: Metadata(fields.map { .init(key: $0.0, value: .string($0.1)) }),
                    source: DocumentSource(file: "f"))
            })
    }

    private func headers(_ documents: [[(String, String)]], seed: UInt64 = 1, limit: Int = 1000) -> MetadataHeaders {
        MetadataHeaders(from: fields(documents), seed: seed, limit: limit)
    }

    @Test("two fields give every order of one and two, in every layout")
    func combinations() throws {
        let made = headers([[("title", "t"), ("author", "a")]])
        #expect(
            Set(made.prompts.map(\.id.rawValue)) == [
                "metadata.title", "metadata.author", "metadata.title-author", "metadata.author-title",
                "metadata.labelled.title", "metadata.labelled.author", "metadata.labelled.title-author",
                "metadata.labelled.author-title", "metadata.front-matter.title", "metadata.front-matter.author",
                "metadata.front-matter.title-author", "metadata.front-matter.author-title",
            ])
        func written(_ id: String) -> String? {
            guard case .completion(let text) = made.prompts.first(where: { $0.id.rawValue == id })?.content else {
                return nil
            }
            return text.written
        }
        #expect(written("metadata.title-author") == "{title}\nBy {author}\n\n{prefix}")
        #expect(written("metadata.labelled.title-author") == "Title: {title}\nAuthor: {author}\n\n{prefix}")
        #expect(written("metadata.front-matter.author") == "---\nauthor: {author}\n---\n\n{prefix}")
        #expect(made.notices.isEmpty)
    }

    @Test("the order is fixed by the seed, and a limit cuts it")
    func order() {
        let documents = [[("title", "t"), ("author", "a"), ("date", "d")]]
        let all = headers(documents).prompts.map(\.id)
        #expect(headers(documents).prompts.map(\.id) == all)
        #expect(headers(documents, seed: 2).prompts.map(\.id) != all)
        #expect(headers(documents, limit: 5).prompts.map(\.id) == Array(all.prefix(5)))
        #expect(headers(documents, limit: 0).prompts.isEmpty)
        #expect(headers(documents, limit: -1).prompts.isEmpty)
        #expect(all.count == (3 + 6 + 6) * 3)
    }

    @Test("a field that some documents lack is told and not used, long values and odd names are passed over")
    func unusable() {
        let long = String(repeating: "x", count: 301)
        let made = headers([
            [("title", "t"), ("body", long), ("odd name", "x"), ("prefix", "p"), ("date", "d")],
            [("title", "t"), ("body", "x"), ("odd name", "x"), ("prefix", "p"), ("date", "d")],
            [("title", "t"), ("body", "x"), ("odd name", "x"), ("prefix", "p"), ("rare", "r")],
        ])
        #expect(Set(made.prompts.flatMap(\.fields)) == ["title"])
        #expect(made.notices == [.incompleteField("date", documents: 1, of: 3)])
    }

    @Test("counts and marks of whoever made the corpus are no headers, years are")
    func numbers() {
        let metadata = Metadata([
            .init(key: "repetitions", value: .number(3)), .init(key: "planted", value: .bool(true)),
            .init(key: "hash", value: .json("12345678901234567890")), .init(key: "date", value: .number(2020)),
            .init(key: "mixed", value: .string("x")),
        ])
        let other = Metadata(
            metadata.entries.filter { $0.key != "mixed" } + [.init(key: "mixed", value: .number(1))])
        let documents = [metadata, other].enumerated().map { index, metadata in
            Document(id: DocumentID("\(index)"), text: "t", metadata: metadata, source: DocumentSource(file: "f"))
        }
        let made = MetadataHeaders(from: MetadataFields(of: documents), seed: 1)
        #expect(Set(made.prompts.flatMap(\.fields)) == ["date"])
    }

    @Test("many fields stay few headers, the usual fields first")
    func manyFields() {
        let names = (0..<40).map { "a\($0)" } + ["title", "url"]
        let made = headers([names.map { ($0, "v") }])
        let used = Set(made.prompts.flatMap(\.fields))
        #expect(used.count == 6)
        #expect(used.isSuperset(of: ["title", "url"]))
        #expect(made.prompts.count == (6 + 30 + 120) * 3)
        #expect(Set(made.prompts.map(\.id)).count == made.prompts.count)
    }

    @Test("names in other scripts make ids that are allowed, and no two headers share one")
    func foreignNames() {
        let made = headers([[("título", "t"), ("tîtulo", "u"), ("Title", "v")]])
        #expect(!made.prompts.isEmpty)
        #expect(Set(made.prompts.map(\.id)).count == made.prompts.count)
    }

    @Test("no metadata, no headers")
    func nothing() {
        #expect(headers([]).prompts.isEmpty)
        #expect(headers([[]]).prompts.isEmpty)
    }

    @Test("every header applies to every document")
    func applicability() {
        let documents = [[("title", "t"), ("section", "s")], [("title", "u"), ("section", "v"), ("date", "d")]]
        for prompt in headers(documents).prompts {
            for document in documents {
                #expect(prompt.applies(to: Metadata(document.map { .init(key: $0.0, value: .string($0.1)) })))
            }
        }
    }
}
