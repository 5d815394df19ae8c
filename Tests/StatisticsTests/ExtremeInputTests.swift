import Foundation
import Randomness
import Testing

@testable import Statistics

/// Counts up to 10¹² and levels down to 10⁻³⁰⁰: nothing traps, and every answer is in its range.
@Suite struct ExtremeInputTests {
    private static func count(_ generator: inout SeededGenerator, upTo limit: Int64) -> Int64 {
        switch generator.next(below: 4) {
        case 0: 0
        case 1: limit
        case 2: min(limit, Int64(generator.next(below: 50)))
        default: Int64(generator.next(below: Int(limit) + 1))
        }
    }

    @Test func tablesOfAnySizeGiveProbabilities() throws {
        let seed: UInt64 = 1_000_003
        var generator = SeededGenerator(seed: seed, stream: "extreme-tables")
        for round in 0..<300 {
            let largest: Int64 = [3, 100, 1_000_000, Proportion.largestTrials][round % 4]
            let n1 = max(1, Self.count(&generator, upTo: largest))
            let n0 = max(1, Self.count(&generator, upTo: largest))
            let table = Table2x2(
                suspect: try Proportion(hits: Self.count(&generator, upTo: n1), trials: n1),
                control: try Proportion(hits: Self.count(&generator, upTo: n0), trials: n0))
            let note = Comment(rawValue: "seed \(seed) round \(round): \(table)")
            for alternative in Alternative.allCases {
                for result in [
                    fisherExact(table, alternative: alternative), fisherMidP(table, alternative: alternative),
                    try cochranMantelHaenszel([table, table], alternative: alternative),
                    try binomialTest(table.suspect, rate: 1e-9, alternative: alternative),
                    mcnemarExact(
                        try DiscordantPairs(targetOnly: table.suspect.hits, referenceOnly: table.control.hits),
                        alternative: alternative),
                ] {
                    #expect(result.pValue.ln <= 0 && !result.pValue.ln.isNaN, note)
                    #expect(result.pValue.ln > -.infinity, note)
                }
            }
            for alpha in [0.05, 1e-300, 1 - 1e-12] {
                for interval in [
                    try clopperPearson(table.suspect, alpha: alpha), try wilson(table.suspect, alpha: alpha),
                    try jeffreys(table.suspect, alpha: alpha), try betaBinomialSequence(table.suspect, alpha: alpha),
                ] {
                    let rate = table.suspect.rate
                    #expect(0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 1, note)
                    let isExact = interval.method == .clopperPearson || interval.method == .betaBinomialMixture
                    let slack = 1e-9 * rate + 1e-15
                    #expect(!isExact || (interval.lower <= rate + slack && rate - slack <= interval.upper), note)
                }
                for interval in [
                    try newcombeDifference(table, alpha: alpha), try miettinenNurminen(table, alpha: alpha),
                ] {
                    #expect(-1 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 1, note)
                }
            }
        }
    }

    @Test func oddsRatiosOfAnyTableAreOrdered() throws {
        let seed: UInt64 = 1_000_033
        var generator = SeededGenerator(seed: seed, stream: "extreme-odds")
        for round in 0..<120 {
            let largest: Int64 = [3, 100, 1_000_000][round % 3]
            let strata = try (0..<(1 + round % 3)).map { _ in
                let n1 = max(1, Self.count(&generator, upTo: largest))
                let n0 = max(1, Self.count(&generator, upTo: largest))
                return Table2x2(
                    suspect: try Proportion(hits: Self.count(&generator, upTo: n1), trials: n1),
                    control: try Proportion(hits: Self.count(&generator, upTo: n0), trials: n0))
            }
            let note = Comment(rawValue: "seed \(seed) round \(round): \(strata)")
            do {
                let effect = try conditionalOddsRatio(strata)
                let interval = effect.interval
                #expect(0 <= interval.lower && interval.lower <= effect.estimate, note)
                #expect(effect.estimate <= interval.upper, note)
            } catch StatisticsError.undefined {
                let conditional = ConditionalStrata(strata)
                #expect(conditional.support.count == 1, note)
            }
            for alternative in Alternative.allCases {
                let p = try cochranMantelHaenszelExact(strata, alternative: alternative).pValue
                #expect(p.ln <= 0 && p.ln > -.infinity, note)
            }
        }
    }
}
