import Foundation
import Testing

/// Documents that cannot be read or tested: refused before a server is asked for anything, wherever that is possible.
@Suite struct BadCorpusTests {
    private let scratch: Scratch
    private let good: String

    init() throws {
        scratch = try Scratch()
        good = try scratch.write(lines: DemoCorpus.control(0..<4), to: "good.jsonl")
    }

    /// Audits a corpus without any server that could answer.
    private func audit(_ suspect: String, control: String? = nil) async throws -> Ending {
        let command = AuditCommand(
            suspect: suspect, control: control ?? good, run: scratch("run"), servers: ["http://127.0.0.1:1"],
            options: ["--quiet"])
        return try await rote(command.arguments())
    }

    @Test func aMissingFile() async throws {
        let path = scratch("nothing.jsonl")
        expectError(try await audit(path), 2, naming: "\(path): no such file", "check the path")
        expectError(try await audit(good, control: path), 2, naming: "\(path): no such file")
    }

    @Test func aDirectoryWithoutTexts() async throws {
        let path = scratch("folder")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        _ = try scratch.write("x", to: "folder/picture.png")
        expectError(try await audit(path), 2, naming: "\(path): the directory holds no .txt")
    }

    @Test func brokenJSON() async throws {
        let path = try scratch.write("{\"text\": \"fine\"}\n\n{\"text\": \"not\", oops}\n", to: "broken.jsonl")
        expectError(try await audit(path), 2, naming: "\(path):3:17", "double quotes", "correct the line")
    }

    @Test func textThatIsNotUTF8() async throws {
        let path = try scratch.write(
            Array("first line\nsecond ".utf8) + [0xFF, 0xFE] + Array(" rest".utf8), to: "bad.txt")
        expectError(try await audit(path), 2, naming: "\(path):2", "byte 18", "UTF-8")
    }

    @Test(arguments: ["", "\n\n", "{\"text\": \"  \"}\n"])
    func noDocumentAtAll(_ content: String) async throws {
        let path = try scratch.write(content, to: "empty.jsonl")
        expectError(try await audit(path), 2, naming: "\(path): no document with text")
    }

    @Test func aSingleDocument() async throws {
        let path = try scratch.write(lines: DemoCorpus.suspect(0..<1), to: "one.jsonl")
        expectError(try await audit(path), 2, naming: "suspect corpus: 1 usable document, at least 2 needed")
        expectError(try await audit(good, control: path), 2, naming: "control corpus: 1 usable document")
    }

    @Test func theSameFileTwice() async throws {
        let ending = try await audit(good, control: good)
        expectError(ending, 2, naming: "the same documents", good, "--control")
    }

    @Test func aFieldThatIsNotThere() async throws {
        let path = try scratch.write("{\"body\": \"text\"}\n", to: "fields.jsonl")
        expectError(try await audit(path), 2, naming: "\(path):1", "no field \"text\"", "\"body\"")
    }

    @Test func standardInputForBothArms() async throws {
        expectError(try await audit("-", control: "-"), 64, naming: "cannot both be standard input")
    }
}

extension WithRealServer {
    /// What only the model's tokenizer can tell about documents.
    @Suite struct ShortDocumentTests {
        @Test func documentsShorterThanAWindow() async throws {
            let scratch = try Scratch()
            let server = try await TestServer.shared()
            let texts = (1...8).map { "{\"text\": \"Short text number \($0).\"}" }
            var command = AuditCommand(
                suspect: try scratch.write(lines: Array(texts[..<4]), to: "s.jsonl"),
                control: try scratch.write(lines: Array(texts[4...]), to: "c.jsonl"), run: scratch("run"),
                servers: [server.url], options: ["--quiet"])
            expectError(
                try await rote(command.arguments()), 2, naming: "suspect corpus: 0 usable documents",
                "4 excluded as too short")
            command.shape = []
            expectError(
                try await rote(command.arguments()), 2, naming: "documents too short", "--prefix-tokens",
                "--suffix-tokens")
            #expect(!exists(TestJournal.path(command.run)))
        }
    }
}
