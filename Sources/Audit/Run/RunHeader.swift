import Corpus
import Inference
import PrefixLearning

/// The first record of a journal: what is asked of what, under which plan.
public struct RunHeader: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "header"

    /// Version of the program.
    public let program: String
    /// The command line, without secrets.
    public let arguments: [String]
    /// When the run began, in UTC.
    public let startedAt: String
    /// The frozen plan.
    public let plan: AuditPlan
    /// SHA-256 of the plan's canonical JSON.
    public let planHash: String
    /// The files that the documents were read from.
    public let files: [InputFile]
    /// The model file, when the run started a server for it.
    public let modelFile: ModelFile?
    /// The servers, as they were found at the start.
    public let servers: [ServerRecord]
    /// Documents that do not take part.
    public let excluded: [ExcludedDocument]
    /// Pairs of documents that say largely the same across the arms.
    public let pairsBetweenArms: Int
    /// How well the arms can be told apart by their texts alone, if there are two.
    public let blindBaseline: BlindBaselineFinding?
    /// How the window shape was chosen.
    public let shapeChoice: String
}

/// The model file of a started server.
public struct ModelFile: Codable, Hashable, Sendable {
    /// Its path as it was given.
    public let path: String
    /// Size and SHA-256.
    public let digest: FileDigest

    /// Hashes a model file.
    ///
    /// - Throws: ``JournalError`` when the file cannot be read.
    /// - Complexity: O(*n*) in its bytes.
    public init(path: String) throws(JournalError) {
        self.path = path
        digest = try FileDigest(ofFile: path)
    }
}

/// A file that documents were read from.
public struct InputFile: Codable, Hashable, Sendable {
    /// The arm that its documents belong to.
    public let arm: Arm
    /// Its path as it was given.
    public let path: String
    /// Its size as it lies on disk, in bytes.
    public let bytes: Int
    /// SHA-256 of its bytes as they lie on disk.
    public let sha256: String

    /// Creates a record.
    public init(arm: Arm, path: String, bytes: Int, sha256: String) {
        self.arm = arm
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// A server as it was found.
public struct ServerRecord: Codable, Sendable {
    /// Where it listens.
    public let address: String
    /// What it says about itself.
    public let properties: ServerProperties
    /// What the start-up test found.
    public let selfTest: SelfTestReport
    /// How fast its ways of forcing are.
    public let calibration: Calibration

    /// Takes what a journal keeps of a session.
    public init(_ session: ServerSession) {
        address = session.server.name
        properties = session.properties
        selfTest = session.selfTest
        calibration = session.calibration
    }
}

/// A document that is tested, without its text.
public struct DocumentRecord: Codable, Hashable, Sendable {
    /// The journal's kind for this record.
    static let kind = "document"

    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Length in tokens.
    public let tokens: Int
    /// Number of windows.
    public let windows: Int
    /// The name of what is put around its prefixes.
    public let elicitation: PromptID
    /// The number of the pair that it belongs to, or `nil` without a partner.
    public let pair: Int?
    /// The digest over its windows.
    public let probes: String
    /// Its further fields, as text.
    public let fields: [String: String]

    init(_ prepared: PreparedDocument, probes: String) {
        self.probes = probes
        elicitation = prepared.elicitation.id
        pair = prepared.pair
        arm = prepared.arm
        document = prepared.document.id
        tokens = prepared.tokens.tokens.count
        windows = prepared.starts.count
        fields = Dictionary(
            prepared.document.metadata.entries.map { ($0.key, $0.value.text) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A continuation of a run that had stopped.
public struct ResumeRecord: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "resume"

    /// The command line, without secrets.
    public let arguments: [String]
    /// When the run was continued, in UTC.
    public let startedAt: String
    /// The servers, as they were found then.
    public let servers: [ServerRecord]
}

/// The last record of a finished journal: what was found then; everything in it can be computed again.
struct VerdictRecord: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "verdict"

    let finishedAt: String
    let summary: AnalysisSummary
}
