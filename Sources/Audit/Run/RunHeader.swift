import Corpus
import Inference

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
    /// The servers, as they were found at the start.
    public let servers: [ServerRecord]
    /// Documents that do not take part.
    public let excluded: [ExcludedDocument]
    /// Pairs of documents that say largely the same across the arms.
    public let pairsBetweenArms: Int
    /// How the window shape was chosen.
    public let shapeChoice: String
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
    /// Its further fields, as text.
    public let fields: [String: String]

    init(_ prepared: PreparedDocument) {
        arm = prepared.arm
        document = prepared.document.id
        tokens = prepared.tokens.tokens.count
        windows = prepared.starts.count
        fields = Dictionary(
            prepared.document.metadata.entries.map { ($0.key, $0.value.text) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A continuation of a run that had stopped.
struct ResumeRecord: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "resume"

    let arguments: [String]
    let startedAt: String
    let servers: [ServerRecord]
}
