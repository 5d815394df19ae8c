import Foundation
import Testing

@testable import Statistics

@Suite struct DifferenceTests {
    private func table(_ row: OracleRow) throws -> Table2x2 {
        let args = try row.counts("args")
        return Table2x2(
            suspect: try Proportion(hits: args[0], trials: args[1]),
            control: try Proportion(hits: args[2], trials: args[3]))
    }

    @Test func barnardAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("barnard") {
            for (name, alternative) in [("greater", Alternative.greater), ("less", .less), ("two_sided", .twoSided)] {
                let result = barnardExact(try table(row), alternative: alternative)
                #expect(
                    isClose(result.pValue.value, try row.number(name), 5e-12), "\(row) \(name): \(result.pValue.value)")
                #expect(isClose(try #require(result.statistic), try row.number("z")), "\(row)")
            }
        }
    }

    @Test func barnardKeepsTinyValuesAndKnowsItsLimit() throws {
        let strong = try Table2x2(suspectHits: 490, suspectMisses: 10, controlHits: 2, controlMisses: 498)
        let result = barnardExact(strong)
        #expect(result.pValue.ln < -600 && result.exactness == .exact)
        let big = try Table2x2(suspectHits: 30, suspectMisses: 2970, controlHits: 10, controlMisses: 991)
        #expect(barnardExact(big).method == "Fisher exact test")
        let nothing = try Table2x2(suspectHits: 0, suspectMisses: 9, controlHits: 0, controlMisses: 8)
        for alternative in Alternative.allCases {
            #expect(barnardExact(nothing, alternative: alternative).pValue == .certain)
        }
    }

    @Test func miettinenNurminenAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("miettinen_nurminen") {
            let table = try table(row)
            let interval = try miettinenNurminen(table)
            let expected = try row.numbers("interval")
            #expect(abs(interval.lower - expected[0]) < 1e-12, "\(row): \(interval)")
            #expect(abs(interval.upper - expected[1]) < 1e-12, "\(row): \(interval)")
            let test = try nonSuperiority(table, margin: 0.1)
            #expect(isClose(try #require(test.statistic), try row.number("z_at_0.1"), 1e-11), "\(row): \(test)")
            #expect(isClose(test.pValue.ln, try row.number("ln_p_at_0.1"), 1e-10), "\(row): \(test)")
        }
    }

    @Test func nonSuperiorityRejectsExactlyWhenTheBoundIsBelowTheMargin() throws {
        for (x1, n1, x0, n0) in [(0, 300, 0, 300), (3, 200, 1, 150), (10, 100, 12, 100), (0, 20, 0, 20)] {
            let table = Table2x2(
                suspect: try Proportion(hits: Int64(x1), trials: Int64(n1)),
                control: try Proportion(hits: Int64(x0), trials: Int64(n0)))
            let bound = try miettinenNurminenUpperBound(table)
            let above = try nonSuperiority(table, margin: bound + 1e-9).pValue.value
            let below = try nonSuperiority(table, margin: bound - 1e-9).pValue.value
            #expect(above < 0.05 && below > 0.05, "\(table)")
            let both = try equivalence(table, margin: 0.2)
            #expect(both.pValue >= (try nonSuperiority(table, margin: 0.2).pValue))
            #expect(both.alternative == .twoSided)
        }
    }

    @Test func rateRatioAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("rate_ratio") {
            let found = try rateRatio(table(row))
            let expected = try row.numbers("interval")
            #expect(isClose(found.estimate, try row.number("ratio")), "\(row)")
            #expect(isClose(found.interval.lower, expected[0]), "\(row): \(found)")
            #expect(isClose(found.interval.upper, expected[1]), "\(row): \(found)")
        }
        let oneSided = try rateRatio(Table2x2(suspectHits: 5, suspectMisses: 15, controlHits: 0, controlMisses: 20))
        #expect(oneSided.estimate == .infinity && oneSided.interval.upper == .infinity && oneSided.interval.lower > 0)
        let never = try rateRatio(Table2x2(suspectHits: 0, suspectMisses: 20, controlHits: 5, controlMisses: 15))
        #expect(never.estimate == 0 && never.interval.lower == 0 && never.interval.upper < 2)
        let none = try Table2x2(suspectHits: 0, suspectMisses: 15, controlHits: 0, controlMisses: 20)
        #expect(throws: StatisticsError.self) { try rateRatio(none) }
    }

    @Test func refusesHostileInput() throws {
        let table = try Table2x2(suspectHits: 1, suspectMisses: 1, controlHits: 1, controlMisses: 1)
        #expect(throws: StatisticsError.self) { try miettinenNurminen(table, alpha: .nan) }
        #expect(throws: StatisticsError.self) { try nonSuperiority(table, margin: 0) }
        #expect(throws: StatisticsError.self) { try equivalence(table, margin: .infinity) }
        #expect(throws: StatisticsError.self) { try rateRatio(table, alpha: 2) }
    }
}
