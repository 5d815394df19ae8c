import Testing

@testable import Statistics

@Suite struct WelchTests {
    @Test func agreesWithReferenceValues() throws {
        for row in try ScoreOracles.rows("welch") {
            let strata = DocumentStrata(
                suspect: try row.counts("suspect_strata").map { Int($0) },
                control: try row.counts("control_strata").map { Int($0) })
            let (suspect, control) = (try row.numbers("suspect"), try row.numbers("control"))
            let greater = try welchTest(suspect: suspect, control: control, strata: strata)
            #expect(isClose(greater.statistic ?? 0, try row.number("t"), 1e-11), "\(greater)")
            #expect(isClose(greater.pValue.ln, try row.number("ln_greater"), 1e-9), "\(greater)")
            let less = try welchTest(suspect: suspect, control: control, strata: strata, alternative: .less)
            #expect(isClose(less.pValue.ln, try row.number("ln_less"), 1e-9), "\(less)")
            let both = try welchTest(suspect: suspect, control: control, strata: strata, alternative: .twoSided)
            #expect(isClose(both.pValue.value, 2 * min(greater.pValue.value, less.pValue.value), 1e-9))
            #expect(greater.exactness == .asymptotic)
        }
    }

    @Test func scoresWithoutSpreadProveNothing() throws {
        for (suspect, control) in [([1.0, 1, 1], [1.0, 1]), ([0.1, 0.1, 0.1], [0.3, 0.3])] {
            let result = try welchTest(suspect: suspect, control: control)
            #expect(result.pValue == .certain && result.warnings.contains(.noVariation))
        }
    }

    @Test func impossibleInputIsRefused() {
        #expect(throws: StatisticsError.self) { try welchTest(suspect: [1], control: [1, 2]) }
        #expect(throws: StatisticsError.self) { try welchTest(suspect: [1, .nan], control: [1, 2]) }
        #expect(throws: StatisticsError.self) { try welchTest(suspect: [1e200, -1e200], control: [1, 2]) }
        #expect(throws: StatisticsError.self) {
            try welchTest(
                suspect: [1, 2], control: [1, 2], strata: DocumentStrata(suspect: [1, 1], control: [2, 2]))
        }
        #expect(throws: StatisticsError.self) {
            try welchTest(suspect: [1, 2], control: [1, 2], strata: DocumentStrata(suspect: [1], control: [2, 2]))
        }
    }
}
