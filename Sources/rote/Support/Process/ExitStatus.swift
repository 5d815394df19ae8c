/// What the process tells the shell when it ends.
///
/// A verb throws one of these to end with a status and no message of its own. Without `--exit-code` a verdict never
/// changes the status: a completed audit is 0 whatever it found, so that a batch job does not take a finding for a
/// failure.
enum ExitStatus: Int32, Error, Sendable, CaseIterable {
    /// The work is done, whatever the verdict.
    case completed = 0
    /// The verdict is `memorized`; only with `--exit-code`.
    case memorized = 1
    /// Something failed, and standard error says what.
    case error = 2
    /// Part of the work is done and stored; the same command continues it.
    case partial = 3
    /// The verdict is `inconclusive`; only with `--exit-code`.
    case inconclusive = 4
    /// The verdict is `invalid`; only with `--exit-code`.
    case invalid = 5
    /// The command line or a setting is wrong (`EX_USAGE`).
    case usage = 64
    /// The server could not be reached or used; trying later may help (`EX_TEMPFAIL`).
    case serverUnavailable = 75
    /// Stopped by `SIGINT` (Ctrl-C).
    case interrupted = 130
    /// Stopped by `SIGTERM`.
    case terminated = 143

    /// The status of a process that a signal stopped, 128 plus the signal's number.
    init?(signal: Int32) {
        self.init(rawValue: 128 + signal)
    }

    /// What the status means, in a few words for the help text.
    var meaning: String {
        switch self {
        case .completed: "completed, whatever the verdict"
        case .memorized: "verdict memorized (only with --exit-code)"
        case .error: "error"
        case .partial: "partial: the same command continues"
        case .inconclusive: "verdict inconclusive (only with --exit-code)"
        case .invalid: "verdict invalid (only with --exit-code)"
        case .usage: "wrong command line or setting"
        case .serverUnavailable: "server unavailable: try again later"
        case .interrupted: "interrupted (Ctrl-C)"
        case .terminated: "terminated"
        }
    }

    /// One line per status, for the help text of every verb.
    static var table: String {
        allCases.map { status in
            let number = String(status.rawValue)
            return String(repeating: " ", count: 5 - number.count) + number + "  " + status.meaning
        }
        .joined(separator: "\n")
    }
}

/// An error that knows with which status the process should end.
protocol ExitStatusProviding: Error {
    /// The status to end with when nothing handles this error.
    var exitStatus: ExitStatus { get }
}
