import Foundation
@testable import Inference
import Subprocess
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A real llama.cpp server that a test starts by itself, the same program that rote would start.
///
/// The server ends with `stop`, and with this process however it ends.
final class TestServer: Sendable {
    let port: Int
    let process: pid_t
    private let stopping: AsyncStream<Never>.Continuation
    private let life: Task<Void, any Error>

    var url: String { "http://127.0.0.1:\(port)" }

    /// A server for the planted model that all tests share.
    static func shared() async throws -> TestServer { try await sharedStart.value }
    private static let sharedStart = Task { try await TestServer.start(slots: 8) }

    private init(
        port: Int, process: pid_t, stopping: AsyncStream<Never>.Continuation, life: Task<Void, any Error>
    ) {
        self.port = port
        self.process = process
        self.stopping = stopping
        self.life = life
    }

    /// Starts a server and waits until it answers.
    ///
    /// - Parameters:
    ///   - model: The model file.
    ///   - slots: Number of sequences worked on at once.
    ///   - port: The port, to put a server where another one was; a free one when `nil`.
    static func start(model: String = DemoCorpus.planted, slots: Int, port: Int? = nil) async throws -> TestServer {
        let port = try port ?? Socket.freePort()
        let program = try ServerProgram.find(
            given: nil, executable: Places.rote, workingDirectory: Places.package)
        let job = try ServerJob(model: model, slots: slots, windowTokens: 100, threads: 1)
        let command = program.arguments(for: job, port: port)
        let (stops, stopping) = AsyncStream.makeStream(of: Never.self)
        let (processes, started) = AsyncStream.makeStream(of: pid_t.self)
        let life = Task {
            defer { started.finish() }
            _ = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", guardScript, "sh"] + command), input: .inputWriter,
                output: .sequence, error: .discarded
            ) { execution in
                var text = ""
                for try await chunk in execution.standardOutput {
                    text += chunk.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                    if text.contains("\n") { break }
                }
                if let process = pid_t(text.prefix { $0.isNumber }) { started.yield(process) }
                // The pipe to the shell closes when this returns, and that ends the server.
                for await _ in stops {}
            }
        }
        var processID = processes.makeAsyncIterator()
        let process = try #require(await processID.next(), "the server did not start")
        let server = TestServer(port: port, process: process, stopping: stopping, life: life)
        try #require(await server.answers(within: .seconds(120)), "the server does not answer: \(command)")
        return server
    }

    /// Ends the server and waits until it is gone.
    func stop() async throws {
        stopping.finish()
        try await life.value
    }

    /// Ends the server as a crash would.
    func crash() { kill(process, SIGKILL) }

    private func answers(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let reply = Socket.exchange(Array("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".utf8), port: port),
                reply.head.hasPrefix("HTTP/1.1 200")
            {
                return true
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Runs its arguments, prints their process identifier, and kills it when standard input closes.
    private static let guardScript = """
        exec 3<&0
        "$@" </dev/null >/dev/null 2>&1 3<&- &
        child=$!
        echo "$child"
        ( cat <&3 >/dev/null; kill -9 "$child" 2>/dev/null ) >/dev/null 2>&1 &
        exec 3<&- >/dev/null
        wait "$child"
        kill $! 2>/dev/null
        """
}
