import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct SequentialTests {
    @Test func signProcessAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("evalue_sign_truncated_uniform") {
            var process = try SignEProcess()
            for index in 0..<(try row.count("n")) {
                try process.observe(difference: index < (try row.count("s")) ? 0.3 : -2)
                try process.observe(difference: 0)
            }
            #expect(isClose(process.logEvidence, try row.number("ln")), "\(row): \(process.logEvidence)")
            #expect(process.ties == process.positive + process.negative)
        }
    }

    @Test func binomialProcessAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("evalue_binomial_truncated_uniform") {
            var process = try BinomialEProcess(against: .atMost(row.number("p0")))
            for index in 0..<(try row.count("n")) { try process.observe(hit: index < (try row.count("s"))) }
            #expect(isClose(process.logEvidence, try row.number("ln")), "\(row): \(process.logEvidence)")
        }
        for row in try OracleFile.rows("evalue_absence") {
            var process = try BinomialEProcess(
                against: .atLeast(row.number("delta")), hitPrior: row.number("a"), missPrior: row.number("b"))
            for index in 0..<(try row.count("n")) { try process.observe(hit: index < (try row.count("s"))) }
            #expect(isClose(process.logEvidence, try row.number("ln"), 1e-11), "\(row): \(process.logEvidence)")
        }
    }

    @Test func twoProportionsAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("safe_two_proportions") {
            let control = try row.text("control").map { $0 == "1" }
            let suspect = try row.text("suspect").map { $0 == "1" }
            for (name, bet) in [
                ("adaptive", TwoProportionBet.adaptive(pseudocount: 0.18)),
                ("design", .design(controlRate: 0.01, suspectRate: 0.05)),
                ("mixture", .mixture(controlRate: 0.01, suspectRate: 0.05, pseudocount: 0.18)),
            ] {
                var process = try SafeTwoProportions(bet: bet)
                for (y0, y1) in zip(control, suspect) { process.observe(suspectHit: y1, controlHit: y0) }
                let expected = log(try row.number(name))
                #expect(abs(process.logEvidence - expected) < 1e-12, "\(row) \(name): \(process.logEvidence)")
                #expect(process.highestLogEvidence >= max(0, process.logEvidence))
            }
        }
    }

    /// Every one-step factor of a bet has mean at most 1 at every pair of rates in the null hypothesis.
    @Test func oneStepFactorsAreEValuesOnTheWholeNullHypothesis() throws {
        for (low, high) in [(0.01, 0.05), (0.2, 0.9), (0.5, 0.51), (0.001, 0.999)] {
            var factors: [[Double]] = []
            for suspectHit in [false, true] {
                factors.append(
                    try [false, true].map { controlHit in
                        var process = try SafeTwoProportions(bet: .design(controlRate: low, suspectRate: high))
                        process.observe(suspectHit: suspectHit, controlHit: controlHit)
                        return exp(process.logEvidence)
                    })
            }
            for i in 0...40 {
                for j in 0...i {
                    let (q0, q1) = (Double(i) / 40, Double(j) / 40)
                    let mean =
                        (1 - q1) * ((1 - q0) * factors[0][0] + q0 * factors[0][1])
                        + q1 * ((1 - q0) * factors[1][0] + q0 * factors[1][1])
                    #expect(mean <= 1 + 1e-12, "bet \(low) \(high) at control \(q0) suspect \(q1): \(mean)")
                }
            }
        }
    }

    /// Looking after every pair, the null hypothesis is rejected no more often than stated.
    @Test func peekingDoesNotInflateTheErrorRate() throws {
        let seed: UInt64 = 31
        var generator = SeededGenerator(seed: seed, stream: "peeking")
        let (runs, alpha) = (600, 0.05)
        var (pairRejections, signRejections, hybridRejections) = (0, 0, 0)
        for _ in 0..<runs {
            let rate = 0.02 + 0.3 * generator.nextUnit()
            var hybrid = try HybridDecision(
                alpha: alpha, bet: .mixture(controlRate: 0.02, suspectRate: 0.1, pseudocount: 0.18))
            var sign = try SignEProcess()
            for _ in 0..<150 {
                hybrid.observe(suspectHit: generator.nextUnit() < rate, controlHit: generator.nextUnit() < rate)
                try sign.observe(difference: generator.nextUnit() - 0.5)
            }
            if try hybrid.process.rejects(alpha: alpha) { pairRejections += 1 }
            if try sign.rejects(alpha: alpha) { signRejections += 1 }
            let process = hybrid.process
            let table = try Table2x2(
                suspect: Proportion(hits: process.suspectHits, trials: process.pairs),
                control: Proportion(hits: process.controlHits, trials: process.pairs))
            if hybrid.conclusion(finalTest: fisherExact(table)).rejects { hybridRejections += 1 }
        }
        // P(Bin(600, .05) > 53) is below 1e-4.
        #expect(pairRejections <= 53 && signRejections <= 53 && hybridRejections <= 53, "seed \(seed)")
    }

    @Test func hybridReportsWhichHalfRejected() throws {
        var decision = try HybridDecision(alpha: 0.05, bet: .design(controlRate: 0.01, suspectRate: 0.3))
        #expect(!decision.hasStopped)
        #expect(decision.conclusion().evidence == .neither)
        #expect(decision.conclusion().pValue == .certain)
        for _ in 0..<40 { decision.observe(suspectHit: true, controlHit: false) }
        #expect(decision.hasStopped)
        #expect(decision.conclusion().evidence == .sequential)
        #expect(isClose(decision.conclusion().pValue.ln, log(2) - decision.process.highestLogEvidence))

        var quiet = try HybridDecision(alpha: 0.05, bet: .design(controlRate: 0.01, suspectRate: 0.3))
        for _ in 0..<10 { quiet.observe(suspectHit: false, controlHit: false) }
        let table = try Table2x2(suspectHits: 12, suspectMisses: 988, controlHits: 0, controlMisses: 1000)
        let conclusion = quiet.conclusion(finalTest: fisherExact(table))
        #expect(conclusion.evidence == .finalTest)
        #expect(isClose(conclusion.pValue.value, 2 * 2.3617034873179732e-4))
        let data = try JSONEncoder().encode(conclusion)
        #expect(try JSONDecoder().decode(HybridConclusion.self, from: data) == conclusion)
    }

    /// What would be enough alone is not enough for one half of the procedure.
    @Test func hybridGivesEachHalfHalfOfTheLevel() throws {
        var decision = try HybridDecision(alpha: 0.05, bet: .design(controlRate: 0.01, suspectRate: 0.3))
        for _ in 0..<4 { decision.observe(suspectHit: true, controlHit: false) }
        #expect(try decision.process.rejects(alpha: 0.05))
        #expect(!decision.hasStopped && !decision.conclusion().rejects)
        decision.observe(suspectHit: true, controlHit: false)
        #expect(decision.hasStopped && decision.conclusion().rejects)

        let quiet = try HybridDecision(alpha: 0.05, bet: .design(controlRate: 0.01, suspectRate: 0.3))
        let final = fisherExact(
            try Table2x2(suspectHits: 5, suspectMisses: 95, controlHits: 0, controlMisses: 100))
        #expect(final.pValue.value < 0.05 && final.pValue.value > 0.025)
        #expect(!quiet.conclusion(finalTest: final).rejects)
        #expect(quiet.conclusion(finalTest: final).pValue.value > 0.05)
    }

    @Test func hedgedCapitalAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("hedged_capital") {
            let population = try row.count("population")
            var sequence = try HedgedCapital(alpha: 0.05, populationSize: population == 0 ? nil : population)
            for value in try row.numbers("values") { try sequence.observe(value) }
            let log = sequence.highestLogCapital(mean: try row.number("m"))
            #expect(isClose(log, try row.number("ln_highest"), 1e-11), "\(row): \(log)")
        }
    }

    @Test func hedgedCapitalClosesAsThePopulationIsUsedUp() throws {
        let seed: UInt64 = 8
        var generator = SeededGenerator(seed: seed, stream: "hedged")
        var misses = 0
        for _ in 0..<200 {
            var population = (0..<120).map { _ in generator.nextUnit() < 0.3 ? 1.0 : 0.25 * generator.nextUnit() }
            let mean = population.reduce(0, +) / 120
            population.shuffle(with: &generator)
            var sequence = try HedgedCapital(alpha: 0.05, populationSize: 120)
            var covered = true
            var width = 1.0
            for (index, value) in population.enumerated() {
                try sequence.observe(value)
                if index % 10 == 9 {
                    let interval = sequence.interval
                    if interval.lower > mean + 1e-9 || interval.upper < mean - 1e-9 { covered = false }
                    #expect(interval.upper - interval.lower <= width + 1e-9, "a running intersection never widens")
                    width = interval.upper - interval.lower
                }
            }
            if !covered { misses += 1 }
            #expect(width < 1e-9, "the mean of a used-up population is known")
        }
        // P(Bin(200, .05) > 23) is below 1e-4.
        #expect(misses <= 23, "seed \(seed): \(misses)")
    }

    @Test func hedgedCapitalIsWideBeforeItKnows() throws {
        var sequence = try HedgedCapital()
        #expect(sequence.interval.lower == 0 && sequence.interval.upper == 1)
        try sequence.observe(0)
        #expect(sequence.interval.lower == 0)
        for _ in 0..<300 { try sequence.observe(0) }
        #expect(sequence.interval.lower == 0 && sequence.interval.upper < 0.05)
    }

    @Test func betaBinomialSequenceAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("robbins_sequence") {
            let interval = try betaBinomialSequence(Proportion(hits: row.count("k"), trials: row.count("n")))
            let expected = try row.numbers("interval")
            #expect(isClose(interval.lower, expected[0], 1e-11), "\(row): \(interval)")
            #expect(isClose(interval.upper, expected[1], 1e-11), "\(row): \(interval)")
        }
        let proportion = try Proportion(hits: 40, trials: 1000)
        let fixed = try clopperPearson(proportion)
        let sequence = try betaBinomialSequence(proportion)
        #expect(sequence.lower < fixed.lower && sequence.upper > fixed.upper)
    }

    @Test func refusesHostileInput() throws {
        #expect(throws: StatisticsError.self) { try SafeTwoProportions(bet: .design(controlRate: 0, suspectRate: 0.5)) }
        #expect(throws: StatisticsError.self) {
            try SafeTwoProportions(bet: .design(controlRate: 0.5, suspectRate: 0.5))
        }
        #expect(throws: StatisticsError.self) { try SafeTwoProportions(bet: .adaptive(pseudocount: .nan)) }
        #expect(throws: StatisticsError.self) {
            try SafeTwoProportions(bet: .mixture(controlRate: 0.1, suspectRate: 0.2, pseudocount: 0))
        }
        #expect(throws: StatisticsError.self) { try BinomialEProcess(against: .atMost(1)) }
        #expect(throws: StatisticsError.self) { try BinomialEProcess(against: .atLeast(.nan)) }
        #expect(throws: StatisticsError.self) { try BinomialEProcess(against: .atLeast(0.5), hitPrior: .infinity) }
        var sign = try SignEProcess()
        #expect(throws: StatisticsError.self) { try sign.observe(difference: .nan) }
        try sign.observe(difference: -.infinity)
        #expect(sign.negative == 1)
        #expect(throws: StatisticsError.self) { try sign.rejects(alpha: 0) }
        #expect(throws: StatisticsError.self) { try HybridDecision(alpha: 1, bet: .adaptive(pseudocount: 0.18)) }
        #expect(throws: StatisticsError.self) { try HedgedCapital(alpha: .nan) }
        #expect(throws: StatisticsError.self) { try HedgedCapital(populationSize: 0) }
        var sequence = try HedgedCapital(populationSize: 1)
        #expect(throws: StatisticsError.self) { try sequence.observe(1.5) }
        #expect(throws: StatisticsError.self) { try sequence.observe(.nan) }
        try sequence.observe(1)
        #expect(throws: StatisticsError.self) { try sequence.observe(1) }
        #expect(throws: StatisticsError.self) {
            try betaBinomialSequence(Proportion(hits: 1, trials: 2), hitPrior: 0)
        }
    }
}
