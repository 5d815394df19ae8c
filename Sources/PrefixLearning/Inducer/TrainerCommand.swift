import Foundation
import Subprocess

/// A command of the user's that trains an inducer on pairs of text and header.
///
/// The command is given to the shell with two more arguments: the file of pairs (``TrainingPairs``) and the path at
/// which it must write a GGUF file, either a whole model or a low-rank adapter. The same is in its environment:
///
/// | variable | meaning |
/// |---|---|
/// | `ROTE_TRAINER_PAIRS` | the file of pairs, the best first |
/// | `ROTE_TRAINER_OUTPUT` | where the GGUF file is expected |
/// | `ROTE_TRAINER_COUNT` | the number of pairs |
/// | `ROTE_TRAINER_SEPARATOR` | what stands between a text and its header for a model that continues text |
/// | `ROTE_TRAINER_SEED` | the run's seed |
///
/// It runs in a process group of its own with an empty standard input; what it prints goes to a log beside the pairs.
/// When its time is up, or the calling task is cancelled, the whole group is asked to end and killed a little later.
public struct TrainerCommand: Hashable, Sendable {
    /// The command as it would be typed in a shell.
    public let command: String
    /// The longest time that it may take.
    public let timeout: Duration
    /// The time between being asked to end and being killed.
    let grace: Duration

    /// What a trainer made.
    public struct Product: Hashable, Sendable {
        /// The GGUF file.
        public let path: String
        /// What it holds.
        public let kind: GGUFKind
        /// What the trainer printed.
        public let logPath: String
    }

    /// Creates a command; nothing is run yet.
    public init(command: String, timeout: Duration) {
        self.init(command: command, timeout: timeout, grace: .seconds(10))
    }

    init(command: String, timeout: Duration, grace: Duration) {
        self.command = command
        self.timeout = timeout
        self.grace = grace
    }

    /// Writes the pairs into a directory and runs the command on them.
    ///
    /// - Parameters:
    ///   - pairs: What to train on.
    ///   - directory: An existing directory; `inducer-pairs.jsonl`, `inducer-trainer.log` and `inducer.gguf` in it are
    ///     replaced.
    ///   - seed: The run's seed.
    /// - Throws: ``LearningError/trainer(command:reason:)`` with the log's path and last line,
    ///   ``LearningError/unwritable(path:reason:)``, `CancellationError`.
    public func train(on pairs: [TrainingPair], in directory: String, seed: UInt64) async throws -> Product {
        guard !pairs.isEmpty else { throw failure("there is not one pair to train on: no header helped") }
        let pairsPath = "\(directory)/inducer-pairs.jsonl"
        let logPath = "\(directory)/inducer-trainer.log"
        let output = "\(directory)/inducer.gguf"
        // What an earlier attempt left must not pass for the output of this one.
        try? FileManager.default.removeItem(atPath: output)
        try Self.write(TrainingPairs.jsonLines(pairs), to: pairsPath)
        try Self.write(Data(), to: logPath)
        let environment: [Environment.Key: String] = [
            "ROTE_TRAINER_PAIRS": pairsPath, "ROTE_TRAINER_OUTPUT": output, "ROTE_TRAINER_COUNT": "\(pairs.count)",
            "ROTE_TRAINER_SEPARATOR": InducerRequest.separator, "ROTE_TRAINER_SEED": "\(seed)",
        ]
        let ending = try await run([logPath, command, pairsPath, output], environment)
        func logged(_ reason: String) -> LearningError {
            failure("\(reason); its log \(logPath) ends with: \(Self.lastLine(of: logPath))")
        }
        switch ending {
        case .late: throw logged("it was stopped because it had not ended within \(timeout)")
        case .ended(.signaled(let signal)): throw logged("it was ended by signal \(signal)")
        case .ended(.exited(let code)) where code != 0: throw logged("it ended with status \(code)")
        case .ended: break
        }
        let size = try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int
        guard let size else { throw logged("it wrote no file \(output)") }
        guard size > 0 else { throw logged("it left \(output) empty") }
        guard let kind = GGUFKind(file: output) else { throw logged("\(output) is not a GGUF file") }
        return Product(path: output, kind: kind, logPath: logPath)
    }

    private enum Ending: Sendable {
        case ended(TerminationStatus)
        case late
    }

    private func run(_ arguments: [String], _ environment: [Environment.Key: String]) async throws -> Ending {
        var options = PlatformOptions()
        options.createSession = true
        let teardown = [
            TeardownStep.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        options.teardownSequence = teardown
        do {
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", Self.script, "rote-trainer"] + arguments),
                environment: .inherit.updating(environment.mapValues { $0 }), platformOptions: options, input: .none,
                output: .sequence, error: .discarded
            ) { execution in
                let isInTime = await withTaskGroup(of: Bool?.self) { group in
                    group.addTask {
                        // The shell keeps its output open, and empty, for as long as it runs.
                        do { for try await _ in execution.standardOutput {} } catch { return nil }
                        return true
                    }
                    group.addTask {
                        do { try await Task.sleep(for: timeout) } catch { return nil }
                        return false
                    }
                    defer { group.cancelAll() }
                    return await group.next() ?? nil
                }
                if isInTime == true { return true }
                await execution.teardown(using: teardown)
                // Members of the group that outlived the shell.
                try? execution.send(signal: .kill, toProcessGroup: true)
                return false
            }
            try Task.checkCancellation()
            return result.closureResult ? .ended(result.terminationStatus) : .late
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw failure("it could not be started: \(error)")
        }
    }

    /// Runs a command with the rest of the arguments behind its own, and its output in a log.
    ///
    /// The shell itself outlives the signal that asks all to end, so that the others have the time that they are given.
    private static let script = """
        log=$1; command=$2; shift 2
        trap : TERM
        { eval "$command \\"\\$@\\""; } </dev/null >"$log" 2>&1
        """

    private func failure(_ reason: String) -> LearningError { .trainer(command: command, reason: reason) }

    private static func write(_ data: Data, to path: String) throws(LearningError) {
        do { try data.write(to: URL(fileURLWithPath: path)) } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// The last line of a log that says something, without control characters.
    private static func lastLine(of path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path), let end = try? handle.seekToEnd() else {
            return "(no log)"
        }
        try? handle.seek(toOffset: end > 4096 ? end - 4096 : 0)
        let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        let shown = line.map {
            String($0.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(300))
        }
        return shown ?? "(nothing)"
    }
}
