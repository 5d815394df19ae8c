import Corpus
import Foundation
import Testing

@testable import Audit
@testable import Reports

/// Input files that are read again count only if they are what was audited.
@Suite struct SourceTextsTests {
    private let scratch: ScratchDirectory
    private let first = ArmedDocument(arm: .suspect, document: DocumentID("a"))

    init() throws { scratch = try ScratchDirectory() }

    private func header(_ content: String, arguments: (String) -> [String]) throws -> RunHeader {
        let path = scratch.file("in.jsonl")
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        var run = SyntheticRun.withoutControls
        run.files = [
            InputFile(arm: .suspect, path: path, bytes: content.utf8.count, sha256: sha256Hex(content.utf8))
        ]
        run.arguments = ["rote", "audit"] + arguments(path)
        return try run.analysis(in: scratch.file("run")).record.header
    }

    @Test(arguments: [0, 1, 2]) func everyFormOfTheOptionIsUnderstood(_ form: Int) throws {
        let header = try header("{\"id\":\"a\",\"text\":\"the text\"}\n") { path in
            [["--suspect", path], ["--suspect=\(path)"], []][form]
        }
        let sources = SourceTexts(header)
        #expect(sources[first] == "the text" && !sources.isEmpty)
        #expect(sources.absences == [.control: .noFile])
    }

    @Test func recordedFieldNamesAreUsed() throws {
        let header = try header("{\"name\":\"a\",\"body\":\"the text\"}\n") { path in
            ["--suspect", path, "--text-field", "body", "--id-field=name"]
        }
        #expect(SourceTexts(header)[first] == "the text")
        let wrong = SourceTexts(header, options: ReadingOptions())
        guard case .unreadable = wrong.absences[.suspect] else {
            Issue.record("\(wrong.absences)")
            return
        }
    }

    @Test func aChangedFileIsNotShown() throws {
        let header = try header("{\"id\":\"a\",\"text\":\"the text\"}\n") { ["--suspect", $0] }
        let path = scratch.file("in.jsonl")
        try Data("{\"id\":\"a\",\"text\":\"the Text\"}\n".utf8).write(to: URL(fileURLWithPath: path))
        let sources = SourceTexts(header)
        #expect(sources[first] == nil && sources.isEmpty)
        #expect(sources.absences[.suspect] == .changed(path: path))
    }

    @Test func aMovedFileIsFoundWhereOneSays() throws {
        let header = try header("{\"id\":\"a\",\"text\":\"the text\"}\n") { ["--suspect", $0] }
        try FileManager.default.moveItem(atPath: scratch.file("in.jsonl"), toPath: scratch.file("moved.jsonl"))
        guard case .unreadable = SourceTexts(header).absences[.suspect] else {
            Issue.record("a file that is not there was read")
            return
        }
        let moved = SourceTexts(header, locations: [.suspect: .path(scratch.file("moved.jsonl"))])
        #expect(moved[first] == "the text")
    }

    @Test func standardInputCannotBeReadAgain() throws {
        let header = try header("{\"id\":\"a\",\"text\":\"the text\"}\n") { _ in ["--suspect", "-"] }
        #expect(SourceTexts(header).absences[.suspect] == .standardInput)
    }
}
