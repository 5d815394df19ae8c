import Statistics
import Testing

@Suite struct StudentMeanTests {
    /// By hand: s = √2.5, and t(0.975; 4) = 2.7764451051977987 from printed tables.
    @Test func aSampleOfFive() throws {
        let found = try studentMean([1, 2, 3, 4, 5])
        #expect(found.estimate == 3)
        let reach = 2.7764451051977987 * (2.5 / 5).squareRoot()
        #expect(abs(found.interval.lower - (3 - reach)) < 1e-12 && abs(found.interval.upper - (3 + reach)) < 1e-12)
        #expect(found.interval.confidence == 0.95 && found.interval.method == .student)
    }

    @Test func equalValuesLeaveNoDoubt() throws {
        let found = try studentMean([0.25, 0.25, 0.25], alpha: 0.01)
        #expect(found.interval.lower == 0.25 && found.interval.upper == 0.25)
    }

    @Test(arguments: [[], [1], [1, .nan], [1, .infinity]])
    func whatSaysNothingIsRefused(_ values: [Double]) {
        #expect(throws: StatisticsError.self) { try studentMean(values) }
    }

    @Test(arguments: [0, 1, -0.1, .nan])
    func levelsAreChecked(_ alpha: Double) {
        #expect(throws: StatisticsError.self) { try studentMean([1, 2], alpha: alpha) }
    }
}
