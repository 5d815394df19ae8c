/// Why the order of a corpus could not be tested.
public enum OrderTestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A setting is out of its range.
    case invalidOption(name: String, value: String, requirement: String)
    /// The documents come from text files, whose order nobody published.
    case noPublishedOrder(path: String)
    /// There are too few documents for any outcome to reach α.
    case tooFewDocuments(found: Int, needed: Int)
    /// So few shards were asked for that no outcome can reach α.
    case tooFewShards(asked: Int, needed: Int)
    /// The start-up test of a server failed, so that its log-probabilities must not be used.
    case cannotScore(server: String, obstacle: String)
    /// The run directory was begun with other documents or settings.
    case planChanged(directory: String, differences: [String])
    /// The run directory holds a journal that is not one of this test.
    case foreignJournal(path: String, detail: String)
    /// Every server was lost before the work was finished.
    case interrupted(done: Int, total: Int, cause: String)
    /// A statistical procedure refused its input.
    case statistics(String)

    /// What is wrong, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidOption(let name, let value, let requirement):
            "--\(name) \(value): must be \(requirement)"
        case .noPublishedOrder(let path):
            "\(path): text files have no published order; give one .jsonl or .csv file whose records stand in the order "
                + "in which they were published"
        case .tooFewDocuments(let found, let needed):
            "\(found) documents are too few: no order of them is unlikely enough; give at least \(needed), or a larger "
                + "--alpha"
        case .tooFewShards(let asked, let needed):
            "--shards \(asked): must be at least \(needed), because fewer shards have too few orders for this --alpha"
        case .cannotScore(let server, let obstacle):
            "forced scores of \(server) cannot be trusted: \(obstacle); see `rote doctor`"
        case .planChanged(let directory, let differences):
            "\(directory) was begun with another plan; what differs: \(differences.joined(separator: "; ")); "
                + "repeat the original command to continue it, or give another --run directory"
        case .foreignJournal(let path, let detail): "\(path): \(detail); give another --run directory"
        case .interrupted(let done, let total, let cause):
            "stopped after \(done) of \(total) questions: \(cause); repeat the same command to continue"
        case .statistics(let detail): "statistics: \(detail)"
        }
    }
}
