import Corpus
import Inference

/// Why an audit could not begin, go on or be read.
public enum AuditError: Error, Sendable, CustomStringConvertible {
    /// A setting is out of its range.
    case invalidOption(name: String, value: String, requirement: String)
    /// Both arms are the same documents.
    case sameCorpus(suspect: String, control: String)
    /// Too few documents are left in an arm.
    case tooFewDocuments(arm: Arm, left: Int, needed: Int, reason: String)
    /// Documents are too short for any window.
    case documentsTooShort(longest: Int, needed: Int)
    /// The run directory was begun with another plan.
    case planChanged(directory: String, differences: [String])
    /// The run directory holds a journal that this version cannot continue.
    case foreignJournal(path: String, detail: String)
    /// The start-up test of a server failed, so that its log-probabilities must not be used.
    case selfTestFailed(server: String, obstacle: String)
    /// A journal ends before it says anything that could be analysed.
    case nothingToAnalyze(directory: String)
    /// A statistical procedure refused its input.
    case statistics(String)
    /// Every server was lost before the work was finished.
    case interrupted(done: Int, total: Int, cause: String)

    /// What is wrong, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidOption(let name, let value, let requirement):
            "--\(name) \(value): must be \(requirement)"
        case .sameCorpus(let suspect, let control):
            "suspect and control are the same documents (\(suspect), \(control)); "
                + "give held-out documents that the model cannot have seen as --control"
        case .tooFewDocuments(let arm, let left, let needed, let reason):
            "\(arm.rawValue) corpus: \(left) usable document\(left == 1 ? "" : "s"), at least \(needed) needed"
                + "\(reason.isEmpty ? "" : " (\(reason))"); add documents to it"
        case .documentsTooShort(let longest, let needed):
            "documents too short: the longest has \(longest) tokens and a window needs \(needed); "
                + "give longer documents, or smaller --prefix-tokens and --suffix-tokens"
        case .planChanged(let directory, let differences):
            "\(directory) was begun with another plan; what differs: \(differences.joined(separator: "; ")); "
                + "repeat the original command to continue it, or give another --run directory"
        case .foreignJournal(let path, let detail):
            "\(path): \(detail); give another --run directory"
        case .selfTestFailed(let server, let obstacle):
            "forced scores of \(server) cannot be trusted: \(obstacle); see `rote doctor`, or add "
                + "--staging generation-only to test extraction by generated text alone"
        case .nothingToAnalyze(let directory):
            "\(directory): the journal holds no observation of a suspect document yet; run `rote audit` with this --run directory first"
        case .statistics(let detail): "statistics: \(detail)"
        case .interrupted(let done, let total, let cause):
            "stopped after \(done) of \(total) windows: \(cause); repeat the same command to continue"
        }
    }
}
