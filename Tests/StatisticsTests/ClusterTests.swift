import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct ClusterTests {
    private func documents(_ row: OracleRow) throws -> [Proportion] {
        try zip(row.counts("y"), row.counts("m")).map { try Proportion(hits: $0, trials: $1) }
    }

    @Test func ratioEstimateAgreesWithReferenceValues() throws {
        let rows = try OracleFile.rows("ratio_estimate")
        for row in rows {
            let estimate = try RatioEstimate(documents(row))
            #expect(isClose(estimate.rate, try row.number("rate")))
            #expect(isClose(estimate.variance, try row.number("variance")))
            #expect(isClose(try #require(estimate.designEffect), try row.number("deff")))
            #expect(isClose(try #require(estimate.intraclassCorrelation), try row.number("icc"), 1e-11))
        }
        let (suspect, control) = (try documents(rows[0]), try documents(rows[1]))
        let test = try clusterRateTest(suspect: suspect, control: control)
        #expect(isClose(try #require(test.statistic), try rows[0].number("t")))
        #expect(isClose(test.pValue.ln, try rows[0].number("ln_p")))
        #expect(test.warnings == [.fewUnits(count: 8, recommended: 15)])
        let both = try clusterRateTest(suspect: suspect, control: control, alternative: .twoSided)
        let effect = try clusterRateDifference(suspect: suspect, control: control, alpha: both.pValue.value)
        #expect(abs(effect.interval.lower) < 1e-12 && isClose(effect.estimate, 0.1625))
    }

    @Test func ratioEstimateKnowsItsLimits() throws {
        let none = [try Proportion(hits: 0, trials: 3), try Proportion(hits: 0, trials: 5)]
        let estimate = try RatioEstimate(none)
        #expect(estimate.variance == 0 && estimate.designEffect == nil && estimate.intraclassCorrelation == nil)
        #expect(try clusterRateTest(suspect: none, control: none).pValue == .certain)
        let all = [try Proportion(hits: 3, trials: 3), try Proportion(hits: 5, trials: 5)]
        #expect(throws: StatisticsError.self) { try clusterRateTest(suspect: all, control: none) }
        #expect(throws: StatisticsError.self) { try RatioEstimate([none[0]]) }
        let singles = [try Proportion(hits: 1, trials: 1), try Proportion(hits: 0, trials: 1)]
        #expect(try RatioEstimate(singles).intraclassCorrelation == nil)
    }

    @Test func betaBinomialFitAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("beta_binomial") {
            let fit = try BetaBinomialFit(documents(row))
            #expect(isClose(fit.mean, try row.number("mean"), 1e-9), "\(row): \(fit)")
            #expect(isClose(fit.correlation, try row.number("correlation"), 1e-9), "\(row): \(fit)")
            #expect(isClose(fit.logLikelihood, try row.number("ln_likelihood")), "\(row): \(fit)")
        }
    }

    @Test func betaBinomialFitReachesBothEndsOfTheCorrelation() throws {
        // Less spread than the binomial: the best correlation is none.
        let even = try (0..<6).map { _ in try Proportion(hits: 5, trials: 10) }
        let binomial = try BetaBinomialFit(even)
        #expect(binomial.correlation == 0 && isClose(binomial.mean, 0.5))
        #expect(isClose(binomial.logLikelihood, 6 * Foundation.log(252.0 / 1024)))
        // All-or-nothing documents: complete correlation.
        let blocks = try [10, 0, 0, 10, 0].map { try Proportion(hits: $0, trials: 10) }
        let extreme = try BetaBinomialFit(blocks)
        #expect(extreme.correlation == 1 && isClose(extreme.mean, 0.4))
        #expect(isClose(extreme.logLikelihood, 2 * Foundation.log(0.4) + 3 * Foundation.log(0.6)))
        #expect(throws: StatisticsError.self) { try BetaBinomialFit([]) }
        #expect(throws: StatisticsError.self) { try BetaBinomialFit([Proportion(hits: 0, trials: 9)]) }
        #expect(throws: StatisticsError.self) {
            try BetaBinomialFit([Proportion(hits: 0, trials: 1), Proportion(hits: 1, trials: 1)])
        }
        #expect(throws: StatisticsError.self) { try BetaBinomialFit([Proportion(hits: 1, trials: 10_000_000_000)]) }
    }

    @Test func bootstrapCorrectionsAgreeWithExhaustiveResampling() throws {
        for row in try OracleFile.rows("bca_exhaustive") {
            let values = try row.numbers("values")
            let count = values.count
            var replicates: [Double] = []
            for index in 0..<3125 {
                var (rest, sum) = (index, 0.0)
                for _ in 0..<count {
                    sum += values[rest % count]
                    rest /= count
                }
                replicates.append(sum / Double(count))
            }
            let total = values.reduce(0, +)
            let bootstrap = try BiasCorrectedBootstrap(
                replicates: replicates, estimate: total / 5, jackknife: [values.map { (total - $0) / 4 }])
            #expect(isClose(bootstrap.bias, try row.number("z0"), 1e-10))
            #expect(isClose(bootstrap.acceleration, try row.number("a"), 1e-11))
            let levels = bootstrap.levels(alpha: 0.05)
            #expect(isClose(levels.lower, try row.numbers("levels")[0], 1e-11))
            #expect(isClose(levels.upper, try row.numbers("levels")[1], 1e-11))
            let interval = bootstrap.interval(alpha: 0.05)
            #expect(isClose(interval.lower, 0.075) && isClose(interval.upper, 0.43))
        }
    }

    @Test func jackknifeLeavesOneDocumentOut() throws {
        let suspect = try [(3, 9), (0, 4), (5, 6)].map { try Proportion(hits: $0.0, trials: $0.1) }
        let control = try [(1, 8), (2, 5)].map { try Proportion(hits: $0.0, trials: $0.1) }
        let found = leaveOneOutDifferences(suspect: suspect, control: control)
        let expected = [
            [5.0 / 10 - 3.0 / 13, 8.0 / 15 - 3.0 / 13, 3.0 / 13 - 3.0 / 13], [8.0 / 19 - 2.0 / 5, 8.0 / 19 - 1.0 / 8],
        ]
        for (arm, reference) in zip(found, expected) {
            #expect(arm.count == reference.count)
            for (value, wanted) in zip(arm, reference) { #expect(abs(value - wanted) < 1e-14) }
        }
    }

    @Test func bootstrapCoversAndReplays() throws {
        let seed: UInt64 = 21
        var generator = SeededGenerator(seed: seed, stream: "bootstrap-data")
        func arm(_ rate: Double) throws -> [Proportion] {
            try (0..<40).map { _ in
                let own = rate * (0.5 + generator.nextUnit())
                return try Proportion(hits: Int64((0..<12).count { _ in generator.nextUnit() < own }), trials: 12)
            }
        }
        var misses = 0
        for round in 0..<60 {
            let (suspect, control) = (try arm(0.3), try arm(0.1))
            let effect = try clusterBootstrap(suspect: suspect, control: control, resamples: 400, seed: UInt64(round))
            if !effect.interval.contains(0.2) { misses += 1 }
            if round == 0 {
                let again = try clusterBootstrap(suspect: suspect, control: control, resamples: 400, seed: 0)
                #expect(again == effect)
            }
        }
        // P(Bin(60, .05) > 11) is below 1e-4; the bootstrap undercovers a little.
        #expect(misses <= 12, "seed \(seed): \(misses) of 60")
    }

    @Test func bootstrapRefusesWhatItCannotDo() throws {
        let few = try (0..<14).map { try Proportion(hits: $0 % 3, trials: 9) }
        let many = try (0..<20).map { try Proportion(hits: $0 % 3, trials: 9) }
        let none = try (0..<20).map { _ in try Proportion(hits: 0, trials: 9) }
        #expect(throws: StatisticsError.self) { try clusterBootstrap(suspect: few, control: many, seed: 1) }
        #expect(throws: StatisticsError.self) { try clusterBootstrap(suspect: none, control: none, seed: 1) }
        #expect(throws: StatisticsError.self) {
            try clusterBootstrap(suspect: many, control: many, resamples: 10, seed: 1)
        }
        #expect(throws: StatisticsError.self) { try clusterBootstrap(suspect: many, control: many, alpha: 0, seed: 1) }
    }
}
