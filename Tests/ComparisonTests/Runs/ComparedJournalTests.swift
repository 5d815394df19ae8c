import Corpus
import Foundation
import Testing

@testable import Audit
@testable import Comparison

@Suite("Comparisons from journals")
struct ComparedJournalTests {
    private let guilty = RecordMaker.arms(suspect: (20, 30, -1), control: (0, 30, -4))
    private let innocent = RecordMaker.arms(suspect: (0, 30, -4), control: (0, 30, -4))

    private func write(_ record: RunRecord, _ directory: String) throws {
        let writer = try JournalWriter(directory: directory)
        try writer.append(kind: "header", record: record.header)
        for document in record.documents { try writer.append(kind: "document", record: document) }
        for observation in record.observations { try writer.append(kind: "observation", record: observation) }
        for replicate in record.replicates { try writer.append(kind: "replicate", record: replicate) }
        try writer.close()
    }

    @Test("two journals tell what their runs tell, every time again")
    func replay() throws {
        let (target, reference) = (try ScratchDirectory(), try ScratchDirectory())
        try write(try RecordMaker().record(guilty), target.path)
        try write(try RecordMaker().record(innocent), reference.path)
        let comparison = try ModelComparison(target: target.path, reference: reference.path)
        #expect(comparison.failed.isEmpty, "\(comparison.gates)")
        #expect(comparison.verdict.answer == .favoursCorpus && comparison.verdict.evidence == .extraction)
        #expect(comparison.target.answer == .memorized && comparison.reference.answer == .inconclusive)
        #expect(comparison.findings?.scale == .nats)
        // Every answered window of the maker scores two tokens of the document's ln.
        let score = try #require(comparison.findings?.suspect.targetScore)
        let lns = (0..<30).map { -1 - Double($0 % 7) / 50 }
        let mean = lns.reduce(0, +) / 30
        #expect(abs(score - 2 * mean) < 1e-9)
        #expect(comparison.findings?.suspect.targetOnly == 20)
        let again = try ModelComparison(target: target.path, reference: reference.path)
        #expect(
            try CanonicalJSON.encode(ComparisonEvent(comparison)) == CanonicalJSON.encode(ComparisonEvent(again)))
    }

    @Test("the accused model is no reference")
    func turned() throws {
        let target = try ComparedRun(try RecordMaker().record(innocent))
        let comparison = try ModelComparison(
            target: target, reference: try ComparedRun(try RecordMaker().record(guilty)))
        #expect(comparison.verdict.answer == .invalid)
        #expect(comparison.failed.contains(.negativeControl) && comparison.failed.contains(.referenceBalance))
    }

    @Test("a run whose journal is not finished says so")
    func unfinished() throws {
        let target = try ComparedRun(try RecordMaker().record(guilty))
        let reference = try ComparedRun(try RecordMaker().record(innocent) { $0.observations.removeLast() })
        let comparison = try ModelComparison(target: target, reference: reference)
        #expect(comparison.failed.starts(with: [.complete]) && comparison.failed.contains(.referenceGates))
        #expect(comparison.verdict.answer == .invalid && comparison.findings == nil)
    }

    @Test("a missing reference is an error that names it")
    func missing() throws {
        let target = try ScratchDirectory()
        try write(try RecordMaker().record(guilty), target.path)
        #expect(throws: JournalError.self) {
            try ModelComparison(target: target.path, reference: target.path + "/reference")
        }
    }

    @Test("of two observations of a window the first counts, and windows come in their order")
    func windows() throws {
        let record = try RecordMaker().record(guilty)
        let other = try RecordMaker().record(innocent)
        let twice = Array(record.observations.reversed()) + other.observations
        let documents = ComparedDocument.all(twice, record.header.plan)
        #expect(documents.count == 60 && documents.allSatisfy { $0.windows.map(\.index) == [0, 1] })
        #expect(documents.count(where: \.isHit) == 20)
    }
}
