import Foundation
import Testing

@testable import Corpus

@Suite struct CorpusReaderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ path: String, _ options: ReadingOptions = ReadingOptions()) throws(CorpusError) -> LoadedCorpus
    {
        try CorpusReader.read(.path(path), options: options)
    }

    @Test func jsonLinesKeepNamesTextsMetadataAndPlaces() throws {
        let file = try folder.write(
            """
            {"id": "a", "text": "One \\u00e9\\ud83e\\udd8a \\"q\\" \\\\ \\/ \\t", "year": 2019, "ok": true, "tags": ["x", {"y": 1e999}], "none": null}

            {"text": "Two", "id": 12345678901234567890}\r
              {"text": "Three"}
            """, to: "c.jsonl")
        let corpus = try read(file)
        #expect(corpus.documents.map(\.id.rawValue) == ["a", "12345678901234567890", "\(file):4"])
        #expect(corpus.documents.map(\.text) == ["One é🦊 \"q\" \\ / \t", "Two", "Three"])
        #expect(corpus.documents.map(\.source.line) == [1, 3, 4])
        let metadata = corpus.documents[0].metadata
        #expect(metadata.entries.map(\.key) == ["none", "ok", "tags", "year"])
        #expect(metadata["tags"] == .json(#"["x", {"y": 1e999}]"#))
        #expect(metadata["year"] == .number(2019))
        #expect(metadata["ok"] == .bool(true))
        #expect(metadata["none"] == .json("null"))
        #expect(corpus.notices.isEmpty)
        #expect(
            corpus.files == [ReadFile(path: file, byteCount: try folder.bytes(of: file).count, isCompressed: false)])
    }

    @Test func fieldsMayHaveOtherNames() throws {
        let file = try folder.write(#"{"body": "x", "url": "u", "id": 3, "text": "other"}"#, to: "c.ndjson")
        let document = try read(file, ReadingOptions(textField: "body", idField: "url")).documents[0]
        #expect(document.id == DocumentID("u"))
        #expect(document.text == "x")
        #expect(document.metadata.entries.map(\.key) == ["id", "text"])
    }

    @Test func csvKeepsFieldsVerbatim() throws {
        let file = try folder.write(
            "id,text,note\r\n1,\"a, \"\"b\"\"\r\nline 2\",x\r\n\r\n2, say \"hi\" ,\"\"\r\n,third,\n", to: "c.csv")
        let corpus = try read(file)
        #expect(corpus.documents.map(\.text) == ["a, \"b\"\r\nline 2", " say \"hi\" ", "third"])
        #expect(corpus.documents.map(\.id.rawValue) == ["1", "2", "\(file):6"])
        #expect(corpus.documents.map(\.source.line) == [2, 5, 6])
        #expect(corpus.documents[0].metadata["note"] == .string("x"))
        #expect(corpus.notices == [.carriageReturnsKept([DocumentID("1")])])
    }

    @Test func directoriesAreReadInByteOrderOfRelativePaths() throws {
        for (name, text) in [
            ("b.txt", "bee"), ("a/z.md", "zed"), ("a.text", "dot"), ("B.TXT", "Bee"), ("é.txt", "acute"),
        ] {
            _ = try folder.write(text, to: "d/" + name)
        }
        _ = try folder.writeGzip(Array("zipped".utf8), to: "d/a/y.txt.gz")
        _ = try folder.write("no", to: "d/.hidden.txt")
        _ = try folder.write("no", to: "d/.git/x.txt")
        _ = try folder.write("no", to: "d/picture.png")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/loop", withDestinationPath: folder.path)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/dead.txt", withDestinationPath: "nowhere")
        let corpus = try read(folder.path + "/d//")
        #expect(corpus.documents.map(\.id.rawValue) == ["B.TXT", "a.text", "a/y.txt.gz", "a/z.md", "b.txt", "é.txt"])
        #expect(corpus.documents[2].text == "zipped")
        #expect(corpus.documents[2].source == DocumentSource(file: folder.path + "/d/a/y.txt.gz"))
        #expect(
            corpus.notices == [
                .directoryLinkSkipped(path: folder.path + "/d/loop"),
                .filesSkipped(directory: folder.path + "/d", count: 2, first: "dead.txt"),
            ])
        #expect(corpus.files.count == 6)
        #expect(corpus.files[2].isCompressed)
        #expect(corpus.sourceBytes == corpus.files.reduce(0) { $0 + $1.byteCount })
    }

    @Test func oneTextFileIsOneDocument() throws {
        let file = try folder.write("\u{FEFF}Line\r\n", to: "story.md")
        let corpus = try read(file)
        #expect(corpus.documents.map(\.id) == [DocumentID("story.md")])
        #expect(Array(corpus.documents[0].text.utf8) == Array("Line\r\n".utf8))
        #expect(
            corpus.notices == [.byteOrderMarkRemoved(file: file), .carriageReturnsKept([DocumentID("story.md")])])
    }

    @Test func aByteOrderMarkDoesNotHideTheFirstFieldOrColumn() throws {
        #expect(try read(folder.write("\u{FEFF}{\"text\":\"x\"}", to: "a.jsonl")).documents.count == 1)
        #expect(try read(folder.write("\u{FEFF}text\nx", to: "a.csv")).documents.count == 1)
    }

    @Test func compressionIsKnownByContent() throws {
        let lines = (0..<5000).map { "{\"text\": \"document number \($0)\"}" }.joined(separator: "\n")
        let packed = try folder.writeGzip(Array(lines.utf8), to: "c.jsonl.gz")
        #expect(try read(packed).documents.count == 5000)
        let unmarked = try folder.write(folder.bytes(of: packed), to: "c.jsonl")
        #expect(try read(unmarked).documents.count == 5000)
        let plain = try folder.write(lines, to: "plain.jsonl.gz")
        #expect(try read(plain).documents.count == 5000)
        let packedText = try folder.bytes(of: folder.writeGzip(Array("one ".utf8), to: "1.txt.gz"))
        let members = try folder.write(packedText + packedText + [0, 0, 0], to: "members.txt.gz")
        #expect(try read(members).documents[0].text == "one one ")
    }

    @Test func pipesAreReadToTheirEnd() throws {
        let pipe = Pipe()
        let writing = pipe.fileHandleForWriting
        try writing.write(contentsOf: Data([0x7B]))
        try writing.write(contentsOf: Data("\"text\": \"from a pipe\"}\n".utf8))
        try writing.close()
        var observed: [UInt8] = []
        let input = try InputBytes.read(
            descriptor: pipe.fileHandleForReading.fileDescriptor, name: "stdin", maximumBytes: 1 << 20
        ) { observed += $1 }
        #expect(observed == input.content)
        #expect(input.content == Array("{\"text\": \"from a pipe\"}\n".utf8))

        #expect(CorpusSource(argument: "-") == .standardInput)
        #expect(CorpusSource(argument: "./-") == .path("./-"))
    }

    @Test func emptyAndRepeatedTextsAreDroppedAndNamed() throws {
        let file = try folder.write(
            """
            {"id": "a", "text": "same"}
            {"id": "b", "text": " \\u00a0\\n"}
            {"id": "c", "text": "same"}
            {"id": "d", "text": "caf\\u00e9"}
            {"id": "e", "text": "cafe\\u0301"}
            {"id": "f", "text": "nul \\u0000 and \\ud800 half \\udc00\\ud83d\\u0041"}
            """, to: "c.jsonl")
        let corpus = try read(file)
        #expect(corpus.documents.map(\.id.rawValue) == ["a", "d", "e", "f"])
        #expect(corpus.documents[3].text == "nul \0 and \u{FFFD} half \u{FFFD}\u{FFFD}A")
        func at(_ line: Int) -> DocumentSource { DocumentSource(file: file, line: line) }
        #expect(
            corpus.notices == [
                .emptyDocumentDropped(DocumentID("b"), at(2)),
                .duplicateTextDropped(dropped: DocumentID("c"), at: at(3), kept: DocumentID("a")),
                .loneSurrogatesReplaced(at(6), count: 3),
                .nullCharactersKept([DocumentID("f")]),
            ])
        for notice in corpus.notices { #expect(!notice.description.contains("\n")) }
    }
}
