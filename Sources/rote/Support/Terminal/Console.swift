import Foundation
import Synchronization

/// How much is said on standard error.
enum Verbosity: Int, Sendable, Comparable {
    /// Errors only (`--quiet`).
    case quiet
    /// Progress, notes and warnings.
    case normal
    /// Details as well (`--verbose`).
    case verbose

    static func < (left: Verbosity, right: Verbosity) -> Bool { left.rawValue < right.rawValue }
}

/// Where a verb speaks: data on standard output and nothing else there, everything for people on standard error.
///
/// Text for people is sanitised, so a caller may pass on what a server said. While a progress line stands on the
/// terminal, messages are written above it. Nothing said on standard error can fail the run: a reader that went away
/// is ignored.
final class Console: Sendable {
    /// The console of this process at normal verbosity, for errors before the arguments are known.
    static let standard = Console(environment: ProcessInfo.processInfo.environment)

    let output: StandardStream
    let messages: StandardStream
    let verbosity: Verbosity
    private let status = Mutex("")

    /// Creates the console of this process.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - verbosity: How much is said.
    convenience init(environment: [String: String], verbosity: Verbosity = .normal) {
        self.init(
            output: StandardStream(descriptor: 1, environment: environment),
            messages: StandardStream(descriptor: 2, environment: environment), verbosity: verbosity)
    }

    init(output: StandardStream, messages: StandardStream, verbosity: Verbosity) {
        self.output = output
        self.messages = messages
        self.verbosity = verbosity
    }

    /// Writes one line, or several, of data on standard output, exactly as given and with a line feed at the end.
    ///
    /// - Throws: ``OutputError``; let it end the verb, which ends the process quietly if the reader has gone.
    func data(_ text: String) throws(OutputError) {
        let lines = text.hasSuffix("\n") ? text : text + "\n"
        guard output.isTerminal && messages.isTerminal else { return try output.write(lines) }
        // Both streams end on one screen: the data must not stand behind the updating line.
        try status.withLock { (status) throws(OutputError) in
            if !status.isEmpty { try? messages.write("\r\u{1b}[2K") }
            try output.write(lines)
            if !status.isEmpty { try? messages.write(status) }
        }
    }

    /// Says something useful but not needed; silent with `--quiet`.
    func note(_ text: String) {
        say(text, from: .normal)
    }

    /// Says something that only `--verbose` asks for.
    func detail(_ text: String) {
        say(text, from: .verbose)
    }

    /// Says that something may not be as the user believes; silent with `--quiet`.
    func warning(_ text: String) {
        say(styled("warning:", .yellow) + " " + sanitize(text, keepingLines: true), from: .normal, isSafe: true)
    }

    /// Says why the process will end; never silent.
    func error(_ text: String) {
        say(styled("error:", .red) + " " + sanitize(text, keepingLines: true), from: .quiet, isSafe: true)
    }

    /// Writes text of this program's own on standard error, whatever the verbosity.
    func writeError(_ text: String) {
        say(text, from: .quiet, isSafe: true)
    }

    /// Text in a style on standard error, or as it is where colours are off.
    func styled(_ text: String, _ style: TextStyle) -> String {
        messages.usesColor ? style.applied(to: text) : text
    }

    /// Replaces the updating line at the bottom of the terminal; an empty text removes it.
    ///
    /// Does nothing when standard error is not a terminal.
    func showStatus(_ text: String) {
        guard messages.isTerminal else { return }
        let line = String(sanitize(text).prefix(max(0, messages.columns - 1)))
        status.withLock { status in
            guard line != status else { return }
            status = line
            try? messages.write("\r\u{1b}[2K" + line)
        }
    }

    private func say(_ text: String, from least: Verbosity, isSafe: Bool = false) {
        guard verbosity >= least else { return }
        let safe = isSafe ? text : sanitize(text, keepingLines: true)
        let lines = safe.hasSuffix("\n") ? safe : safe + "\n"
        status.withLock { status in
            try? messages.write(status.isEmpty ? lines : "\r\u{1b}[2K" + lines + status)
        }
    }
}

/// The few styles in use; meaning is never carried by a style alone.
enum TextStyle: Int, Sendable {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33

    fileprivate func applied(to text: String) -> String {
        "\u{1b}[\(rawValue)m\(text)\u{1b}[0m"
    }
}
