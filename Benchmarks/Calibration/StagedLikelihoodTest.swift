import Audit
import Corpus
import Statistics

/// The likelihood test of one run, with no more random arrangements than its outcome needs.
///
/// The same seed begins with the same arrangements, so that those among the first 199 that are at least as extreme as
/// the observed one are among the first 1,999 too. Once they alone lift p above the highest level that is asked for, the
/// test cannot reject at any, and the rest need not be drawn.
enum StagedLikelihoodTest {
    private static let stages = [199, 599, Procedure.resamples]

    /// Tests the scores of a run.
    ///
    /// - Returns: The test with all arrangements, or `nil` when it rejects at no level up to `highestLevel` or there is
    ///   nothing to test.
    /// - Throws: `StatisticsError` as the test does.
    static func test(_ run: SimulatedRun, highestLevel: Double) throws(StatisticsError) -> TestResult? {
        let suspect = run.outcomes.filter { $0.arm == .suspect && $0.meanLn != nil }
        let control = run.outcomes.filter { $0.arm == .control && $0.meanLn != nil }
        guard !suspect.isEmpty, !control.isEmpty else { return nil }
        let strata = DocumentStrata(suspect: suspect.map(\.windows), control: control.map(\.windows))
        var last: TestResult?
        for resamples in stages {
            let result = try documentPermutationTest(
                suspect: suspect.compactMap(\.meanLn), control: control.compactMap(\.meanLn), strata: strata,
                alternative: .greater, resamples: resamples, seed: run.seed)
            last = result
            // Few enough arrangements are enumerated, whatever the number of resamples.
            guard case .monteCarlo = result.exactness else { return result }
            let extreme = result.pValue.value * Double(resamples + 1)
            if extreme > highestLevel * Double(Procedure.resamples + 1) + 0.5 { return nil }
        }
        return last
    }
}
