import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct RankTestTests {
    private let directions = [("greater", Alternative.greater), ("less", .less), ("two", .twoSided)]

    @Test func mannWhitneyAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("mann_whitney") {
            let (x, y) = (try row.numbers("x"), try row.numbers("y"))
            for (name, alternative) in directions {
                let result = try mannWhitney(suspect: x, control: y, alternative: alternative)
                #expect(isClose(result.pValue.value, try row.number(name)), "\(row) \(name): \(result.pValue.value)")
                #expect(result.statistic == (try row.number("U")))
                let mirrored = try mannWhitney(suspect: y, control: x, alternative: alternative.mirrored)
                #expect(isClose(mirrored.pValue.ln, result.pValue.ln))
            }
        }
    }

    /// The test is a permutation test of the midranks.
    @Test func mannWhitneyEqualsThePermutationTestOfMidranks() throws {
        let seed: UInt64 = 19
        var generator = SeededGenerator(seed: seed, stream: "mann-whitney")
        for round in 0..<30 {
            let x = (0..<(2 + round % 6)).map { _ in Double(generator.next(below: 9)) }
            let y = (0..<(2 + round % 5)).map { _ in Double(generator.next(below: 9)) }
            let ranks = doubledMidRanks(x + y).map(Double.init)
            for (_, alternative) in directions {
                let direct = try mannWhitney(suspect: x, control: y, alternative: alternative).pValue.value
                let permuted = try documentPermutationTest(
                    suspect: Array(ranks[..<x.count]), control: Array(ranks[x.count...]), alternative: alternative,
                    seed: 1
                ).pValue.value
                #expect(isClose(direct, permuted), "seed \(seed) round \(round) \(alternative)")
            }
        }
    }

    @Test func mannWhitneyApproximatesLargeSamples() throws {
        let x = (0..<600).map { Double($0) + 60 }
        let y = (0..<600).map { Double($0) }
        let result = try mannWhitney(suspect: x, control: y)
        #expect(result.exactness == .asymptotic)
        #expect(result.pValue.value > 1e-12 && result.pValue.value < 1e-6)
        #expect(result.warnings.contains { if case .replacedMethod = $0 { true } else { false } })
    }

    @Test func kolmogorovSmirnovAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("kolmogorov_smirnov") {
            let (x, y) = (try row.numbers("x"), try row.numbers("y"))
            for (name, alternative) in directions {
                let result = try kolmogorovSmirnov(suspect: x, control: y, alternative: alternative)
                #expect(isClose(try #require(result.statistic), try row.number("D_" + name)))
                let expected = try row.number("ln_" + name)
                let close = abs(result.pValue.ln - expected) <= 1e-11 * max(0.01, abs(expected))
                #expect(close, "n \(x.count) \(y.count) \(name): \(result.pValue.ln) instead of \(expected)")
            }
        }
        let published = try kolmogorovSmirnov(
            suspect: [1, 1.01, 3, 4], control: [1.01, 0.5, 0.25], alternative: .twoSided)
        #expect(isClose(published.pValue.value, 12.0 / 35))
    }

    @Test func signFlipAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("sign_flip") {
            for (name, alternative) in [("greater", Alternative.greater), ("less", .less), ("two_sided", .twoSided)] {
                let result = try signFlipTest(row.numbers("values"), alternative: alternative, seed: 1)
                #expect(isClose(result.pValue.value, try row.number(name)), "\(row) \(name): \(result.pValue.value)")
                #expect(result.exactness == .exact)
            }
        }
    }

    @Test func signFlipFindsTheOnePatternOfEqualSigns() throws {
        let differences = (0..<19).map { 0.1 + Double($0) * 1e-3 }
        let result = try signFlipTest(differences, seed: 1)
        #expect(isClose(result.pValue.ln, -19 * Foundation.log(2)))
    }

    @Test func signFlipSamplesManyDifferences() throws {
        let differences = (0..<200).map { Double($0 % 7) - 2.5 }
        let first = try signFlipTest(differences, resamples: 4999, seed: 3)
        #expect(first.exactness == .monteCarlo(resamples: 4999, seed: 3))
        #expect(first == (try signFlipTest(differences, resamples: 4999, seed: 3)))
        // The normal approximation of the same sum.
        let sum = differences.reduce(0, +)
        let z = sum / differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let p = Foundation.exp(NormalDistribution.logUpperTail(z))
        #expect(abs(first.pValue.value - p) < 6 * (p / 5000).squareRoot() + 2e-3)
        let none = try signFlipTest((0..<70).map { Double($0) + 1 }, resamples: 99, seed: 1)
        #expect(isClose(none.pValue.value, 0.01))
    }

    @Test func constantValuesCarryNoEvidence() throws {
        for (_, alternative) in directions {
            let ranks = try mannWhitney(suspect: [2, 2], control: [2, 2, 2], alternative: alternative)
            #expect(ranks.pValue == .certain && ranks.warnings == [.noVariation])
            let gap = try kolmogorovSmirnov(suspect: [2, 2], control: [2, 2, 2], alternative: alternative)
            #expect(gap.pValue == .certain && gap.warnings == [.noVariation])
            let flips = try signFlipTest([0, 0], alternative: alternative, seed: 1)
            #expect(flips.pValue == .certain && flips.warnings == [.noVariation])
        }
    }

    @Test func refusesHostileInput() throws {
        #expect(throws: StatisticsError.self) { try mannWhitney(suspect: [], control: [1]) }
        #expect(throws: StatisticsError.self) { try mannWhitney(suspect: [1], control: [.nan]) }
        #expect(try mannWhitney(suspect: [.infinity], control: [1]).pValue.value == 0.5)
        #expect(throws: StatisticsError.self) { try kolmogorovSmirnov(suspect: [1], control: []) }
        #expect(throws: StatisticsError.self) { try kolmogorovSmirnov(suspect: [.nan], control: [1]) }
        #expect(throws: StatisticsError.self) { try signFlipTest([], seed: 0) }
        #expect(throws: StatisticsError.self) { try signFlipTest([.infinity], seed: 0) }
        #expect(throws: StatisticsError.self) { try signFlipTest([1e308, 1e308], seed: 0) }
        #expect(throws: StatisticsError.self) { try signFlipTest([1], resamples: 0, seed: 0) }
    }
}
