import Foundation
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts a server for a model file, lends it, and stops it again.
public struct ManagedServer: Sendable {
    /// The program that serves.
    public let program: ServerProgram
    /// What it has to do.
    public let job: ServerJob
    /// File that receives what the server prints.
    public let logPath: String

    /// Longest time to wait for the model to be loaded.
    public var startDeadline = Duration.seconds(600)
    static let pollInterval = Duration.milliseconds(50)

    /// Creates a managed server; nothing is started yet.
    public init(program: ServerProgram, job: ServerJob, logPath: String) {
        self.program = program
        self.job = job
        self.logPath = logPath
    }

    /// Runs the server for as long as the body runs.
    ///
    /// The server ends with the body, with the calling task's cancellation, and with this process however it ends: a
    /// watching shell holds a pipe from this process and stops the server when the pipe closes.
    ///
    /// - Parameters:
    ///   - isReady: Tells whether the server at an address answers; called repeatedly until it does.
    ///   - body: The work, given the server's address.
    /// - Throws: ``InferenceError/notStarted(detail:hint:)`` with the last lines of the server's log when it does not
    ///   come up, ``InferenceError/serverEnded(detail:hint:)`` when it ends before the body does, and whatever the body
    ///   throws.
    public func run<Value: Sendable>(
        isReady: @escaping @Sendable (ServerAddress) async -> Bool,
        _ body: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        let port = try Self.freePort()
        let address: ServerAddress
        do { address = try ServerAddress("http://127.0.0.1:\(port)") } catch {
            throw InferenceError.notStarted(detail: "\(error)", hint: "report this as a fault of rote")
        }
        guard FileManager.default.createFile(atPath: logPath, contents: nil) else {
            throw InferenceError.notStarted(
                detail: "cannot write the server's log to \(logPath)", hint: "check that the directory is writable")
        }
        var options = PlatformOptions()
        // Its own session: an interrupt typed at the terminal is for rote, which then stops the server in order.
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
        let arguments = ["-c", Self.watchScript, "rote-server", logPath] + program.arguments(for: job, port: port)
        let hasAnswered = Guarded(false)
        let result = try await Subprocess.run(
            .name("sh"), arguments: Arguments(arguments), platformOptions: options, input: .inputWriter,
            output: .sequence, error: .discarded
        ) { execution in
            try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask {
                    for try await _ in execution.standardOutput {}
                    return nil
                }
                group.addTask {
                    try await waitUntilReady(address, isReady)
                    hasAnswered.withLock { $0 = true }
                    return try await body(address)
                }
                let outcome = await group.nextResult()
                group.cancelAll()
                // Closing the pipe ends the server, and with it the task that watches its output.
                try? await execution.standardInputWriter.finish()
                if let value = try outcome?.get() { return value }
                // A server that is being stopped because the work was cancelled did not end by itself.
                try Task.checkCancellation()
                if hasAnswered.withLock({ $0 }) {
                    throw InferenceError.serverEnded(
                        detail: "it stopped in the middle of its work; its last words: \(lastWords())",
                        hint: "see \(logPath)")
                }
                throw InferenceError.notStarted(
                    detail: "the server ended by itself; its last words: \(lastWords())", hint: "see \(logPath)")
            }
        }
        return result.closureResult
    }

    private func waitUntilReady(
        _ address: ServerAddress, _ isReady: @Sendable (ServerAddress) async -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: startDeadline)
        while !(await isReady(address)) {
            guard clock.now < deadline else {
                throw InferenceError.notStarted(
                    detail: "the model was not loaded within \(startDeadline)", hint: "see \(logPath)")
            }
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    /// What the end of the server's log says about its end, in one line.
    private func lastWords() -> String {
        guard let data = FileManager.default.contents(atPath: logPath) else { return "(no log)" }
        let lines = String(decoding: data.suffix(8000), as: UTF8.self).split(separator: "\n")
        // Of several errors the first is the cause; the others, and a traceback, are its consequences.
        let cause = lines.first { $0.lowercased().contains("error") }
        let words = (cause.map { [$0] + lines.suffix(1) } ?? lines.suffix(3)).joined(separator: " | ")
        return words.isEmpty ? "(none)" : PlainText.oneLine(words, limit: 300)
    }

    /// A TCP port on the loopback interface that nothing listens on.
    private static func freePort() throws(InferenceError) -> Int {
        let failure = InferenceError.notStarted(
            detail: "no free port on 127.0.0.1", hint: "end some programs that hold network ports")
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw failure }
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard bound else { throw failure }
        return Int(UInt16(bigEndian: name.sin_port))
    }

    /// Runs the rest of its arguments with output to a log, and ends them when standard input closes.
    ///
    /// It stays until the server is gone: a signal ends a `wait` at once, the server perhaps never. A server that does
    /// not listen is killed after two seconds, which is sooner than this script itself would be. The trap is set before
    /// the server starts: a signal in between would end the script and leave the server alone.
    private static let watchScript = """
        log=$1; shift
        stop=; child=
        trap 'stop=yes; [ -z "$child" ] || kill "$child" 2>/dev/null' TERM INT HUP
        exec 3<&0
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        child=$!
        [ -z "$stop" ] || kill "$child" 2>/dev/null
        ( cat <&3 >/dev/null; kill "$child" 2>/dev/null; sleep 2; kill -9 "$child" 2>/dev/null ) >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$child"; status=$?
        while kill -0 "$child" 2>/dev/null; do wait "$child"; status=$?; done
        echo "server ended with status $status" >>"$log"
        kill "$watcher" 2>/dev/null
        exit "$status"
        """
}
