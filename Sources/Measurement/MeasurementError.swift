/// Why a measurement could not begin, go on or be read.
public enum MeasurementError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A setting is out of its range.
    case invalidOption(name: String, value: String, requirement: String)
    /// No document holds a window of any length.
    case documentsTooShort(longest: Int, needed: Int, unit: ProbeGrid.Unit)
    /// The run directory was begun with another plan.
    case planChanged(directory: String, differences: [String])
    /// The run directory holds a journal that this version cannot continue.
    case foreignJournal(path: String, detail: String)
    /// Log-probabilities are wanted and the server's cannot be trusted.
    case cannotScore(server: String, obstacle: String)
    /// A journal ends before it says anything that could be counted.
    case nothingObserved(directory: String)
    /// Every probe of a model failed, so that there is nothing to count.
    case nothingAnswered(target: TargetName, probes: Int, cause: String)
    /// Models that are to be compared were asked different things.
    case differentPlans(TargetName, TargetName, differences: [String])
    /// Two records are of one model.
    case sameTarget(TargetName)
    /// A statistical procedure refused its input.
    case statistics(String)
    /// Every server was lost before the work was finished.
    case interrupted(done: Int, total: Int, cause: String)

    /// What is wrong, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidOption(let name, let value, let requirement): "--\(name) \(value): must be \(requirement)"
        case .documentsTooShort(let longest, let needed, let unit):
            "documents too short: the longest has \(longest) \(unit.rawValue) and a window needs \(needed); "
                + "give longer documents, or shorter prefixes and suffixes"
        case .planChanged(let directory, let differences):
            "\(directory) was begun with another plan; what differs: \(differences.joined(separator: "; ")); "
                + "repeat the original command to continue it, or give another --run directory"
        case .foreignJournal(let path, let detail): "\(path): \(detail); give another --run directory"
        case .cannotScore(let server, let obstacle):
            "log-probabilities of \(server) cannot be trusted: \(obstacle); see `rote doctor`, or measure by generated "
                + "text alone"
        case .nothingObserved(let directory):
            "\(directory): the journal holds no observation yet; run `rote measure` with this --run directory first"
        case .nothingAnswered(let target, let probes, let cause):
            "\(target): none of \(probes) probes got an answer: \(cause)"
        case .differentPlans(let first, let second, let differences):
            "\(first) and \(second) were asked different things: \(differences.joined(separator: "; ")); "
                + "measure both with the same settings and documents"
        case .sameTarget(let name): "two runs are of the model \"\(name)\"; give each model a name of its own"
        case .statistics(let detail): "statistics: \(detail)"
        case .interrupted(let done, let total, let cause):
            "stopped after \(done) of \(total) probes: \(cause); repeat the same command to continue"
        }
    }
}
