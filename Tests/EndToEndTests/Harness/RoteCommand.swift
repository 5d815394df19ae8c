import Foundation
import Subprocess
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How a run of the binary ended and what it said.
struct Ending: Sendable, CustomStringConvertible {
    /// The exit status, or 128 and the signal's number as a shell would show it.
    let status: Int32
    /// What came on standard output.
    let output: String
    /// What came on standard error.
    let messages: String

    /// The lines of standard error.
    var messageLines: [String] { messages.split(separator: "\n").map(String.init) }

    /// What a failing test shows.
    var description: String { "status \(status)\nstandard output:\n\(output)\nstandard error:\n\(messages)" }
}

/// The built binary with the surroundings that a test gives it.
struct RoteCommand: Sendable {
    /// The program; a copy of the binary in the tests of what lies around it.
    var program = Places.rote
    /// Variables beside `PATH`, `HOME` and the like; nothing of the test's own `ROTE_*` but the server's path.
    var variables: [String: String] = [:]
    /// Whether the server may be found through the environment of the tests.
    var findsServer = true
    /// The working directory; the test's own when `nil`.
    var workingDirectory: String?

    /// The longest time that any command may take, far above what even a busy machine needs.
    private static let deadline = Duration.seconds(400)
    private static let turnstile = Turnstile(width: 4)

    /// Runs the binary to its end.
    ///
    /// - Parameters:
    ///   - arguments: The command line after the program's name.
    ///   - script: What a shell does instead of running the binary, in which `"$@"` stands for binary and arguments.
    ///   - meanwhile: What to do while it runs, given its process identifier.
    func run(
        _ arguments: [String], script: String = #"exec "$@""#,
        meanwhile: @escaping @Sendable (pid_t) async throws -> Void = { _ in }
    ) async throws -> Ending {
        let directory = workingDirectory ?? FileManager.default.currentDirectoryPath
        let path = findsServer ? ProcessInfo.processInfo.environment["PATH"] ?? "" : "/nowhere"
        let shell = ["-c", #"PATH=$1; cd "$2" || exit 97; shift 2; "# + script, "sh", path, directory, program]
        return try await Self.turnstile.pass {
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(shell + arguments), environment: environment, input: .none,
                output: .string(limit: 16 << 20), error: .string(limit: 16 << 20)
            ) { execution in
                let process = execution.processIdentifier.value
                let watch = Task {
                    guard (try? await Task.sleep(for: Self.deadline)) != nil else { return false }
                    kill(process, SIGKILL)
                    return true
                }
                try await meanwhile(process)
                return watch
            }
            result.closureResult.cancel()
            let isLate = await result.closureResult.value
            let status: Int32 =
                switch result.terminationStatus {
                case .exited(let code): code
                case .signaled(let signal): 128 + signal
                }
            let ending = Ending(status: status, output: result.standardOutput, messages: result.standardError)
            try #require(!isLate, "did not end within \(Self.deadline): \(arguments)\n\(ending)")
            return ending
        }
    }

    private var environment: Environment {
        let own = ProcessInfo.processInfo.environment
        var kept = own.filter { !$0.key.hasPrefix("ROTE_") }
        kept["NO_COLOR"] = nil
        if findsServer { kept["ROTE_LLAMA_SERVER"] = own["ROTE_LLAMA_SERVER"] }
        kept.merge(variables) { _, new in new }
        return .custom(Dictionary(kept.map { (Environment.Key(stringLiteral: $0.key), $0.value) }) { _, new in new })
    }
}

/// Runs the binary in ordinary surroundings.
func rote(
    _ arguments: [String], meanwhile: @escaping @Sendable (pid_t) async throws -> Void = { _ in }
) async throws -> Ending {
    try await RoteCommand().run(arguments, meanwhile: meanwhile)
}
