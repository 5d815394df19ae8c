import Corpus
import Foundation
import Inference
import PrefixLearning
import Testing

@testable import Audit

@Suite("Journals read back")
struct RunRecordTests {
    private let guilty = RecordMaker.arms(suspect: (3, 3, -1), control: (0, 3, -4))

    /// Writes a journal of the given records.
    private func write(_ directory: String, _ body: (JournalWriter) throws -> Void) throws {
        let writer = try JournalWriter(directory: directory)
        try body(writer)
        try writer.close()
    }

    private func failure(_ directory: String) -> (any Error)? {
        do { _ = try RunRecord(directory: directory) } catch { return error }
        return nil
    }

    private func isForeign(_ error: (any Error)?) -> Bool {
        if case AuditError.foreignJournal? = error { true } else { false }
    }

    @Test("what was written is what is read")
    func roundTrip() throws {
        let scratch = try ScratchDirectory()
        let record = try RecordMaker().record(guilty)
        try write(scratch.path) { writer in
            try writer.append(kind: "header", record: record.header)
            for document in record.documents { try writer.append(kind: "document", record: document) }
            for observation in record.observations { try writer.append(kind: "observation", record: observation) }
            for replicate in record.replicates { try writer.append(kind: "replicate", record: replicate) }
        }
        let read = try RunRecord(directory: scratch.path)
        #expect(read.header.plan == record.header.plan)
        #expect(read.documents == record.documents && read.observations == record.observations)
        #expect(try CanonicalJSON.encode(Analysis(read).summary) == CanonicalJSON.encode(Analysis(record).summary))
    }

    @Test("a missing journal, and one that says nothing yet, are told apart")
    func missing() throws {
        let scratch = try ScratchDirectory()
        guard case JournalError.missing? = failure(scratch.path) else {
            Issue.record("\(String(describing: failure(scratch.path)))")
            return
        }
        let record = try RecordMaker().record(guilty)
        try write(scratch.path) { try $0.append(kind: "header", record: record.header) }
        guard case AuditError.nothingToAnalyze? = failure(scratch.path) else {
            Issue.record("\(String(describing: failure(scratch.path)))")
            return
        }
    }

    @Test("a journal of something else is named as such")
    func foreign() throws {
        let other = try ScratchDirectory()
        try write(other.path) { try $0.append(kind: "weather", record: ["rain": 1]) }
        #expect(isForeign(failure(other.path)))
        let headless = try ScratchDirectory()
        let record = try RecordMaker().record(guilty)
        try write(headless.path) { writer in
            try writer.append(kind: "observation", record: record.observations[0])
            try writer.append(kind: "header", record: record.header)
        }
        #expect(isForeign(failure(headless.path)))
        let twoHeads = try ScratchDirectory()
        try write(twoHeads.path) { writer in
            try writer.append(kind: "header", record: record.header)
            try writer.append(kind: "observation", record: record.observations[0])
            try writer.append(kind: "header", record: record.header)
        }
        #expect(isForeign(failure(twoHeads.path)))
    }

    @Test("a journal of another version is named as such, whatever else that version changed")
    func otherVersions() throws {
        struct FutureHeader: Encodable {
            struct Plan: Encodable {
                let version = AuditPlan.currentVersion + 1
                let novelty = true
            }
            let plan = Plan()
            let shape = "round"
        }
        let scratch = try ScratchDirectory()
        try write(scratch.path) { try $0.append(kind: "header", record: FutureHeader()) }
        let error = try #require(failure(scratch.path))
        #expect(isForeign(error), "\(error)")
        #expect("\(error)".contains("version \(AuditPlan.currentVersion + 1)"), "\(error)")
    }

    @Test("a record that cannot be read names its line and what is missing in it")
    func undecodable() throws {
        let record = try RecordMaker().record(guilty)
        let scratch = try ScratchDirectory()
        try write(scratch.path) { writer in
            try writer.append(kind: "header", record: record.header)
            try writer.append(kind: "observation", record: ["probe": "x"])
        }
        guard case JournalError.undecodable(line: 2, kind: "observation", _, _)? = failure(scratch.path) else {
            Issue.record("\(String(describing: failure(scratch.path)))")
            return
        }
    }

    @Test("numbers that no run writes are no trap", arguments: [Int.max, Int.min, -1, 0])
    func absurdNumbers(value: Int) throws {
        var seen = guilty
        seen[0].windows = []
        let record = try RecordMaker().record(seen) { reading in
            guard let header = reading.header else { return }
            let old = header.plan
            let arm = AuditPlan.ArmPlan(documents: value, windows: value, sha256: "")
            let plan = AuditPlan(
                version: old.version, alpha: old.alpha, extractionShare: old.extractionShare, delta: old.delta,
                shape: old.shape, windowsPerDocument: value, scoredTokens: value,
                stopping: .early, bet: old.bet, pairs: value, staging: old.staging,
                extractability: old.extractability, elicitations: old.elicitations, strictness: old.strictness,
                seed: old.seed, resamples: max(1, min(value, 999)), suspect: arm, control: arm, model: "m",
                probes: old.probes)
            reading.header = RunHeader(
                program: "", arguments: [], startedAt: "", plan: plan, planHash: header.planHash, files: [],
                modelFile: nil, servers: header.servers, excluded: [], pairsBetweenArms: value, blindBaseline: nil,
                shapeChoice: "")
        }
        let summary = try Analysis(record).summary
        #expect(summary.decision.verdict.answer == .invalid)
    }

    // MARK: Tables

    @Test("a table by a field has a row for every value, numbers by size, and loses no document")
    func groups() throws {
        let values = ["10", "9", "b", "a", "", "9.5", "nan", "1e999", "-3"]
        var seen = RecordMaker.arms(suspect: (9, 9, -1), control: (0, 9, -4))
        seen[3].windows = [true, nil]
        let record = try RecordMaker().record(seen) { reading in
            reading.documents = reading.documents.enumerated().map { index, document in
                let value = values[index % 9]
                let fields = value.isEmpty ? [] : [Metadata.Entry(key: "year", value: .string(value))]
                return DocumentRecord(
                    PreparedDocument(
                        cut: CutDocument(
                            arm: document.arm,
                            document: Document(
                                id: document.document, text: "", metadata: Metadata(fields),
                                source: DocumentSource(file: "")),
                            tokens: .init(tokens: [], pieces: []), starts: Array(0..<document.windows)),
                        elicitation: .none(leading: []), pair: document.pair),
                    probes: document.probes)
            }
        }
        let groups = try Analysis(record, groupedBy: "year").summary.groups
        #expect(
            groups.filter { $0.arm == .suspect }.map(\.value) == ["-3", "9", "9.5", "10", "", "1e999", "a", "b", "nan"])
        #expect(groups.reduce(0) { $0 + $1.summary.documents } == 18)
        #expect(try Analysis(record).summary.groups.isEmpty)
        #expect(try Analysis(record, groupedBy: "no such field").summary.groups.map(\.value) == ["", ""])
    }
}
