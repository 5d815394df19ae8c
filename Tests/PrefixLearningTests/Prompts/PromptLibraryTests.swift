import Corpus
import Foundation
import Testing

@testable import PrefixLearning

@Suite("A library of prompts")
struct PromptLibraryTests {
    private func error(_ paths: [String]) -> PromptError? {
        promptError { () throws(PromptError) in _ = try PromptLibrary(paths: paths) }
    }

    private func documents(_ metadata: [[String: String]]) -> [Document] {
        metadata.enumerated().map { index, fields in
            Document(
                id: DocumentID("d\(index)"), text: "t",
                metadata: Metadata(fields.map { .init(key: $0.key, value: .string($0.value)) }),
                source: DocumentSource(file: "f"))
        }
    }

    @Test("directories are read with what is in them, sorted, and other files are passed over")
    func directory() throws {
        let folder = try TemporaryPrompts([
            "b.json": fileText(completionJSON("b")), "a/z.json": fileText(completionJSON("z"), completionJSON("y")),
            "a.json": fileText(completionJSON("a")), "README.md": "no JSON", ".hidden.json": "no JSON",
            ".git/c.json": "no JSON", "learned/c.json": fileText(completionJSON("c")),
        ])
        let library = try PromptLibrary(paths: [folder.path])
        #expect(library.prompts.map(\.id.rawValue) == ["a", "z", "y", "b", "c"])
        #expect(library[PromptID(rawValue: "y")]?.id.rawValue == "y")
        #expect(library[PromptID(rawValue: "x")] == nil)
        #expect(library.place(of: PromptID(rawValue: "y"))?.line == 4)
        #expect(library.files.count == 4)
        #expect(try PromptLibrary(paths: [folder.path + "/"]).prompts == library.prompts)
    }

    @Test("links to directories are not followed")
    func links() throws {
        let folder = try TemporaryPrompts(["a.json": fileText(completionJSON("a"))])
        try FileManager.default.createSymbolicLink(atPath: folder.file("loop"), withDestinationPath: folder.path)
        #expect(try PromptLibrary(paths: [folder.path]).prompts.count == 1)
    }

    @Test("a later file may not take the name of an earlier prompt")
    func duplicates() throws {
        let folder = try TemporaryPrompts([
            "a.json": fileText(completionJSON("a")), "b.json": fileText(completionJSON("b"), completionJSON("a")),
        ])
        guard case .duplicateID(let id, let first, let second) = error([folder.path]) else {
            Issue.record("a name was used twice"); return
        }
        #expect(id.rawValue == "a")
        #expect(first == PromptPlace(file: folder.file("a.json"), line: 3))
        #expect(second == PromptPlace(file: folder.file("b.json"), line: 4))
        #expect(error([folder.file("a.json"), folder.file("a.json")]) != nil)
    }

    @Test("nothing there, and a directory without prompts")
    func nothing() throws {
        let folder = try TemporaryPrompts(["README.md": "x"])
        #expect(error([folder.path]) == .noFiles(directory: folder.path))
        #expect(error([folder.file("no")]) == .notFound(path: folder.file("no")))
        #expect(try PromptLibrary(paths: []).prompts.isEmpty)
    }

    @Test("a prompt that lacks something for one document is left out with a notice")
    func applicability() throws {
        let folder = try TemporaryPrompts([
            "a.json": fileText(
                completionJSON("a", "{title}"), completionJSON("b", "{author}"), completionJSON("c"),
                completionJSON("d", "{section}"), completionJSON("e", "{date}"))
        ])
        let fields = MetadataFields(
            of: documents([
                ["title": "t", "author": "x", "date": "d"], ["title": "t", "author": " ", "date": "d"], ["title": "t"],
            ]))
        let applicable = try PromptLibrary(paths: [folder.path]).applicable(to: fields)
        #expect(applicable.prompts.map(\.id.rawValue) == ["a", "c"])
        #expect(
            applicable.notices == [
                .missingMetadata(PromptID(rawValue: "b"), field: "author", documents: 2, of: 3),
                .missingMetadata(PromptID(rawValue: "d"), field: "section", documents: 3, of: 3),
                .missingMetadata(PromptID(rawValue: "e"), field: "date", documents: 1, of: 3),
            ])
        #expect(
            applicable.notices[0].description
                == "prompt \"b\" is left out: 2 of 3 documents have no \"author\".")
    }

    @Test("a name that is neither standard nor a field is a mistake, told with the fields there are")
    func unknownPlaceholder() throws {
        let folder = try TemporaryPrompts(["a.json": fileText(completionJSON("a"), completionJSON("b", "{tilte}"))])
        let fields = MetadataFields(of: documents([["title": "t", "desk": "x"]]))
        let library = try PromptLibrary(paths: [folder.path])
        let error = promptError { () throws(PromptError) in _ = try library.applicable(to: fields) }
        #expect(
            error
                == .invalidPrompt(
                    PromptPlace(file: folder.file("a.json"), line: 4), id: "b",
                    problem: .unknownPlaceholder("tilte", known: ["desk", "title"])))
        #expect(error.map { "\($0)".contains("desk, title") } == true)
    }

    @Test("fields are counted with their values")
    func fields() throws {
        let fields = MetadataFields(of: documents([["a": "xx", "b": "1"], ["a": "yyy", "b": "1"], ["a": ""]]))
        #expect(fields.documentCount == 3)
        #expect(fields.fields.map(\.name) == ["a", "b"])
        #expect(fields["a"] == .init(name: "a", documents: 2, texts: 2, longestValue: 3, distinctValues: 2))
        #expect(fields["b"]?.distinctValues == 1)
        #expect(fields.documentsWithout("a") == 1)
        #expect(fields.documentsWithout("c") == 3)
        #expect(MetadataFields(of: []).fields.isEmpty)
    }

    @Test("the curated prompts are valid, many, and written for tokens that follow")
    func curated() throws {
        let folder = try #require(Self.curatedFolder)
        let library = try PromptLibrary(paths: [folder])
        #expect(library.prompts.count >= 40)
        #expect(Set(library.prompts.map(\.kind)) == Set(PromptKind.allCases))
        #expect(Set(library.prompts.flatMap(\.fields)).isSubset(of: MetadataFields.standardNames))
        #expect(library.prompts.allSatisfy { $0.note?.isEmpty == false })
        // Without metadata enough remain.
        #expect(try library.applicable(to: MetadataFields(of: documents([[:]]))).prompts.count >= 25)
    }

    /// The repository's own prompts, above this file.
    static var curatedFolder: String? {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let prompts = folder.appendingPathComponent("Prompts/README.md")
            if FileManager.default.fileExists(atPath: prompts.path) { return prompts.deletingLastPathComponent().path }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }
}
