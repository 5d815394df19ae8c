/// Why prefixes cannot be learned.
public enum LearningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The budget does not suffice for the smallest race.
    case budgetTooSmall(RaceError)
    /// There are too few documents in the learning fold.
    case tooFewDocuments(suspects: Int, needed: Int)
    /// The server's log-probabilities cannot be used.
    case noScores(server: String, reason: String)
    /// An inducer is wanted and none was named.
    case noInducer
    /// What an inducer learns is no prompt that other runs could use.
    case noPrompts
    /// Not one candidate could be used.
    case noCandidates(tried: Int)
    /// What was learned in an earlier sitting belongs to other settings.
    case otherSettings(path: String, differences: [String])
    /// A file could not be written.
    case unwritable(path: String, reason: String)
    /// A file of an earlier sitting is not what it should be.
    case unreadable(path: String, reason: String)
    /// The trainer command did not do its work.
    case trainer(command: String, reason: String)
    /// The inducer did not give anything usable.
    case inducer(server: String, reason: String)

    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .budgetTooSmall(let error): "\(error)"
        case .tooFewDocuments(let suspects, let needed):
            "the learning fold holds \(suspects) suspect documents and needs \(needed): give more documents, raise "
                + "--learning-share, or use --learn none"
        case .noScores(let server, let reason):
            "prefixes are learned by log-probabilities, which \(server) does not give: \(reason); use --learn none"
        case .noInducer:
            "--learn inducer needs the language model that writes headers: give --inducer-model or --inducer-server"
        case .noPrompts:
            "an inducer writes a header for each document, so there is no prompt to write down; use rote audit --learn "
                + "inducer, or learn universal or policy"
        case .noCandidates(let tried):
            "none of \(tried) candidates could be used on these documents: give other --prompts, or use --learn none"
        case .otherSettings(let path, let differences):
            "\(path) was learned with other settings (\(differences.joined(separator: ", "))): give those again, or "
                + "another --run directory"
        case .unwritable(let path, let reason):
            "cannot write \(path): \(reason); free space there or give another directory"
        case .unreadable(let path, let reason):
            "\(path) cannot be used: \(reason); restore it, or give another --run directory"
        case .trainer(let command, let reason): "the trainer \"\(command)\" failed: \(reason)"
        case .inducer(let server, let reason): "the inducer at \(server) gave nothing usable: \(reason)"
        }
    }
}
