import Corpus
import Foundation
import Inference

/// The client side of the speed comparison: sends the windows of a file to a running server and prints one JSON line
/// with the same keys as `reference_client.py`.
///
///     forcing-benchmark URL grammar|one-token|greedy WINDOWS.jsonl CONCURRENCY
@main
enum ForcingBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let mode = Mode(rawValue: arguments[2]), let width = Int(arguments[4]) else {
            print("usage: forcing-benchmark URL grammar|one-token|greedy WINDOWS.jsonl CONCURRENCY")
            exit(64)
        }
        let windows = try windows(in: arguments[3])
        let transport = HTTPTransport(maximumInFlight: width)
        let server = LlamaServer(
            address: try ServerAddress(arguments[1]), client: HTTPClient(transport: transport))
        // What happens once in a process (binding of symbols, opening of connections) is not what a window costs. The last
        // windows, because the slots still hold them when the count begins, and the first would find their context there.
        _ = try await run(Array(windows.suffix(width)), mode, server, on: transport.executor, width: width)
        let before = usage()
        let clock = ContinuousClock()
        let start = clock.now
        let tally = try await run(windows, mode, server, on: transport.executor, width: width)
        let wall = (clock.now - start) / .seconds(1)
        let after = usage()
        transport.shutDown()
        let cpu = after.seconds - before.seconds
        let report: [String: Any] = [
            "client": "rote", "mode": mode.rawValue, "windows": windows.count, "failed": tally.failed,
            "concurrency": width, "wall_s": wall, "windows_per_s": Double(tally.done) / wall,
            "suffix_tokens_per_s": Double(tally.tokens) / wall,
            "client_cpu_s_per_1000_windows": cpu / Double(max(1, tally.done)) * 1000,
            "peak_rss_mb": after.peakMegabytes,
            "mean_logprob": tally.tokens == 0 ? 0 : tally.nats / Double(tally.tokens),
        ]
        let json = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
        print(String(decoding: json, as: UTF8.self))
    }

    enum Mode: String { case grammar, oneToken = "one-token", greedy }

    struct Window: Decodable, Sendable {
        let prefix: [TokenID]
        let suffix: [TokenID]
    }

    struct Tally: Sendable {
        var done = 0
        var failed = 0
        var tokens = 0
        var nats = 0.0
    }

    private static func windows(in path: String) throws -> [Window] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Window.self, from: Data($0.utf8))
        }
    }

    private static func run(
        _ windows: [Window], _ mode: Mode, _ server: LlamaServer, on executor: LoopExecutor, width: Int
    ) async throws -> Tally {
        let scorer = ForcedScorer(
            source: server, neutralToken: windows[0].suffix[0], vocabulary: 1 << 20, reusesCache: mode == .oneToken)
        return await withTaskGroup(of: Tally.self) { group in
            for lane in 0..<width {
                group.addTask(executorPreference: executor) {
                    var tally = Tally()
                    for index in stride(from: lane, to: windows.count, by: width) {
                        await score(windows[index], mode, server, scorer, SlotID(rawValue: lane), &tally)
                    }
                    return tally
                }
            }
            return await group.reduce(into: Tally()) { sum, tally in
                sum.done += tally.done
                sum.failed += tally.failed
                sum.tokens += tally.tokens
                sum.nats += tally.nats
            }
        }
    }

    private static func score(
        _ window: Window, _ mode: Mode, _ server: LlamaServer, _ scorer: ForcedScorer, _ slot: SlotID,
        _ tally: inout Tally
    ) async {
        do throws(InferenceError) {
            switch mode {
            case .greedy:
                let reply = try await server.complete(
                    CompletionRequest(
                        prompt: window.prefix, maximumTokens: window.suffix.count, topProbabilities: 1))
                tally.tokens += reply.rows.count
                tally.nats += reply.rows.reduce(0) { $0 + $1.ln }
            case .grammar, .oneToken:
                // The benchmark models' tokens in use are plain letters, so any letter stands for their bytes.
                let pieces = window.suffix.map { _ in [UInt8(ascii: "a")] }
                let target = ForcingTarget(
                    prefix: window.prefix, suffix: TokenizedText(tokens: window.suffix, pieces: pieces))
                let score = try await scorer.score(
                    target, way: mode == .grammar ? .grammar : .single, slot: mode == .grammar ? nil : slot)
                tally.tokens += score.tokens.count
                tally.nats += score.ln
            }
            tally.done += 1
        } catch {
            tally.failed += 1
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }

    private static func usage() -> (seconds: Double, peakMegabytes: Double) {
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            let peak = Double(usage.ru_maxrss) / 1e6
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let peak = Double(usage.ru_maxrss) / 1e3
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), peak)
    }
}
