import Corpus
import Randomness
import Statistics
import Testing

@testable import Audit

/// How often an innocent model is called guilty.
///
/// Documents of both arms are drawn alike; the windows of one document resemble each other, as they do in life, so that
/// a test that counted windows would reject far too often.
@Suite("An innocent model", .serialized)
struct NullSimulationTests {
    private struct Innocent {
        var generator: SeededGenerator

        /// A document whose windows share a tendency to come back and a level of difficulty.
        mutating func document(_ arm: Arm) -> SeenDocument {
            let tendency = generator.nextUnit() < 0.25 ? 0.8 : 0.02
            let difficulty = (0..<4).reduce(0.0) { sum, _ in sum + generator.nextUnit() } - 5
            return SeenDocument(
                arm: arm, windows: (0..<3).map { _ in generator.nextUnit() < tendency },
                ln: difficulty)
        }
    }

    @Test("is called guilty no more often than alpha allows", arguments: [(0.05, 131), (0.01, 36)])
    func innocent(alpha: Double, limit: Int) async throws {
        // P(Binomial(2000, alpha) > limit) < 0.001, should every test be exactly at its level.
        var maker = RecordMaker()
        maker.alpha = alpha
        maker.resamples = 199
        var guilty = 0
        for run in 0..<2000 as Range<UInt64> {
            // Long work must leave room for neighbours that measure milliseconds.
            await Task.yield()
            var innocent = Innocent(generator: SeededGenerator(seed: run, stream: "innocent \(alpha)"))
            let seen = (0..<25).map { innocent.document($0 < 13 ? .suspect : .control) }
            maker.seed = run
            let plan = try maker.plan(seen)
            let decision = try Decision(plan: plan, outcomes: maker.outcomes(seen, plan), gates: [])
            if decision.verdict.answer == .memorized { guilty += 1 }
        }
        #expect(guilty <= limit, "alpha \(alpha): \(guilty) of 2000")
        // A test that never rejects would pass this too.
        #expect(guilty >= 2, "alpha \(alpha): \(guilty) of 2000")
    }
}
