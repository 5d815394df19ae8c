import Foundation
import Testing

@testable import Statistics

@Suite struct MultiplicityTests {
    @Test(arguments: MultiplicityCorrection.allCases)
    func adjustmentAgreesWithReferenceValues(_ correction: MultiplicityCorrection) throws {
        for row in try OracleFile.rows("adjusted_p_values") {
            let pValues = try row.numbers("p").map { try LogProbability($0) }
            let found = adjustedPValues(pValues, correction: correction)
            for (value, expected) in zip(found, try row.numbers(correction.rawValue)) {
                #expect(isClose(value.value, expected), "\(row): \(value.value) instead of \(expected)")
            }
        }
        #expect(adjustedPValues([], correction: correction).isEmpty)
    }

    @Test func adjustmentKeepsTinyAndImpossibleValues() throws {
        let tiny = try LogProbability(ln: -5000)
        let adjusted = adjustedPValues([.certain, tiny, .impossible], correction: .holm)
        #expect(isClose(adjusted[1].ln, -5000 + log(2)))
        #expect(adjusted[2] == .impossible)
        #expect(adjusted[0] == .certain)
    }

    @Test(arguments: CombinationRule.allCases)
    func combinationAgreesWithReferenceValues(_ rule: CombinationRule) throws {
        for row in try OracleFile.rows("combined_p_values") {
            let pValues = try row.numbers("p").map { try LogProbability($0) }
            let ln = try combinedPValue(pValues, rule: rule).ln
            let expected = try row.number(rule.rawValue)
            #expect(abs(ln - expected) <= 2e-12 * max(0.01, abs(expected)), "\(row) \(rule): \(ln) not \(expected)")
        }
    }

    @Test(arguments: CombinationRule.allCases)
    func combinationHandlesTheEnds(_ rule: CombinationRule) throws {
        #expect(throws: StatisticsError.self) { try combinedPValue([], rule: rule) }
        let single = try LogProbability(ln: -3)
        #expect(try combinedPValue([single], rule: rule) == single)
        #expect(try combinedPValue([.certain, .certain, .certain], rule: rule) == .certain)
        let mixed = try combinedPValue([.impossible, single, .certain], rule: rule)
        #expect(mixed.ln <= 0)
        let all = try combinedPValue([.impossible, .impossible], rule: rule)
        #expect(all == .impossible)
    }

    @Test func eBenjaminiHochbergRejectsTheLargest() throws {
        let evidence = [100.0, 3, 70, 0.5].map { log($0) } + [-Double.infinity]
        // K/(kα) at α = .05: 100, 50, 33.3, …
        #expect(try eBenjaminiHochberg(logEvidence: evidence, alpha: 0.05) == [0, 2])
        #expect(try eBenjaminiHochberg(logEvidence: [log(99)], alpha: 0.01) == [])
        #expect(try eBenjaminiHochberg(logEvidence: [], alpha: 0.01) == [])
        #expect(throws: StatisticsError.self) { try eBenjaminiHochberg(logEvidence: [.nan], alpha: 0.01) }
        #expect(throws: StatisticsError.self) { try eBenjaminiHochberg(logEvidence: [.infinity], alpha: 0.01) }
        #expect(throws: StatisticsError.self) { try eBenjaminiHochberg(logEvidence: [1], alpha: 0) }
    }

    @Test func calibrationTurnsAPValueIntoAnEValue() throws {
        #expect(isClose(try calibratedLogEvidence(LogProbability(0.01)), log(5)))
        #expect(try calibratedLogEvidence(.certain) < 0)
        #expect(throws: StatisticsError.self) { try calibratedLogEvidence(.impossible) }
        #expect(throws: StatisticsError.self) { try calibratedLogEvidence(.certain, exponent: 1) }
    }
}
