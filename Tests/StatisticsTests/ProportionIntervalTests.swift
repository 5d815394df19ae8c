import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct ProportionIntervalTests {
    @Test func agreesWithReferenceValues() throws {
        for row in try OracleFile.rows("binomial_ci") {
            let proportion = try Proportion(hits: row.count("k"), trials: row.count("n"))
            let alpha = try row.number("alpha")
            for (name, interval) in [
                ("clopper_pearson", try clopperPearson(proportion, alpha: alpha)),
                ("wilson", try wilson(proportion, alpha: alpha)),
                ("jeffreys", try jeffreys(proportion, alpha: alpha)),
            ] {
                let expected = try row.numbers(name)
                #expect(isClose(interval.lower, expected[0]), "\(name) \(proportion): \(interval.lower)")
                #expect(isClose(interval.upper, expected[1]), "\(name) \(proportion): \(interval.upper)")
            }
        }
    }

    @Test func oneSidedBoundsHaveClosedFormsAtTheEnds() throws {
        let none = try Proportion(hits: 0, trials: 20)
        #expect(isClose(try clopperPearsonUpperBound(none), 0.139108340668265, 1e-14))
        #expect(try clopperPearsonLowerBound(none) == 0)
        let all = try Proportion(hits: 20, trials: 20)
        #expect(isClose(try clopperPearsonLowerBound(all), 1 - 0.139108340668265, 1e-14))
        #expect(try clopperPearsonUpperBound(all) == 1)
    }

    @Test func absenceNeedsAboutThreeOverTheRate() throws {
        for (rate, trials) in [(0.1, 29), (0.05, 59), (0.01, 299), (0.005, 598), (0.001, 2995), (0.0001, 29956)] {
            #expect(try trialsToExclude(rate: rate) == Int64(trials))
            let bound = try clopperPearsonUpperBound(Proportion(hits: 0, trials: Int64(trials)))
            let before = try clopperPearsonUpperBound(Proportion(hits: 0, trials: Int64(trials - 1)))
            #expect(bound <= rate && before > rate)
        }
        #expect(throws: StatisticsError.self) { try trialsToExclude(rate: 1e-300) }
        #expect(throws: StatisticsError.self) { try trialsToExclude(rate: .nan) }
    }

    /// The upper bound solves P(X ≤ k) = alpha, the lower P(X ≥ k) = alpha, up to ten billion trials.
    @Test func clopperPearsonSolvesItsEquation() throws {
        let seed: UInt64 = 77
        var generator = SeededGenerator(seed: seed, stream: "clopper-pearson")
        for round in 0..<300 {
            let trials = Int64(generator.next(below: [20, 5000, 10_000_000_000][round % 3])) + 2
            let hits = 1 + Int64(generator.next(below: Int(min(trials - 1, round % 2 == 0 ? 30 : trials - 1))))
            let proportion = try Proportion(hits: hits, trials: trials)
            let alpha = 0.5 * generator.nextUnit() + 1e-4
            let upper = try clopperPearsonUpperBound(proportion, alpha: alpha)
            let lower = try clopperPearsonLowerBound(proportion, alpha: alpha)
            let note = Comment(rawValue: "seed \(seed) round \(round): \(proportion) alpha \(alpha)")
            #expect(lower < proportion.rate && (hits == trials || proportion.rate < upper), note)
            if hits < trials {
                let tail = BinomialDistribution(trials: trials, probability: upper).logLowerTail(hits)
                #expect(abs(tail - log(alpha)) < 1e-9 * (1 + Double(trials).squareRoot() * 1e-4), note)
            }
            let tail = BinomialDistribution(trials: trials, probability: lower).logUpperTail(hits)
            #expect(abs(tail - log(alpha)) < 1e-9 * (1 + Double(trials).squareRoot() * 1e-4), note)
        }
    }

    @Test func differenceAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("newcombe_difference_method10") {
            let args = try row.counts("args")
            let expected = try row.numbers("d_lo_hi")
            let table = try Table2x2(
                suspect: Proportion(hits: args[0], trials: args[1]),
                control: Proportion(hits: args[2], trials: args[3]))
            let interval = try newcombeDifference(table)
            #expect(isClose(interval.lower, expected[1]), "\(args): \(interval.lower)")
            #expect(isClose(interval.upper, expected[2]), "\(args): \(interval.upper)")
        }
    }

    @Test func refusesLevelsOutsideTheirRange() throws {
        let proportion = try Proportion(hits: 1, trials: 2)
        for alpha in [0, 1, -0.1, Double.nan, .infinity] {
            #expect(throws: StatisticsError.self) { try clopperPearson(proportion, alpha: alpha) }
            #expect(throws: StatisticsError.self) { try wilson(proportion, alpha: alpha) }
            #expect(throws: StatisticsError.self) {
                try newcombeDifference(Table2x2(suspect: proportion, control: proportion), alpha: alpha)
            }
        }
    }

    @Test func intervalSurvivesJSONWithInfiniteEnds() throws {
        let interval = ConfidenceInterval(lower: 2, upper: .infinity, confidence: 0.95, method: .conditionalExact)
        let data = try JSONEncoder().encode(interval)
        #expect(try JSONDecoder().decode(ConfidenceInterval.self, from: data) == interval)
    }
}
