import Corpus
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Inference

@Suite("The evidence of pairs, one after the other")
struct PairedEvidenceTests {
    /// Pairs in the order of sending: what suspect and control document show in each of their windows.
    private typealias PairSeen = (suspect: [Bool?], control: [Bool?])

    private func documents(_ pairs: [PairSeen]) -> [SeenDocument] {
        pairs.flatMap {
            [
                SeenDocument(arm: .suspect, windows: $0.suspect, ln: -2),
                .init(arm: .control, windows: $0.control, ln: -2),
            ]
        }
    }

    private func maker(_ pairs: [PairSeen]) -> RecordMaker {
        var maker = RecordMaker()
        maker.stopping = .early
        maker.pairs = pairs.count
        return maker
    }

    private func gross(_ count: Int) -> [PairSeen] { Array(repeating: ([true, false], [false, false]), count: count) }

    @Test("gross leakage decides early, and nothing beyond the deciding pair counts")
    func stops() throws {
        let pairs = gross(40)
        let summary = try maker(pairs).summary(documents(pairs))
        let sequential = try #require(summary.decision.sequential)
        #expect(sequential.hasStopped && 5...20 ~= sequential.pairs && sequential.pairsPlanned == 40)
        #expect(summary.decision.verdict.answer == .memorized && summary.decision.verdict.evidence == .extraction)
        #expect(summary.decision.extraction == nil && summary.decision.likelihood == nil)
        #expect(summary.decision.suspect.documents == sequential.pairs)
        #expect(summary.decision.decisiveTest?.exactness == .anytime)
        #expect(summary.decision.decisiveTest.map { $0.rejects(at: 0.0025) } == true)
        #expect(summary.gates.filter { !$0.passed }.isEmpty)
        #expect(summary.decision.verdict.reason.contains("after \(sequential.pairs) of 40 pairs"))
    }

    @Test("a record that breaks off after the deciding pair says the same, and one that breaks off before does not")
    func truncated() throws {
        let pairs = gross(40)
        let whole = try maker(pairs).summary(documents(pairs))
        let decisive = try #require(whole.decision.sequential?.pairs)
        func cut(to observations: Int) throws -> AnalysisSummary {
            try maker(pairs).summary(documents(pairs)) { $0.observations = Array($0.observations.prefix(observations)) }
        }
        let after = try cut(to: 4 * decisive)
        #expect(after.decision.verdict == whole.decision.verdict && after.gates == whole.gates)
        #expect(after.decision.suspect == whole.decision.suspect)
        #expect(after.savings?.windows == 4 * (40 - decisive))
        let before = try cut(to: 4 * decisive - 1)
        #expect(before.decision.verdict.answer == .invalid && before.decision.sequential?.hasStopped == false)
    }

    @Test("the order of arrival does not matter", arguments: UInt64(0)..<20)
    func order(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "arrival")
        let pairs: [PairSeen] = (0..<30).map { _ in
            ([generator.nextUnit() < 0.5, generator.nextUnit() < 0.1], [generator.nextUnit() < 0.05])
        }
        let record = try maker(pairs).record(documents(pairs))
        var shuffled = record.observations
        shuffled.shuffle(with: &generator)
        let again = try maker(pairs).record(documents(pairs)) { $0.observations = shuffled }
        let (first, second) = (try record.pairedEvidence(), try again.pairedEvidence())
        #expect(first?.pairsUsed == second?.pairsUsed && first?.logEvidence == second?.logEvidence)
        #expect(first?.hasStopped == second?.hasStopped)
    }

    @Test("a missing answer counts against the suspicion in either arm")
    func missing() throws {
        let seen: [PairSeen] = Array(repeating: ([true], [false]), count: 6)
        let full = try #require(try maker(seen).record(documents(seen)).pairedEvidence())
        for spoilt in [PairSeen([nil], [false]), PairSeen([true], [nil])] {
            let worse = seen.dropLast() + [spoilt]
            let evidence = try #require(try maker(Array(worse)).record(documents(Array(worse))).pairedEvidence())
            var sum = try #require(try maker(seen).record(documents(seen)).pairedEvidence())
            sum = evidence
            #expect(sum.logEvidence <= full.logEvidence && sum.pairsUsed == 6)
        }
        // In the test of all documents too: with every control unanswered there is nothing to show.
        let blind: [PairSeen] = Array(repeating: ([true], [nil]), count: 12)
        var never = maker(blind)
        never.stopping = .never
        let test = try #require(try never.summary(documents(blind)).decision.extraction)
        #expect(test.pValue == .certain)
    }

    @Test("levels of the halves and of likelihood add up to alpha", arguments: [0.01, 0.05, 0.001])
    func levels(alpha: Double) throws {
        var maker = maker(gross(3))
        maker.alpha = alpha
        let plan = try maker.plan([])
        let sum = try #require(plan.sequentialLevel) + plan.extractionLevel + plan.likelihoodLevel
        #expect(abs(sum - alpha) < 1e-12)
        #expect(plan.sequentialLevel == plan.extractionLevel)
    }

    @Test("an innocent model is stopped for at most its share of runs")
    func falseAlarms() throws {
        var alarms = 0
        let runs = 2000
        for seed in UInt64(0)..<UInt64(runs) {
            var generator = SeededGenerator(seed: seed, stream: "innocent")
            var evidence = try HybridDecision(alpha: 0.1, bet: .standard)
            for _ in 0..<200 where !evidence.hasStopped {
                evidence.observe(
                    suspectHit: generator.nextUnit() < 0.1, controlHit: generator.nextUnit() < 0.1)
            }
            if evidence.hasStopped { alarms += 1 }
        }
        // Level .05 of 2,000 runs: 100 expected at most, and 140 is four standard deviations more.
        #expect(alarms < 140)
    }

    @Test("documents with different numbers of windows are compared with their like")
    func strata() throws {
        // Long suspects come back like long controls; that there are more of them must not look like memory.
        let long = (0..<30).map { SeenDocument(arm: .suspect, windows: [$0 < 15, false, false], ln: -2) }
        let short = (0..<30).map { _ in SeenDocument(arm: .control, windows: [false], ln: -2) }
        let others =
            (0..<4).map { SeenDocument(arm: .control, windows: [$0 < 2, false, false], ln: -2) }
            + (0..<4).map { _ in SeenDocument(arm: .suspect, windows: [false], ln: -2) }
        let decision = try RecordMaker().summary(long + short + others).decision
        let test = try #require(decision.extraction)
        #expect(test.method.contains("Cochran") && test.pValue.value > 0.3)
    }
}
