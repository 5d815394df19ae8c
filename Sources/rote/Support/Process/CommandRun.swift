import ArgumentParser
import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs the command line of the process and turns whatever happens into a message and an ``ExitStatus``.
///
/// ArgumentParser's own `main` ends with 1 for every error, which here means that a corpus was memorized.
enum CommandRun {
    /// Parses, runs, and ends the process.
    ///
    /// Not asynchronous itself, because it has to look at the standard descriptors before the first task makes the
    /// runtime open descriptors of its own.
    ///
    /// - Parameters:
    ///   - root: The command whose subcommands are the verbs.
    ///   - statusOf: The status of errors that come from other modules; `nil` means ``ExitStatus/error``.
    static func main(
        _ root: any ParsableCommand.Type, statusOf: @escaping @Sendable (any Error) -> ExitStatus? = { _ in nil }
    ) -> Never {
        openStandardDescriptors()
        // Handlers that do nothing, because a child process would inherit ignored signals: a closed pipe and a file
        // that may not grow are errors of the write, with a message, and no reason to die.
        signal(SIGPIPE) { _ in }
        signal(SIGXFSZ) { _ in }
        Task {
            let status = await run(root, arguments: Array(CommandLine.arguments.dropFirst()), statusOf: statusOf)
            exit(status.rawValue)
        }
        dispatchMain()
    }

    /// Parses and runs arguments while a first `SIGINT` or `SIGTERM` cancels the command and a second one ends it.
    static func run(
        _ root: any ParsableCommand.Type, arguments: [String],
        statusOf: @escaping @Sendable (any Error) -> ExitStatus? = { _ in nil }
    ) async -> ExitStatus {
        let console = Console.standard
        let command: any ParsableCommand
        do {
            command = try root.parseAsRoot(arguments)
        } catch {
            return report(error, from: root, duringParsing: true, on: console, statusOf: statusOf)
        }

        let box = CommandBox(command: command)
        let task = Task { try await box.run() }
        let watcher = SignalWatcher { _ in
            console.note("Stopping: finishing what is under way. Interrupt again to stop at once.")
            task.cancel()
        }
        defer { watcher.stop() }

        do {
            try await task.value
            return .completed
        } catch {
            if let signal = watcher.received, isInterruption(error, statusOf), let status = ExitStatus(signal: signal) {
                console.note(Self.howToContinue)
                return status
            }
            return report(error, from: root, duringParsing: false, on: console, statusOf: statusOf)
        }
    }

    /// Opens the standard descriptors that the parent closed (`>&-`), so that no journal gets the number 1 and the
    /// program's output with it.
    private static func openStandardDescriptors() {
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            _ = open("/dev/null", O_RDWR)
        }
    }

    private static let howToContinue = "Stopped before the end. Repeat the same command to continue."

    /// Whether a command ended as one does that was asked to stop.
    private static func isInterruption(_ error: any Error, _ statusOf: (any Error) -> ExitStatus?) -> Bool {
        error is CancellationError || (error as? ExitStatus ?? statusOf(error)) == .partial
    }

    private static func report(
        _ error: any Error, from root: any ParsableCommand.Type, duringParsing: Bool, on console: Console,
        statusOf: (any Error) -> ExitStatus?
    ) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        if let output = error as? OutputError, case .closed = output { return .completed }
        if let known = (error as? any ExitStatusProviding)?.exitStatus ?? statusOf(error) {
            console.error("\(error)")
            return known
        }
        let parserCode = root.exitCode(for: error)
        if parserCode == .success {
            return print(root.fullMessage(for: error), on: console)
        }
        if duringParsing || parserCode == .validationFailure {
            console.error(inOneLine(root.fullMessage(for: error), pointsToHelp: duringParsing))
            return .usage
        }
        if error is CancellationError {
            console.note(howToContinue)
            return .partial
        }
        if let code = error as? ExitCode { return ExitStatus(rawValue: code.rawValue) ?? .error }
        console.error("\(error)")
        return .error
    }

    /// The parser's message without its prefix and, but for where to find it, without the help that it adds.
    private static func inOneLine(_ message: String, pointsToHelp: Bool) -> String {
        let lines = message.split(separator: "\n")
        let problem = lines.first.map(String.init) ?? message
        let prefix = "Error: "
        let bare = problem.hasPrefix(prefix) ? String(problem.dropFirst(prefix.count)) : problem
        guard pointsToHelp, let command = lines.last?.split(separator: "'").dropFirst().first else { return bare }
        return "\(bare); see `\(command)`"
    }

    /// Help, version and completion scripts are data.
    private static func print(_ text: String, on console: Console) -> ExitStatus {
        do {
            try console.data(text)
            return .completed
        } catch .closed {
            return .completed
        } catch {
            console.error("\(error)")
            return .error
        }
    }
}

/// Carries a parsed command into the one task that runs it.
///
/// Unchecked because commands are not `Sendable`: the box is handed over once and `run` is called once, by that task.
private final class CommandBox: @unchecked Sendable {
    private var command: any ParsableCommand

    init(command: any ParsableCommand) {
        self.command = command
    }

    func run() async throws {
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
