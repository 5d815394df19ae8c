import Foundation
import Testing

@testable import Audit

@Suite struct JournalRoundTripTests {
    @Test func linesComeBackAsTheyWereWritten() throws {
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path + "/runs//one")
        try appendSamples(to: writer)
        #expect(writer.lineCount == 4)
        let chain = writer.lastChain
        try writer.close()

        var lines: [JournalLine] = []
        let extent = try JournalReader(directory: scratch.path + "/runs/one").read { lines.append($0) }
        #expect(lines.map(\.sequence) == [1, 2, 3, 4])
        #expect(lines.map(\.kind) == sampleRecords.map(\.kind))
        for (line, sample) in zip(lines, sampleRecords) {
            #expect(try line.decode(SampleRecord.self) == sample.record)
            #expect(try line.recordBytes == CanonicalJSON.encode(sample.record))
        }
        #expect(extent.ending == .whole)
        #expect(extent.lineCount == 4)
        #expect(extent.lastChain == chain)
    }

    /// Two lines whose chains were computed with coreutils.
    ///
    /// `printf '%s\n{"kind":"header","record":{"plan":"a/b"},"seq":1}' $(printf '0%.0s' {1..64}) | sha256sum`
    @Test func theFileIsTheDocumentedOne() throws {
        struct Header: Encodable { var plan = "a/b" }
        struct Observation: Encodable {
            var score = -0.5
            var id = "é"
        }
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        #expect(try writer.append(kind: "header", record: Header()) == 1)
        #expect(try writer.append(kind: "observation", record: Observation()) == 2)
        try writer.close()
        let expected = """
            {"chain":"759def16b8455f4aeef7869df6f5c831e0d9ff4e14363025ff1bb95b4b60ec25","kind":"header","record":{"plan":"a/b"},"seq":1}
            {"chain":"6c8a897427ebcadbfb2c3f0018d2292245e95591f9aca294d8511f0788036b24","kind":"observation","record":{"id":"é","score":-0.5},"seq":2}

            """
        #expect(try String(decoding: scratch.bytes(), as: UTF8.self) == expected)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/env")))
    func aTenLineScriptVerifiesIt() throws {
        let script = """
            import hashlib, re, sys
            previous, lines = "0" * 64, open(sys.argv[1], "rb").read().split(b"\\n")
            assert lines.pop() == b"", "the last line is incomplete"
            for number, line in enumerate(lines, 1):
                chain, rest = re.fullmatch(rb'\\{"chain":"([0-9a-f]{64})",(.*)', line).groups()
                assert rest.endswith(b',"seq":%d}' % number), f"line {number} is out of order"
                previous = hashlib.sha256(previous.encode() + b"\\n{" + rest).hexdigest()
                assert previous == chain.decode(), f"line {number} was changed"
            print(previous)
            """
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        try appendSamples(to: writer)
        try writer.close()
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script, scratch.journal]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        if python.terminationStatus == 127 { return }  // There is no python3 here.
        #expect(python.terminationStatus == 0)
        #expect(String(decoding: printed, as: UTF8.self) == writer.lastChain + "\n")
    }

    @Test func missingEmptyAndPresentAreDistinct() throws {
        let scratch = try ScratchDirectory()
        let reader = JournalReader(directory: scratch.path)
        #expect(try reader.presence() == .missing)
        #expect(throws: JournalError.missing(path: scratch.journal)) { try reader.read() }
        #expect(throws: JournalError.missing(path: scratch.journal)) { try JournalWriter(resuming: scratch.path) }
        #expect(throws: JournalError.missing(path: scratch.path + "/no/journal.jsonl")) {
            try JournalWriter(resuming: scratch.path + "/no")
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/no"))

        try JournalWriter(directory: scratch.path).close()
        #expect(try reader.presence() == .empty)
        #expect(try reader.read().ending == .empty)
        let writer = try JournalWriter(resuming: scratch.path)
        try appendSamples(to: writer)
        try writer.close()
        #expect(try reader.presence() == .present)
        #expect(try scratch.bytes() == sampleJournal())
        #expect(throws: JournalError.alreadyStarted(path: scratch.journal)) {
            try JournalWriter(directory: scratch.path)
        }
    }

    @Test func aVisitorsErrorPassesThroughAndChangesNothing() throws {
        struct PlanChanged: Error, Equatable {}
        let scratch = try ScratchDirectory()
        let torn = try sampleJournal().dropLast(3)
        try scratch.setBytes(torn)
        #expect(throws: PlanChanged()) {
            try JournalWriter(resuming: scratch.path) { line in
                if line.kind == "header" { throw PlanChanged() }
            }
        }
        #expect(try scratch.bytes() == Array(torn))
        _ = try JournalWriter(resuming: scratch.path)
    }

    @Test func manyTasksAppendWithoutLosingOrMixingLines() async throws {
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for index in 0..<250 {
                        let text = String(repeating: "x", count: (task * 37 + index * 11) % 3000)
                        try writer.append(
                            kind: "observation",
                            record: SampleRecord(document: text, score: 0, tokens: [task, index]))
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
        try writer.close()
        var seen: [[Int]] = []
        let extent = try JournalReader(directory: scratch.path).read { line in
            seen.append(try line.decode(SampleRecord.self).tokens)
        }
        #expect(extent.lineCount == 2000)
        #expect(Set(seen).count == 2000)
        for task in 0..<8 {
            #expect(seen.filter { $0[0] == task }.map { $0[1] } == Array(0..<250))
        }
    }

    @Test func linesLongerThanOnePieceOfReadingVerify() throws {
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        let lengths = [1_000_000, 0, 1 << 17, (1 << 17) - 100, 5]
        for length in lengths {
            try writer.append(kind: "long", record: [String(repeating: "y", count: length)])
        }
        try writer.close()
        var found: [Int] = []
        try JournalReader(directory: scratch.path).read { found.append(try $0.decode([String].self)[0].count) }
        #expect(found == lengths)
    }

    @Test func decodingAsAnotherTypeNamesTheLineAndMember() throws {
        let scratch = try ScratchDirectory()
        try scratch.setBytes(sampleJournal())
        try JournalReader(directory: scratch.path).read { line in
            let error = #expect(throws: JournalError.self) { try line.decode([String: Int].self) }
            let text = try #require(error).description
            #expect(text.contains("journal line \(line.sequence) of kind \"\(line.kind)\""))
        }
    }

    @Test func kindsThatWouldNeedEscapesAreRefused() throws {
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        for kind in ["", "a b", "é", "a\"", "a\n", String(repeating: "k", count: 65)] {
            #expect(throws: JournalError.invalidKind(kind)) { try writer.append(kind: kind, record: 1) }
        }
        #expect(throws: JournalError.self) { try writer.append(kind: "score", record: ["x": Double.nan]) }
        #expect(writer.lineCount == 0)
        try writer.close()
        try writer.close()
        #expect(throws: JournalError.closed(path: scratch.journal)) { try writer.append(kind: "a", record: 1) }
        #expect(throws: JournalError.closed(path: scratch.journal)) { try writer.flush() }
    }
}
