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

@Suite("A server that is started and stopped by the run", .timeLimit(.minutes(1)))
struct ManagedServerTests {
    private struct BodyFailed: Error {}

    @Test("the server runs for as long as the body, and is gone when it returns")
    func obedient() async throws {
        let fake = try await FakeServerProgram("echo \"$@\" > \"$here/arguments\"\n" + FakeServerProgram.obedient)
        let address = try await fake.server.run(isReady: { [directory = fake.directory] _ in
            FakeServerProgram.read("arguments", in: directory)?.hasSuffix("\n") == true
        }) { address in
            #expect(fake.isAlive)
            return address.description
        }
        #expect(!fake.isAlive)
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        #expect(address == "http://127.0.0.1:\(port)")
        #expect(
            FakeServerProgram.read("arguments", in: fake.directory)
                == "--model \(fake.directory)/model.gguf --host 127.0.0.1 --port \(port) --parallel 3 --ctx-size 768 --threads 2\n"
        )
    }

    @Test("what the server prints is in the log")
    func log() async throws {
        let fake = try await FakeServerProgram("echo to stdout; echo to stderr >&2\n" + FakeServerProgram.obedient)
        try await fake.server.run(isReady: { [log = fake.log] _ in
            FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) }?.contains("stderr\n")
                == true
        }) { _ in }
        let log = try #require(FakeServerProgram.read("server.log", in: fake.directory))
        #expect(log.contains("to stdout\nto stderr\n"))
    }

    @Test("the server reads nothing from our standard input, and its own is empty")
    func standardInput() async throws {
        let fake = try await FakeServerProgram(
            "cat > \"$here/input\"; echo read >> \"$here/input\"\n" + FakeServerProgram.obedient)
        try await fake.server.run(isReady: { [directory = fake.directory] _ in
            FakeServerProgram.read("input", in: directory)?.isEmpty == false
        }) { _ in }
        #expect(FakeServerProgram.read("input", in: fake.directory) == "read\n")
    }

    @Test("an error of the body is passed on, and the server is gone")
    func bodyThrows() async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.obedient)
        await #expect(throws: BodyFailed.self) {
            try await fake.server.run(isReady: fake.isReady) { _ in throw BodyFailed() }
        }
        #expect(!fake.isAlive)
    }

    @Test("cancelling ends the body and the server")
    func cancellation() async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.obedient)
        let task = Task {
            try await fake.server.run(isReady: fake.isReady) { _ in try await Task.sleep(for: .seconds(50)) }
        }
        while fake.pid == nil { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(!fake.isAlive)
    }

    @Test("a server that ends at once is reported with its last words")
    func endsAtOnce() async throws {
        let fake = try await FakeServerProgram("echo loading; echo 'error: \u{1b}[31mno such model'; exit 7")
        do {
            try await fake.server.run(isReady: { _ in false }) { _ in }
            Issue.record("no error")
        } catch InferenceError.notStarted(let detail, let hint) {
            #expect(detail.contains("no such model"))
            #expect(detail.contains("status 7"))
            #expect(!detail.contains("\u{1b}"))
            #expect(hint.contains(fake.log))
        }
    }

    @Test("a program that cannot be run at all is reported too")
    func notAProgram() async throws {
        let fake = try await FakeServerProgram("true")
        try await FakeServerProgram.write("#!/nonexistent/interpreter\n", asProgram: fake.directory + "/llama-server")
        await #expect(throws: InferenceError.self) { try await fake.server.run(isReady: { _ in false }) { _ in } }
    }

    @Test("a server that ends during the work ends the work")
    func endsDuringWork() async throws {
        let fake = try await FakeServerProgram("sleep 0.3; echo out of memory; exit 137")
        do {
            try await fake.server.run(isReady: fake.isReady) { _ in try await Task.sleep(for: .seconds(50)) }
            Issue.record("no error")
        } catch InferenceError.serverEnded(let detail, _) {
            #expect(detail.contains("out of memory"))
        }
    }

    @Test("a server that never becomes ready is given up, and is gone")
    func neverReady() async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.obedient)
        var server = fake.server
        server.startDeadline = .milliseconds(300)
        await #expect(throws: InferenceError.self) { try await server.run(isReady: { _ in false }) { _ in } }
        #expect(!fake.isAlive)
    }

    @Test("a server that does not listen to signals is killed when the body returns")
    func stubborn() async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.stubborn)
        try await fake.server.run(isReady: fake.isReady) { _ in }
        #expect(!fake.isAlive)
    }

    @Test(
        "a server that does not listen to signals is killed when the body fails or is cancelled",
        arguments: [false, true])
    func stubbornInTrouble(isCancelled: Bool) async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.stubborn)
        let task = Task {
            try await fake.server.run(isReady: fake.isReady) { _ in
                guard isCancelled else { throw BodyFailed() }
                try await Task.sleep(for: .seconds(50))
            }
        }
        while fake.pid == nil { try await Task.sleep(for: .milliseconds(10)) }
        if isCancelled { task.cancel() }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(await fake.hasEnded(within: .seconds(3)))
    }

    @Test("a log that cannot be written is an error before anything is started")
    func unwritableLog() async throws {
        let fake = try await FakeServerProgram(FakeServerProgram.obedient)
        let server = ManagedServer(program: fake.program, job: fake.job, logPath: "/nonexistent/directory/server.log")
        await #expect(throws: InferenceError.self) { try await server.run(isReady: fake.isReady) { _ in } }
        #expect(fake.pid == nil)
    }

    @Test(
        "when this process is killed, the server goes with it",
        arguments: [FakeServerProgram.obedient, FakeServerProgram.stubborn])
    func killedFromOutside(script: String) async throws {
        let fake = try await FakeServerProgram(script)
        let directory = fake.directory
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
            let program = try ServerProgram.find(given: directory + "/llama-server")
            let job = try ServerJob(model: directory + "/model.gguf", windowTokens: 100)
            try await ManagedServer(program: program, job: job, logPath: directory + "/server.log").run(
                isReady: { _ in FakeServerProgram.pid(in: directory) != nil }
            ) { _ in _ = kill(getpid(), SIGKILL) }
        }
        #expect(fake.pid != nil)
        #expect(await fake.hasEnded(within: .seconds(8)))
    }
}
