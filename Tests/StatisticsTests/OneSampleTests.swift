import Foundation
import Testing

@testable import Statistics

@Suite struct OneSampleTests {
    @Test func binomialTestAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("binomial_test") {
            let proportion = try Proportion(hits: row.count("k"), trials: row.count("n"))
            for (name, alternative) in [("greater", Alternative.greater), ("less", .less), ("two_sided", .twoSided)] {
                let p = try binomialTest(proportion, rate: row.number("p"), alternative: alternative).pValue.value
                #expect(isClose(p, try row.number(name)), "\(row) \(name): \(p)")
            }
        }
    }

    @Test func binomialTestKnowsCertainRates() throws {
        let some = try Proportion(hits: 1, trials: 3)
        #expect(try binomialTest(some, rate: 0).pValue == .impossible)
        #expect(try binomialTest(some, rate: 0, alternative: .less).pValue == .certain)
        #expect(try binomialTest(some, rate: 1, alternative: .twoSided).pValue == .impossible)
        #expect(try binomialTest(Proportion(hits: 3, trials: 3), rate: 1, alternative: .twoSided).pValue == .certain)
        #expect(throws: StatisticsError.self) { try binomialTest(some, rate: .nan) }
        #expect(throws: StatisticsError.self) { try binomialTest(some, rate: 1.01) }
    }

    @Test func mcnemarAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("mcnemar_exact") {
            let pairs = try DiscordantPairs(targetOnly: row.count("b"), referenceOnly: row.count("c"))
            #expect(isClose(mcnemarExact(pairs).pValue.value, try row.number("greater")), "\(row)")
            #expect(isClose(mcnemarExact(pairs, alternative: .less).pValue.value, try row.number("less")), "\(row)")
            #expect(
                isClose(mcnemarExact(pairs, alternative: .twoSided).pValue.value, try row.number("two_sided")), "\(row)"
            )
            #expect(isClose(mcnemarMidP(pairs, alternative: .twoSided).pValue.value, try row.number("mid_p")), "\(row)")
        }
        #expect(throws: StatisticsError.self) { try DiscordantPairs(targetOnly: -1, referenceOnly: 0) }
        #expect(throws: StatisticsError.self) { try DiscordantPairs(targetOnly: .max, referenceOnly: .max) }
        let huge = try DiscordantPairs(targetOnly: 6_000_000_000, referenceOnly: 5_999_000_000)
        #expect(mcnemarExact(huge).pValue.ln < -30)
    }
}
