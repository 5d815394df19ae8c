import Audit
import Corpus
import Foundation
import Inference
import PrefixLearning
import Randomness
import Statistics

/// Times what an audit computes without a server, each beside the limit it is held to, in seconds of this thread's
/// processor time.
///
///     swift run -c release statistics-benchmark
@main
enum StatisticsBenchmark {
    static func main() async throws {
        try report("Fisher, cells of 10⁹", limit: 0.001, per: 100) {
            for _ in 0..<100 {
                _ = fisherExact(
                    try Table2x2(
                        suspectHits: 1_000_000_000, suspectMisses: 1_000_100_000, controlHits: 1_000_050_000,
                        controlMisses: 1_000_000_000), alternative: .greater)
            }
        }
        try report("Boschloo, 500 + 500 documents", limit: 0.5) {
            _ = try boschlooExact(
                try Table2x2(suspectHits: 37, suspectMisses: 463, controlHits: 19, controlMisses: 481),
                alternative: .greater)
        }
        var generator = SeededGenerator(seed: 1, stream: "benchmark")
        let scores = (0..<2).map { _ in (0..<2000).map { _ in generator.nextUnit() } }
        try report("10,000 permutations of 2,000 + 2,000 documents", limit: 0.2) {
            _ = try documentPermutationTest(
                suspect: scores[0], control: scores[1], alternative: .greater, resamples: 10_000, seed: 1)
        }
        try await gates(&generator)
    }

    /// Duplicates, texts alone and plan of 2,000 + 2,000 articles; and the comparisons of controls with controls.
    private static func gates(_ generator: inout SeededGenerator) async throws {
        let arms = [Arm.suspect, .control].map { arm in
            (0..<2000).map { index in
                let words = (0..<400).map { _ in
                    // A few words make up most of a text, and most words are rare.
                    "w\(Int(pow(30_000, generator.nextUnit())))"
                }
                return Document(
                    id: DocumentID("\(arm.rawValue)\(index)"), text: words.joined(separator: " "),
                    source: DocumentSource(file: "made"))
            }
        }
        let start = cpuSeconds()
        let planner = try Planner(suspect: arms[0], control: arms[1], options: AuditOptions())
        let preparation = try await planner.prepare(model: "none", elicitation: .none(leading: [])) { documents in
            documents.map { document in
                let tokens = (0..<400).map { TokenID(rawValue: Int32($0)) }
                return TokenizedText(
                    tokens: tokens, pieces: tokens.map { Array("\($0.rawValue) \(document.id)".utf8) })
            }
        }
        let scores = (0..<2000).map { _ in generator.nextUnit() }
        for _ in 0..<2 {
            _ = try documentPermutationTest(
                suspect: Array(scores.prefix(1000)), control: Array(scores.suffix(1000)), alternative: .twoSided,
                resamples: 9_999, seed: 1)
        }
        let area = preparation.blindBaseline?.area ?? .nan
        line("the gates for 2,000 + 2,000 articles (blind area \(area))", cpuSeconds() - start, limit: 10)
    }

    private static func report(_ name: String, limit: Double, per count: Int = 1, _ work: () throws -> Void) rethrows {
        let start = cpuSeconds()
        try work()
        line(name, (cpuSeconds() - start) / Double(count), limit: limit)
    }

    private static func line(_ name: String, _ seconds: Double, limit: Double) {
        print("\(name): \(seconds) s, limit \(limit) s\(seconds > limit ? "  TOO SLOW" : "")")
    }

    /// Processor time of the process, which other programs do not disturb as much as they do a clock on the wall.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
