import Foundation
import Testing

@testable import PrefixLearning

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("The trainer command")
struct TrainerCommandTests {
    private static let pairs = [TrainingPair(text: "It rained.", header: "Weather desk")]
    /// The beginning of a GGUF file with one metadata entry, `general.type`.
    private static func gguf(_ kind: String) -> String {
        let head = #"GGUF\003\000\000\000\000\000\000\000\000\000\000\000\001\000\000\000\000\000\000\000"#
        let key = #"\014\000\000\000\000\000\000\000general.type\010\000\000\000"#
        return head + key + #"\00\#(kind.count)\000\000\000\000\000\000\000\#(kind)"#
    }

    private func train(_ command: String, seconds: Double = 20, grace: Double = 5) async throws -> (
        TrainerCommand.Product, String
    ) {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rote-trainer-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let product = try await TrainerCommand(
            command: command, timeout: .seconds(seconds), grace: .seconds(grace)
        ).train(on: Self.pairs, in: directory, seed: 3)
        return (product, try String(contentsOfFile: product.logPath, encoding: .utf8))
    }

    /// The reason for which a command fails.
    private func failure(_ command: String, seconds: Double = 20, grace: Double = 5) async -> String {
        do {
            _ = try await train(command, seconds: seconds, grace: grace)
            return "no failure"
        } catch LearningError.trainer(let named, let reason) {
            #expect(named == command)
            return reason
        } catch { return "\(error)" }
    }

    @Test("what a trainer is told, and what it prints")
    func told() async throws {
        let script = """
            sh -c 'echo "$#|$1|$ROTE_TRAINER_COUNT|$ROTE_TRAINER_SEED|$ROTE_TRAINER_SEPARATOR"; \
            test "$2" = "$ROTE_TRAINER_PAIRS" && cat "$2"; \
            test "$3" = "$ROTE_TRAINER_OUTPUT" && printf "\(Self.gguf("model").replacing("\\", with: "\\\\"))" > "$3"' \
            name 'a b'
            """
        let (product, log) = try await train(script)
        #expect(product.kind == .model && product.path.hasSuffix("/inducer.gguf"))
        #expect(log.hasPrefix("3|a b|1|3|\n### Header:\n"))
        #expect(log.contains(#"{"text":"It rained.","header":"Weather desk"}"#))
    }

    @Test("models and adapters are told apart")
    func kinds() async throws {
        for kind in ["model", "adapter"] {
            let (product, _) = try await train("f() { printf '\(Self.gguf(kind))' > \"$2\"; }; f")
            #expect(product.kind.rawValue == kind)
        }
    }

    @Test("a trainer that fails is quoted")
    func fails() async {
        let reason = await failure("echo first; echo 'no memory\u{7}left' >&2; false; exit 7; :")
        #expect(reason.hasPrefix("it ended with status 7; its log /"))
        #expect(reason.hasSuffix("inducer-trainer.log ends with: no memoryleft"))
        #expect(await failure("true '").hasPrefix("it ended with status 2;"))
        #expect(await failure("no-such-program-anywhere").contains("it ended with status 127"))
        #expect(await failure("kill -9 $$; :").contains("it was ended by signal"))
    }

    @Test("output that is missing, empty or something else")
    func outputs() async {
        #expect(await failure("true").contains("it wrote no file /"))
        #expect(await failure("f() { : > \"$2\"; }; f").contains("inducer.gguf empty"))
        #expect(await failure("f() { echo rubbish > \"$2\"; }; f").contains("is not a GGUF file"))
        #expect(await failure("f() { printf GGUF > \"$2\"; }; f").contains("is not a GGUF file"))
        #expect(await failure("f() { mkdir \"$2\"; }; f").contains("is not a GGUF file"))
    }

    @Test("a trainer that hangs is asked to end")
    func hangs() async {
        let clock = ContinuousClock()
        let begin = clock.now
        let reason = await failure(
            "trap 'echo asked to end; exit 1' TERM; echo begun; sleep 60 & wait; :", seconds: 0.5)
        #expect(reason.hasPrefix("it was stopped because it had not ended within 0.5 seconds;"))
        #expect(reason.hasSuffix("asked to end"))
        #expect(clock.now - begin < .seconds(4))
    }

    @Test("programs that it started have time to end, too")
    func grace() async {
        let reason = await failure(
            "sh -c 'trap \"sleep 0.3; echo tidied; exit 0\" TERM; sleep 60 & wait'; :", seconds: 0.5)
        #expect(reason.hasSuffix("tidied"))
    }

    @Test(
        "a trainer that does not listen is killed with everything that it started",
        arguments: ["DEAF; :", "DEAF & trap 'exit 1' TERM; wait; :"])
    func deaf(command: String) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-deaf-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let deaf = "sh -c 'trap \"\" TERM; echo $$ > \(path); while :; do sleep 1; done'"
        let reason = await failure(command.replacing("DEAF", with: deaf), seconds: 0.5, grace: 0.3)
        #expect(reason.contains("it was stopped"))
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(Int32(text))
        // It is gone as soon as whoever inherited it has taken note.
        for _ in 0..<100 where isRunning(process) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!isRunning(process))
    }

    /// Whether a process exists and is more than an entry that nobody has collected.
    private func isRunning(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return status.map { !$0.contains(") Z") } ?? true
    }

    @Test("cancelling ends the trainer")
    func cancelled() async throws {
        let task = Task { try await train("sleep 60; :") }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        let begin = ContinuousClock.now
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(ContinuousClock.now - begin < .seconds(4))
    }

    @Test("what an earlier attempt left is not taken for the output")
    func stale() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rote-stale-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let right = TrainerCommand(
            command: "f() { printf '\(Self.gguf("model"))' > \"$2\"; }; f", timeout: .seconds(20))
        _ = try await right.train(on: Self.pairs, in: directory, seed: 1)
        let idle = TrainerCommand(command: "true", timeout: .seconds(20))
        await #expect(throws: LearningError.self) { try await idle.train(on: Self.pairs, in: directory, seed: 1) }
    }

    @Test("nothing to train on, nowhere to write")
    func impossible() async {
        let command = TrainerCommand(command: "true", timeout: .seconds(5))
        await #expect(throws: LearningError.self) { try await command.train(on: [], in: "/", seed: 1) }
        await #expect(throws: LearningError.self) {
            try await command.train(on: Self.pairs, in: "/no/such/directory", seed: 1)
        }
    }
}
