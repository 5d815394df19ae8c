import Audit

/// The first record of a test's journal: what is asked of what, under which plan.
public struct CanaryRunHeader: Sendable, Codable {
    /// The journal's kind for this record; an audit's is another, so that neither continues the other.
    static let kind = "canary-header"

    /// Version of the program.
    public let program: String
    /// The command line, without secrets.
    public let arguments: [String]
    /// When the test began, in UTC.
    public let startedAt: String
    /// The frozen plan.
    public let plan: CanaryTestPlan
    /// SHA-256 of the plan's canonical JSON.
    public let planHash: String
    /// The model file, when the run started a server for it.
    public let modelFile: ModelFile?
    /// The servers, as they were found at the start.
    public let servers: [ServerRecord]
}

/// The last record of a sitting that left nothing to ask: what was found; it can be computed again.
struct CanaryVerdictRecord: Encodable {
    /// The journal's kind for this record.
    static let kind = "canary-verdict"

    let finishedAt: String
    let verdict: CanaryVerdict
}

/// What a sitting adds to a journal before its observations.
enum CanaryResume {
    /// The journal's kind for a sitting after the first.
    static let kind = "canary-resume"
}
