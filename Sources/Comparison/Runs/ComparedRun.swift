import Audit
import Corpus
import Statistics

/// One side of a comparison: what a run of `rote audit` says of every document, and whether it may be relied on.
public struct ComparedRun: Sendable {
    /// The run directory, as it was given.
    public let directory: String
    /// The hash that ends at the journal's last line.
    public let chain: String
    /// The plan of the run.
    public let plan: AuditPlan
    /// SHA-256 of the plan, as the journal holds it.
    public let planHash: String
    /// SHA-256 of the model file, if the run started the server.
    public let modelDigest: String?
    /// The gates of the run.
    public let gates: [Gate]
    /// The run's own answer.
    public let answer: Verdict.Answer
    /// Whether the run ended before every document had been asked about.
    public let endedEarly: Bool
    /// The documents, by name within their arm.
    let documents: [ArmedDocument: ComparedDocument]

    /// The model, as its servers describe it.
    public var model: String { plan.model }

    /// Judges a run by itself and takes what a comparison needs of it.
    ///
    /// - Parameter record: The journal of an audit.
    /// - Throws: ``AuditError/nothingToAnalyze(directory:)`` when no suspect document was observed yet,
    ///   ``AuditError/statistics(_:)`` when a procedure refuses the data.
    /// - Complexity: That of `Analysis`.
    public init(_ record: RunRecord) throws(AuditError) {
        let header = record.header
        let summary = try Analysis(record).summary
        self.init(
            directory: record.directory, chain: record.chain, plan: header.plan, planHash: header.planHash,
            modelDigest: header.modelFile?.digest.sha256, gates: summary.gates,
            answer: summary.decision.verdict.answer,
            endedEarly: summary.decision.sequential?.hasStopped ?? false,
            documents: ComparedDocument.all(record.observations, header.plan))
    }

    /// Puts a run together; a journal does it for a real one.
    init(
        directory: String, chain: String, plan: AuditPlan, planHash: String, modelDigest: String?, gates: [Gate],
        answer: Verdict.Answer, endedEarly: Bool, documents: [ComparedDocument]
    ) {
        self.directory = directory
        self.chain = chain
        self.plan = plan
        self.planHash = planHash
        self.modelDigest = modelDigest
        self.gates = gates
        self.answer = answer
        self.endedEarly = endedEarly
        self.documents = Dictionary(
            documents.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Number of windows that were observed.
    var windowsObserved: Int { documents.values.reduce(0) { $0 + $1.windows.count } }
}
