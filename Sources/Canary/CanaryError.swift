#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why canaries could not be minted, read or tested.
public enum CanaryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A setting is out of its range.
    case invalidOption(name: String, value: String, requirement: String)
    /// A carrier sentence cannot carry a secret; `place` is a file and line, or the carrier's number.
    case invalidCarrier(place: String, problem: CarrierProblem)
    /// A file of carriers has no line with text.
    case noCarriers(path: String)
    /// Two files that must differ have one path.
    case samePath(String)
    /// Something stands already where a file was to be written.
    case exists(path: String)
    /// The operating system refused to read or write a file.
    case system(operation: String, path: String, code: Int32)
    /// A file is not text, or far too large.
    case unreadable(path: String, reason: String)
    /// A line of a secret file is not what such a line must be.
    case malformed(path: String, line: Int, problem: String)
    /// A secret file differs from what its own key gives.
    case edited(path: String, line: Int, detail: String)
    /// A secret file is not the one that the commitment was published for.
    case otherCommitment(path: String, expected: String, found: String)
    /// The siblings of a canary share no beginning in the tokens of the tested model.
    case unsharedOpening(canary: String)
    /// The start-up test of a server failed, so that its log-probabilities must not be used.
    case cannotScore(server: String, obstacle: String)
    /// The run directory was begun with other canaries or settings.
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
        case .invalidCarrier(let place, let problem): "\(place): \(problem)"
        case .noCarriers(let path):
            "\(path): no carrier in it; write one sentence per line, each with \(Carrier.placeholder) in it once"
        case .samePath(let path):
            "\(path) is given for two files; the secrets must not stand where the texts to plant do"
        case .exists(let path):
            "\(path) exists and is never overwritten; give another path, or move it away"
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): \(String(cString: strerror(code))) (errno \(code)); "
                + "check the path, its directory and their permissions"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .malformed(let path, let line, let problem):
            "\(path):\(line): \(problem); use the secret file as `rote canary mint` wrote it"
        case .edited(let path, let line, let detail):
            "\(path):\(line): \(detail); the file was changed after it was minted: restore it from a copy"
        case .otherCommitment(let path, let expected, let found):
            "\(path) has the SHA-256 \(found), and the commitment is \(expected): "
                + "give the secret file that the commitment was published for"
        case .unsharedOpening(let canary):
            "\(canary): the model's tokenizer splits the beginning of its siblings in different ways; "
                + "use a carrier with more text, and a space, before \(Carrier.placeholder)"
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
