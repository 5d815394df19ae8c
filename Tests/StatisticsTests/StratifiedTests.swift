import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct StratifiedTests {
    private func strata(_ row: OracleRow) throws -> [Table2x2] {
        try row.countLists("strata").map {
            try Table2x2(suspectHits: $0[0], suspectMisses: $0[1], controlHits: $0[2], controlMisses: $0[3])
        }
    }

    @Test func exactTestAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("cochran_mantel_haenszel") {
            let strata = try strata(row)
            for (name, alternative) in [("ln_greater", Alternative.greater), ("ln_less", .less), ("ln_two", .twoSided)]
            {
                let result = try cochranMantelHaenszelExact(strata, alternative: alternative)
                let expected = try row.number(name)
                #expect(isClose(result.pValue.ln, expected), "\(row) \(name): \(result.pValue.ln)")
                #expect(result.exactness == .exactConditional)
            }
        }
    }

    @Test func asymptoticTestAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("cochran_mantel_haenszel") {
            for (name, corrected) in [("chi2_cc", true), ("chi2", false)] {
                let result = try cochranMantelHaenszel(
                    strata(row), alternative: .twoSided, continuityCorrection: corrected)
                let z = try #require(result.statistic)
                #expect(isClose(z * z, try row.number(name), 1e-11), "\(row) \(name): \(z * z)")
                #expect(isClose(result.pValue.value, try row.number("p_" + name), 1e-11))
            }
        }
    }

    @Test func oddsRatiosAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("cochran_mantel_haenszel") {
            let strata = try strata(row)
            func check(_ estimate: EffectEstimate, _ expected: [Double]) throws {
                let found = [estimate.estimate, estimate.interval.lower, estimate.interval.upper]
                for (value, reference) in zip(found, expected) {
                    #expect(isClose(value, reference, 1e-11), "\(row): \(found) not \(expected)")
                }
            }
            if let expected = try? row.numbers("mantel_haenszel") {
                try check(mantelHaenszelOddsRatio(strata), expected)
            }
            try check(conditionalOddsRatio(strata), row.numbers("conditional"))
        }
        for row in try OracleFile.rows("conditional_odds_ratio_ci") {
            let cells = try row.counts("table")
            let table = try Table2x2(
                suspectHits: cells[0], suspectMisses: cells[1], controlHits: cells[2], controlMisses: cells[3])
            let found = try conditionalOddsRatio([table])
            #expect(isClose(found.estimate, try row.number("estimate"), 1e-11), "\(row): \(found)")
            #expect(isClose(found.interval.lower, try row.number("lo"), 1e-11), "\(row): \(found)")
            #expect(isClose(found.interval.upper, try row.number("hi"), 1e-11), "\(row): \(found)")
        }
    }

    @Test func equalsFisherWithOneStratum() throws {
        let seed: UInt64 = 12
        var generator = SeededGenerator(seed: seed, stream: "one-stratum")
        for round in 0..<150 {
            let scale = [8, 60, 3000][round % 3]
            let (n1, n0) = (generator.next(below: scale) + 1, generator.next(below: scale) + 1)
            let table = try Table2x2(
                suspect: Proportion(hits: Int64(generator.next(below: n1 + 1)), trials: Int64(n1)),
                control: Proportion(hits: Int64(generator.next(below: n0 + 1)), trials: Int64(n0)))
            for alternative in Alternative.allCases {
                let stratified = try cochranMantelHaenszelExact([table], alternative: alternative).pValue.ln
                let fisher = fisherExact(table, alternative: alternative).pValue.ln
                #expect(
                    abs(stratified - fisher) < 1e-11 * max(1, abs(fisher)),
                    "seed \(seed) round \(round): \(table) \(alternative): \(stratified) not \(fisher)")
            }
        }
    }

    @Test func reachesFarTailsOfManyStrata() throws {
        let strata = try (0..<20).map { index in
            try Table2x2(
                suspectHits: 150 + Int64(index), suspectMisses: 50, controlHits: 2, controlMisses: 190 + Int64(index))
        }
        let result = try cochranMantelHaenszelExact(strata)
        #expect(result.pValue.ln < -2000)
        #expect(result.pValue.value == 0)
        let all = try (0..<20).map { _ in
            try Table2x2(suspectHits: 100, suspectMisses: 0, controlHits: 0, controlMisses: 100)
        }
        let single = fisherExact(all[0]).pValue.ln
        #expect(isClose(try cochranMantelHaenszelExact(all).pValue.ln, 20 * single))
        #expect(
            isClose(
                try cochranMantelHaenszelExact(all, alternative: .twoSided).pValue.ln, 20 * single + Foundation.log(2)))
    }

    @Test func handlesStrataThatSayNothing() throws {
        let empty = try Table2x2(suspectHits: 0, suspectMisses: 5, controlHits: 0, controlMisses: 6)
        let result = try cochranMantelHaenszelExact([empty, empty])
        #expect(result.pValue == .certain)
        #expect(result.warnings == [.noVariation])
        #expect(try cochranMantelHaenszel([empty]).pValue == .certain)
        let telling = try Table2x2(suspectHits: 4, suspectMisses: 1, controlHits: 1, controlMisses: 5)
        #expect(
            isClose(
                try cochranMantelHaenszelExact([empty, telling]).pValue.value, fisherExact(telling).pValue.value))
        #expect(throws: StatisticsError.self) { try cochranMantelHaenszelExact([]) }
        #expect(throws: StatisticsError.self) { try cochranMantelHaenszel([]) }
        #expect(throws: StatisticsError.self) { try mantelHaenszelOddsRatio([empty]) }
        #expect(throws: StatisticsError.self) { try conditionalOddsRatio([empty]) }
        #expect(throws: StatisticsError.self) { try conditionalOddsRatio([telling], alpha: .nan) }
    }

    @Test func fallsBackWhenStrataAreTooLargeToConvolve() throws {
        let huge = try Table2x2(
            suspectHits: 50_000_000_000, suspectMisses: 50_000_000_000, controlHits: 49_999_900_000,
            controlMisses: 50_000_100_000)
        let result = try cochranMantelHaenszelExact([huge, huge])
        #expect(result.exactness == .asymptotic)
        #expect(result.warnings.contains { if case .replacedMethod = $0 { true } else { false } })
    }

    @Test func estimateSurvivesJSON() throws {
        let table = try Table2x2(suspectHits: 12, suspectMisses: 988, controlHits: 0, controlMisses: 1000)
        let estimate = try conditionalOddsRatio([table])
        #expect(estimate.estimate == .infinity)
        #expect(try JSONDecoder().decode(EffectEstimate.self, from: JSONEncoder().encode(estimate)) == estimate)
    }
}
