import Audit
import Corpus

/// Everything a journal of a measurement says, read back.
public struct MeasurementRecord: Sendable {
    /// The run's directory.
    public let directory: String
    /// The first record.
    public let header: MeasurementHeader
    /// The measured documents, in the order in which they were sent.
    public let documents: [MeasuredDocumentRecord]
    /// The observations, in the order in which they were made.
    public let observations: [MeasurementObservation]
    /// Whether everything was asked.
    public let isFinished: Bool
    /// How often the run was continued.
    public let continuations: Int
    /// The hash that ends at the journal's last line.
    public let chain: String

    /// Reads and verifies a run's journal.
    ///
    /// - Parameter directory: The run directory.
    /// - Throws: `JournalError` when the journal is missing or damaged, ``MeasurementError`` when it is not one of a
    ///   measurement or holds nothing yet.
    public init(directory: String) throws {
        var reading = Reading(directory: directory)
        let extent = try JournalReader(directory: directory).read { try reading.take($0) }
        guard let header = reading.header, !reading.observations.isEmpty else {
            throw MeasurementError.nothingObserved(directory: directory)
        }
        self.directory = directory
        self.header = header
        documents = reading.documents
        observations = reading.observations
        isFinished = reading.isFinished
        continuations = reading.continuations
        chain = extent.lastChain
    }

    /// A journal while it is being read.
    struct Reading {
        let directory: String
        var header: MeasurementHeader?
        var documents: [MeasuredDocumentRecord] = []
        var observations: [MeasurementObservation] = []
        var continuations = 0
        var isFinished = false

        init(directory: String) { self.directory = directory }

        mutating func take(_ line: JournalLine) throws {
            guard (line.kind == MeasurementHeader.kind) == (line.sequence == 1) else {
                throw MeasurementError.foreignJournal(
                    path: directory,
                    detail: "line \(line.sequence) is of the kind \"\(line.kind)\" and not in its place")
            }
            switch line.kind {
            case MeasurementHeader.kind:
                let version = try line.decode(HeaderVersion.self).plan.version
                guard version == MeasurementPlan.currentVersion else {
                    throw MeasurementError.foreignJournal(
                        path: directory,
                        detail: "the run was begun by procedure version \(version), this program follows version "
                            + "\(MeasurementPlan.currentVersion)")
                }
                header = try line.decode(MeasurementHeader.self)
            case MeasuredDocumentRecord.kind: documents.append(try line.decode(MeasuredDocumentRecord.self))
            case MeasurementRun.observationKind: observations.append(try line.decode(MeasurementObservation.self))
            case MeasurementResume.kind: continuations += 1
            case MeasurementEnd.kind: isFinished = true
            default:
                throw MeasurementError.foreignJournal(
                    path: directory, detail: "line \(line.sequence) is of the unknown kind \"\(line.kind)\"")
            }
        }
    }
}

/// The part of a header that must be read before the rest can be.
private struct HeaderVersion: Decodable {
    struct Plan: Decodable { let version: Int }
    let plan: Plan
}
