import Corpus

/// Everything a journal says, read back.
public struct RunRecord: Sendable {
    /// The run's directory.
    public let directory: String
    /// The first record.
    public let header: RunHeader
    /// The tested documents, in the order in which they were sent.
    public let documents: [DocumentRecord]
    /// The observations, in the order in which they were made.
    public let observations: [Observation]
    /// Whether a verdict was reached before.
    public let hasVerdict: Bool

    /// Reads and verifies a run's journal.
    ///
    /// - Parameter directory: The run directory.
    /// - Throws: ``JournalError`` when the journal is missing or damaged, ``AuditError`` when it is not one of an audit
    ///   or holds nothing yet.
    public init(directory: String) throws {
        var reading = Reading(directory: directory)
        _ = try JournalReader(directory: directory).read { try reading.take($0) }
        try self.init(reading)
    }

    init(_ reading: Reading) throws(AuditError) {
        guard let header = reading.header, !reading.observations.isEmpty else {
            throw .nothingToAnalyze(directory: reading.directory)
        }
        directory = reading.directory
        self.header = header
        documents = reading.documents
        observations = reading.observations
        hasVerdict = reading.hasVerdict
    }

    /// A journal while it is being read.
    struct Reading {
        let directory: String
        var header: RunHeader?
        var documents: [DocumentRecord] = []
        var observations: [Observation] = []
        var hasVerdict = false

        init(directory: String) { self.directory = directory }

        mutating func take(_ line: JournalLine) throws {
            switch line.kind {
            case RunHeader.kind:
                let header = try line.decode(RunHeader.self)
                guard header.plan.version == AuditPlan.currentVersion else {
                    throw AuditError.foreignJournal(
                        path: directory,
                        detail: "the run was begun by procedure version \(header.plan.version), this program follows "
                            + "version \(AuditPlan.currentVersion)")
                }
                self.header = header
            case DocumentRecord.kind: documents.append(try line.decode(DocumentRecord.self))
            case AuditRun.observationKind: observations.append(try line.decode(Observation.self))
            case AuditRun.verdictKind: hasVerdict = true
            case ResumeRecord.kind: break
            default:
                throw AuditError.foreignJournal(
                    path: directory, detail: "line \(line.sequence) is of the unknown kind \"\(line.kind)\"")
            }
        }
    }
}
