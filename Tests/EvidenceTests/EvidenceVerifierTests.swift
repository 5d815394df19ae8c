import Audit
import Evidence
import Foundation
import Reports
import Testing

/// Whatever is changed in a bundle or a journal is found and named.
@Suite struct EvidenceVerifierTests {
    private let run: SmallRun

    init() throws {
        run = try SmallRun(replies: ["the ferry left at six", "the second lamp", "a third"])
        try EvidenceBundle(
            run.analysis, choosing: .reproduced(limit: 2), sources: SourceTexts(run.analysis.record.header)
        ).write(to: run.scratch.path("bundle"))
    }

    private var report: EvidenceReport {
        EvidenceVerifier.verify(bundle: run.scratch.path("bundle"), against: run.scratch.path("run"))
    }

    @Test func aWholeBundleHolds() throws {
        let report = report
        #expect(report.holds)
        #expect(report.findings.contains(.filesHold(count: 11)))
        #expect(report.findings.contains(.requestsHold(count: 2)))
        #expect(report.findings.contains(.linesHold(count: 2)))
        let journal = EvidenceVerifier.verify(run: run.scratch.path("run"))
        #expect(journal.holds && journal.findings.count == 1)
        for finding in report.findings { #expect(!finding.description.contains("\n")) }
    }

    @Test(arguments: [
        "bundle.json", "README.txt", "replay.sh", "windows/00001/request.json", "windows/00002/reply.txt",
        "windows/00001/journal-line.json", "windows/00002/source.txt",
    ]) func aChangedByteIsFound(_ file: String) throws {
        var bytes = try run.scratch.bytes("bundle/\(file)")
        bytes[bytes.count / 2] ^= 1
        try run.scratch.write(bytes, to: "bundle/\(file)")
        #expect(!report.holds)
        #expect(
            report.findings.contains { finding in
                if case .fileChanged(file, _, _) = finding { true } else { false }
            })
    }

    @Test func missingAndExtraFilesAreFound() throws {
        try FileManager.default.removeItem(atPath: run.scratch.path("bundle/windows/00002/reply.txt"))
        try run.scratch.write([1], to: "bundle/windows/00002/other.txt")
        try FileManager.default.createSymbolicLink(
            atPath: run.scratch.path("bundle/link"), withDestinationPath: "/etc/passwd")
        #expect(report.findings.contains(.fileMissing(path: "windows/00002/reply.txt")))
        #expect(report.findings.contains(.fileExtra(path: "windows/00002/other.txt")))
        #expect(report.findings.contains(.fileExtra(path: "link")))
    }

    @Test func aLinkInPlaceOfAFileIsNotFollowed() throws {
        let file = run.scratch.path("bundle/windows/00001/reply.txt")
        try run.scratch.write("the ferry left at six".utf8, to: "outside")
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: run.scratch.path("outside"))
        #expect(!report.holds)
        let folder = run.scratch.path("bundle/windows/00002")
        try FileManager.default.moveItem(atPath: folder, toPath: run.scratch.path("moved"))
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: run.scratch.path("moved"))
        #expect(
            report.findings.contains(
                .unreadable(path: "windows/00002/reply.txt", reason: "it is a link, a pipe or a device")))
    }

    /// Somebody changes a request and makes the manifest fit: the recorded hash still tells.
    @Test func aForgedManifestDoesNotHelp() throws {
        let path = "windows/00001/request.json"
        let forged = Array("{\"prompt\":[1]}".utf8)
        let old = sha256Hex(try run.scratch.bytes("bundle/\(path)"))
        try run.scratch.write(forged, to: "bundle/\(path)")
        let manifest = String(decoding: try run.scratch.bytes("bundle/MANIFEST.sha256"), as: UTF8.self)
        try run.scratch.write(manifest.replacing(old, with: sha256Hex(forged)).utf8, to: "bundle/MANIFEST.sha256")
        #expect(report.findings.contains(.requestChanged(directory: "windows/00001")))
        #expect(report.findings.contains(.filesHold(count: 11)))
    }

    @Test(arguments: [
        "", "nonsense", "\(String(repeating: "0", count: 64))  ../run/journal.jsonl\n",
        "\(String(repeating: "0", count: 64))  /etc/passwd\n", "\(String(repeating: "0", count: 64)) README.txt\n",
        "\(String(repeating: "0", count: 64))  a//b\n", "\(String(repeating: "G", count: 64))  README.txt\n",
        "\(String(repeating: "0", count: 64))  a\n\(String(repeating: "0", count: 64))  a\n", "\n\n",
    ]) func otherManifestsAreRefused(_ manifest: String) throws {
        try run.scratch.write(manifest.utf8, to: "bundle/MANIFEST.sha256")
        #expect(!report.holds)
        #expect(!report.findings.map(\.description).joined().contains("root:"))
    }

    @Test func anotherJournalIsFound() throws {
        let other = try SmallRun(replies: ["the ferry left at six", "the second lamp", "another third"])
        let report = EvidenceVerifier.verify(
            bundle: run.scratch.path("bundle"), against: other.scratch.path("run"))
        #expect(!report.holds)
        #expect(report.findings.contains { if case .otherJournal = $0 { true } else { false } })
    }

    @Test func damagedAndTornJournalsAreToldApart() throws {
        var journal = try run.scratch.bytes("run/journal.jsonl")
        try run.scratch.write(journal + Array(#"{"chain":"00"#.utf8), to: "run/journal.jsonl")
        let torn = EvidenceVerifier.verify(run: run.scratch.path("run"))
        #expect(torn.holds && torn.findings.contains(.journalTorn(byteOffset: journal.count)))
        journal[journal.count / 2] ^= 1
        try run.scratch.write(journal, to: "run/journal.jsonl")
        let damaged = EvidenceVerifier.verify(run: run.scratch.path("run"))
        #expect(!damaged.holds)
        #expect(damaged.findings.contains { if case .journalDamaged = $0 { true } else { false } })
        #expect(!EvidenceVerifier.verify(run: run.scratch.path("nowhere")).holds)
        #expect(!EvidenceVerifier.verify(bundle: run.scratch.path("nowhere")).holds)
    }
}
