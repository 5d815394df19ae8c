import Audit
import Corpus
import Evidence
import Foundation
import Reports
import Testing

/// What a bundle holds, and that others can check it with their own tools.
@Suite struct EvidenceBundleTests {
    private static let replies: [String?] = [
        "the ferry left at six", nil, "</script>\u{1b}[2J' ; rm -rf $(pwd) \"", "東京 é 🦊",
    ]

    private func bundle(_ run: SmallRun, _ choice: EvidenceChoice = .reproduced(limit: 10)) throws -> BundleRecord {
        try EvidenceBundle(
            run.analysis, choosing: choice, sources: SourceTexts(run.analysis.record.header)
        ).write(to: run.scratch.path("bundle"))
    }

    @Test func everyPieceIsThere() throws {
        let run = try SmallRun(replies: Self.replies)
        let record = try bundle(run)
        #expect(record.windows.map(\.directory) == ["windows/00001", "windows/00002", "windows/00003"])
        for (window, reply) in zip(record.windows, Self.replies.compactMap(\.self)) {
            #expect(window.isReproduced && window.requestIsRecorded)
            #expect(try run.scratch.bytes("bundle/\(window.directory)/reply.txt") == Array(reply.utf8))
            #expect(try run.scratch.bytes("bundle/\(window.directory)/source.txt") == Array(reply.utf8))
            #expect(window.source?.isExact == true && window.source?.start == 14)
            #expect(sha256Hex(try run.scratch.bytes("bundle/\(window.directory)/request.json")) == window.probe)
            let line = try run.scratch.bytes("bundle/\(window.directory)/journal-line.json")
            let journal = try run.scratch.bytes("run/journal.jsonl")
            #expect(journal.split(separator: 0x0a)[window.line - 1] + [0x0a] == line[...])
        }
        let readme = String(decoding: try run.scratch.bytes("bundle/README.txt"), as: UTF8.self)
        #expect(readme.contains(record.journal.lastChain) && readme.contains("document 0"))
        #expect(!readme.utf8.contains(0x1b))
    }

    @Test func documentsCanBeNamed() throws {
        let run = try SmallRun(replies: Self.replies)
        let record = try bundle(run, .documents([ArmedDocument(arm: .suspect, document: DocumentID("document 1"))]))
        #expect(record.windows.count == 1 && record.windows[0].run == nil)
        #expect(!FileManager.default.fileExists(atPath: run.scratch.path("bundle/windows/00001/reply.txt")))
        #expect(EvidenceVerifier.verify(bundle: run.scratch.path("bundle")).holds)
    }

    @Test func whatCannotBeMadeIsSaid() throws {
        let run = try SmallRun(replies: Self.replies)
        let missing = ArmedDocument(arm: .control, document: DocumentID("document 0"))
        #expect(throws: EvidenceError.unknownDocument(arm: .control, document: DocumentID("document 0"))) {
            try bundle(run, .documents([missing]))
        }
        #expect(throws: EvidenceError.nothingChosen) { try bundle(run, .reproduced(limit: 0)) }
        #expect(!FileManager.default.fileExists(atPath: run.scratch.path("bundle")))
        _ = try bundle(run)
        #expect(throws: EvidenceError.exists(path: run.scratch.path("bundle"))) { try bundle(run) }
        #expect(throws: EvidenceError.self) {
            try EvidenceBundle(run.analysis, choosing: .reproduced(limit: 1)).write(to: run.scratch.path("no/where"))
        }
    }

    @Test func othersCanCheckTheManifest() throws {
        let run = try SmallRun(replies: Self.replies)
        _ = try bundle(run)
        let checked = try shell("cd '\(run.scratch.path("bundle"))' && sha256sum --strict -c MANIFEST.sha256")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.split(separator: "\n").count == 3 * 4 + 3)
    }

    /// The script is run with a `curl` of our own that shows what it was given.
    @Test func theScriptAsksWithTheExactBody() throws {
        let run = try SmallRun(replies: Self.replies)
        let record = try bundle(run)
        try FileManager.default.createDirectory(atPath: run.scratch.path("bin"), withIntermediateDirectories: false)
        let curl = """
            #!/bin/sh
            for word in "$@"; do
                case "$word" in @*) sha256sum < "${word#@}" >> "$SEEN" ;; esac
                last=$word
            done
            echo "$last" >> "$SEEN"
            printf '{"content":"answer"}'
            """
        try run.scratch.write(curl.utf8, to: "bin/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: run.scratch.path("bin/curl"))
        let seen = run.scratch.path("seen")
        let result = try shell(
            "cd / && SEEN='\(seen)' PATH='\(run.scratch.path("bin"))':\"$PATH\" "
                + "sh '\(run.scratch.path("bundle/replay.sh"))' && ! test -e '\(run.scratch.path("bundle/replay"))'")
        #expect(result.status == 0, "\(result.output)")
        let lines = String(decoding: try run.scratch.bytes("seen"), as: UTF8.self).split(separator: "\n").map(
            String.init)
        #expect(
            lines == record.windows.flatMap { ["\($0.probe)  -", SmallRun.server + "/completion"] })
        #expect(EvidenceVerifier.verify(bundle: run.scratch.path("bundle")).holds)
    }

    private func shell(_ script: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
