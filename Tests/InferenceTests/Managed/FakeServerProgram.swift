import Foundation
import Testing

@testable import Inference

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A shell script in the place of llama-server, in a directory of its own that goes away with it.
final class FakeServerProgram: Sendable {
    let directory: String
    let program: ServerProgram
    let job: ServerJob
    var log: String { directory + "/server.log" }

    /// Writes the script; it finds its directory in `$here` and has left its process id there.
    init(_ script: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rote \(UUID().uuidString)").path
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = directory + "/llama-server"
        let text =
            "#!/bin/sh\nhere='\(directory)'\necho $$ > \"$here/pid.new\"; mv \"$here/pid.new\" \"$here/pid\"\n\(script)\n"
        try await Self.write(text, asProgram: path)
        try Data("GGUF and so on".utf8).write(to: URL(fileURLWithPath: directory + "/model.gguf"))
        program = try ServerProgram.find(given: path)
        job = try ServerJob(model: directory + "/model.gguf", slots: 3, windowTokens: 100, threads: 2)
    }

    /// Lets another process write the program: while this one has it open, a process forked by a neighbouring test
    /// would hold it open too, and nobody could run it ("text file busy").
    static func write(_ text: String, asProgram path: String) async throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".text"))
        let copy = Process()
        copy.executableURL = URL(fileURLWithPath: "/bin/sh")
        copy.arguments = ["-c", #"cat "$0.text" > "$0" && chmod 755 "$0""#, path]
        let status = try await withCheckedThrowingContinuation { continuation in
            copy.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try copy.run() } catch { continuation.resume(throwing: error) }
        }
        try #require(status == 0)
    }

    deinit {
        if isAlive, let pid { kill(pid, SIGKILL) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The process id of the script, once it runs.
    var pid: pid_t? { Self.pid(in: directory) }

    static func pid(in directory: String) -> pid_t? {
        read("pid", in: directory).flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    static func read(_ name: String, in directory: String) -> String? {
        FileManager.default.contents(atPath: "\(directory)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the script still runs; one that ended and was not waited for does not.
    var isAlive: Bool {
        guard let pid, kill(pid, 0) == 0 else { return false }
        guard let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else {
            return !FileManager.default.fileExists(atPath: "/proc/self")
        }
        return !String(decoding: status, as: UTF8.self).contains(") Z ")
    }

    /// Waits until the script has ended, or for as long as is given.
    func hasEnded(within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while isAlive, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        return !isAlive
    }

    var server: ManagedServer { ManagedServer(program: program, job: job, logPath: log) }

    /// Tells whether the script has begun.
    var isReady: @Sendable (ServerAddress) async -> Bool {
        let directory = directory
        return { _ in Self.pid(in: directory) != nil }
    }

    /// A script that serves until it is told to end.
    static let obedient = "exec sleep 100"
    /// A script that does not end when it is told to.
    static let stubborn = "trap '' TERM INT HUP; while :; do sleep 0.05; done"
}
