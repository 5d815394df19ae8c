import Audit
import Corpus
import Inference

/// The first record of a journal: what is asked of what, under which plan.
public struct MeasurementHeader: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "measurement"

    /// Version of the program.
    public let program: String
    /// The command line, without secrets.
    public let arguments: [String]
    /// When the run began, in UTC.
    public let startedAt: String
    /// The frozen plan.
    public let plan: MeasurementPlan
    /// SHA-256 of the plan's canonical JSON.
    public let planHash: String
    /// The files that the documents were read from.
    public let files: [InputFile]
    /// The model file, when the run started a server for it.
    public let modelFile: ModelFile?
    /// The servers, as they were found at the start.
    public let servers: [ServerRecord]
    /// Documents that do not take part.
    public let excluded: [UnmeasuredDocument]
}

/// A continuation of a run that had stopped.
struct MeasurementResume: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "resume"

    let arguments: [String]
    let startedAt: String
    let servers: [ServerRecord]
}

/// The last record of a finished journal.
struct MeasurementEnd: Codable, Sendable {
    /// The journal's kind for this record.
    static let kind = "end"

    let finishedAt: String
    let observations: Int
}
