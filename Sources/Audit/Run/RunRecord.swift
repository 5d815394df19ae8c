import Corpus
import Statistics

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
    /// Second observations of some windows, which tell how noisy the measurement is.
    public let replicates: [Observation]
    /// Observations of some windows without what was learned; the verdict does not look at them.
    public let unaided: [Observation]
    /// The sittings in which the run was continued.
    public let continuations: [ResumeRecord]
    /// Whether a verdict was reached before.
    public let hasVerdict: Bool
    /// The hash that ends at the journal's last line.
    public let chain: String

    /// Reads and verifies a run's journal.
    ///
    /// - Parameter directory: The run directory.
    /// - Throws: ``JournalError`` when the journal is missing or damaged, ``AuditError`` when it is not one of an audit
    ///   or holds nothing yet.
    public init(directory: String) throws {
        var reading = Reading(directory: directory)
        let extent = try JournalReader(directory: directory).read { try reading.take($0) }
        try self.init(reading, chain: extent.lastChain)
    }

    init(_ reading: Reading, chain: String) throws(AuditError) {
        guard let header = reading.header, !reading.observations.isEmpty else {
            throw .nothingToAnalyze(directory: reading.directory)
        }
        directory = reading.directory
        self.header = header
        documents = reading.documents
        observations = reading.observations
        replicates = reading.replicates
        unaided = reading.unaided
        continuations = reading.continuations
        hasVerdict = reading.hasVerdict
        self.chain = chain
    }

    /// The running evidence after all observations, or `nil` for a run that does not end early.
    func pairedEvidence() throws(StatisticsError) -> PairedEvidence? {
        var evidence = try PairedEvidence(
            plan: header.plan,
            documents: documents.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0.pair, $0.windows) })
        for observation in observations { evidence?.add(observation) }
        return evidence
    }

    /// The documents that count, in the order of sending, each with its observations in the order of its windows.
    ///
    /// In a run that ended early these are the documents of the pairs up to the one that decided, else all.
    ///
    /// - Parameter evidence: The running evidence after all observations.
    /// - Complexity: O(*n* log *n*) in observations.
    func counted(
        _ evidence: PairedEvidence?
    ) -> [(document: DocumentRecord, observations: [Observation])] {
        let byDocument = Dictionary(grouping: observations) {
            ArmedDocument(arm: $0.arm, document: $0.document)
        }
        let end = evidence.flatMap { $0.hasStopped ? $0.pairsUsed : nil }
        return documents.filter { document in
            end.map { end in document.pair.map { $0 < end } ?? false } ?? true
        }.map { document in
            let key = ArmedDocument(arm: document.arm, document: document.document)
            return (document, (byDocument[key] ?? []).sorted { $0.window < $1.window })
        }
    }

    /// A journal while it is being read.
    struct Reading {
        let directory: String
        var header: RunHeader?
        var documents: [DocumentRecord] = []
        var observations: [Observation] = []
        var replicates: [Observation] = []
        var unaided: [Observation] = []
        var continuations: [ResumeRecord] = []
        var hasVerdict = false

        init(directory: String) { self.directory = directory }

        mutating func take(_ line: JournalLine) throws {
            guard (line.kind == RunHeader.kind) == (line.sequence == 1) else {
                throw AuditError.foreignJournal(
                    path: directory,
                    detail: "line \(line.sequence) is of the kind \"\(line.kind)\" and not in its place")
            }
            switch line.kind {
            case RunHeader.kind:
                let version = try line.decode(HeaderVersion.self).plan.version
                guard version == AuditPlan.currentVersion else {
                    throw AuditError.foreignJournal(
                        path: directory,
                        detail: "the run was begun by procedure version \(version), this program follows "
                            + "version \(AuditPlan.currentVersion)")
                }
                header = try line.decode(RunHeader.self)
            case DocumentRecord.kind: documents.append(try line.decode(DocumentRecord.self))
            case AuditRun.observationKind: observations.append(try line.decode(Observation.self))
            case AuditRun.replicateKind: replicates.append(try line.decode(Observation.self))
            case AuditRun.unaidedKind: unaided.append(try line.decode(Observation.self))
            case VerdictRecord.kind: hasVerdict = true
            case ResumeRecord.kind: continuations.append(try line.decode(ResumeRecord.self))
            default:
                throw AuditError.foreignJournal(
                    path: directory, detail: "line \(line.sequence) is of the unknown kind \"\(line.kind)\"")
            }
        }
    }
}

/// Names a window of a run.
struct ObservedWindow: Hashable {
    let arm: Arm
    let document: DocumentID
    let window: Int

    init(arm: Arm, document: DocumentID, window: Int) {
        self.arm = arm
        self.document = document
        self.window = window
    }

    init(_ observation: Observation) {
        self.init(arm: observation.arm, document: observation.document, window: observation.window)
    }
}

/// The part of a header that must be read before the rest can be.
private struct HeaderVersion: Decodable {
    struct Plan: Decodable { let version: Int }
    let plan: Plan
}
