import Corpus
import Foundation
import Testing

@testable import Audit
@testable import Reports

/// A report without texts holds no piece of any text, in any format.
@Suite struct RedactionTests {
    private static let pieceLength = 12

    @Test(arguments: ReportFormat.allCases) func noPieceOfATextIsLeft(_ format: ReportFormat) throws {
        let scratch = try ScratchDirectory()
        let (run, texts) = try secretRun(scratch)
        let analysis = try run.analysis(in: scratch.path, groupedBy: "headline of this document")
        let sources = SourceTexts(analysis.record.header)
        #expect(sources.absences == [:])
        let open = try Report.render(analysis, as: format, options: ReportOptions(sources: sources))
        let redacted = try Report.render(
            analysis, as: format, options: ReportOptions(redaction: .texts, sources: sources))
        var pieces: Set<[UInt8]> = []
        for text in texts {
            let bytes = Array(text.utf8)
            for start in 0...max(0, bytes.count - Self.pieceLength) {
                pieces.insert(Array(bytes[start..<min(bytes.count, start + Self.pieceLength)]))
            }
        }
        #expect(pieces.count > 500)
        let found = Self.pieces(of: redacted).intersection(pieces)
        #expect(found.isEmpty, "\(found.map { String(decoding: $0, as: UTF8.self) }.sorted().prefix(5))")
        // The same search finds them where texts are shown, in every format that has any.
        if format != .junit { #expect(!Self.pieces(of: open).isDisjoint(with: pieces)) }
    }

    @Test func tokensAreLeftOutToo() throws {
        let scratch = try ScratchDirectory()
        let analysis = try secretRun(scratch).0.analysis(in: scratch.path)
        let ids = analysis.record.observations[0].prefix.map { String($0.rawValue) }.joined(separator: ",")
        for format in ReportFormat.allCases {
            let text = try Report.render(analysis, as: format, options: ReportOptions(redaction: .texts))
            #expect(!text.contains(ids), "\(format)")
        }
    }

    @Test func whatStandsForANameIsAlwaysTheSame() {
        let name = Redaction.texts.name(DocumentID("a"))
        #expect(name == "sha256:ca978112ca1bbdca")
        #expect(Redaction.texts.name(DocumentID("a")) == name && Redaction.texts.name(DocumentID("b")) != name)
        #expect(Redaction.none.name(DocumentID("a")) == "a")
        #expect(Redaction.texts.word("") == "")
    }

    private static func pieces(of text: String) -> Set<[UInt8]> {
        let bytes = Array(text.utf8)
        guard bytes.count >= pieceLength else { return [] }
        return Set((0...(bytes.count - pieceLength)).map { Array(bytes[$0..<$0 + pieceLength]) })
    }

    /// A run whose texts, names, fields and failures share no twelve letters with anything that a report says itself.
    private func secretRun(_ scratch: ScratchDirectory) throws -> (SyntheticRun, [String]) {
        func secret(_ seed: Int) -> String {
            (0..<10).map { "zq\(String(seed * 31 + $0 * 7, radix: 36))xv\(String(seed * $0 + 99, radix: 36))wj" }
                .joined(separator: " ")
        }
        var run = SyntheticRun.extraction
        var texts: [String] = []
        var lines: [Arm: String] = [:]
        for index in run.documents.indices {
            let (body, name) = (secret(index), secret(index + 100))
            run.documents[index].id = name
            run.documents[index].fields = ["headline of this document": secret(index + 200), secret(7_000): "1"]
            run.documents[index].windows[0] =
                index == 5
                ? .failed("the server quoted: \(body)")
                : index < 20 ? .reproduced(body, lnPerToken: -0.1) : .otherText(body)
            texts += [body, name, secret(index + 200), secret(7_000)]
            lines[run.documents[index].arm, default: ""] +=
                "{\"id\":\"\(name)\",\"text\":\"\(body) \(secret(index + 300))\"}\n"
            texts.append(secret(index + 300))
        }
        run.excluded = [ExcludedDocument(arm: .suspect, document: DocumentID(secret(500)), reason: .tooShort)]
        texts.append(secret(500))
        run.files = []
        run.arguments = ["rote", "audit"]
        for arm in Arm.allCases {
            let path = scratch.file("\(arm.rawValue).jsonl")
            let bytes = Array((lines[arm] ?? "").utf8)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            run.files.append(InputFile(arm: arm, path: path, bytes: bytes.count, sha256: sha256Hex(bytes)))
            run.arguments += ["--\(arm.rawValue)", path]
        }
        return (run, texts)
    }
}
