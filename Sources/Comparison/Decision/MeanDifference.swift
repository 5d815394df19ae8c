import Audit
import Statistics

/// How far target and reference are apart, averaged over documents.
public struct MeanDifference: Codable, Hashable, Sendable {
    /// The mean over suspect documents of target minus reference; with controls, minus the same mean over these.
    public let estimate: Double
    /// Its bootstrap interval over documents; `nil` below 15 documents of an arm and where documents do not differ.
    public let interval: ConfidenceInterval?

    /// Fewest documents of an arm for an interval.
    private static let fewestDocuments = 15
    /// Bootstrap samples of an interval that is shown.
    static let resamples = 9_999
    /// Steps between 0 and the largest difference on the grid of whole numbers that the bootstrap counts on.
    private static let steps = 1_000_000_000.0

    /// Averages differences of documents.
    ///
    /// - Parameters:
    ///   - suspect: Target minus reference for every suspect document, finite, at least one.
    ///   - control: The same for every control document, or `nil` without controls.
    ///   - resamples: The number of bootstrap samples, at least 100.
    ///   - seed: The seed of the bootstrap samples.
    /// - Throws: `StatisticsError` for values that are too large to be averaged.
    /// - Complexity: O(resamples × documents).
    init(
        suspect: [Double], control: [Double]?, resamples: Int = Self.resamples, seed: UInt64
    ) throws(StatisticsError) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        estimate = mean(suspect) - (control.map(mean) ?? 0)
        guard estimate.isFinite else {
            throw .outOfRange(name: "mean difference", value: estimate, requirement: "finite")
        }
        let largest = (suspect + (control ?? [])).map(abs).max() ?? 0
        guard largest > 0 else {
            interval = nil
            return
        }
        // The bootstrap takes counts: each difference is a number of small steps above −largest. Without controls it is
        // compared with documents of the difference 0, which do not vary.
        func counts(_ values: [Double]) throws(StatisticsError) -> [Proportion] {
            var counts: [Proportion] = []
            for value in values {
                let hits = ((value / largest + 1) * Self.steps).rounded()
                counts.append(
                    try Proportion(hits: Int64(exactly: hits) ?? 0, trials: Int64(2 * Self.steps)))
            }
            return counts
        }
        let zeros = [Double](repeating: 0, count: Self.fewestDocuments)
        do {
            let shares = try clusterBootstrap(
                suspect: try counts(suspect), control: try counts(control ?? zeros), alpha: 1 - ArmSummary.confidence,
                resamples: resamples, seed: seed
            ).interval
            interval = ConfidenceInterval(
                lower: 2 * largest * shares.lower, upper: 2 * largest * shares.upper, confidence: shares.confidence,
                method: shares.method)
        } catch StatisticsError.sampleTooSmall {
            interval = nil
        } catch StatisticsError.undefined {
            interval = nil
        }
    }
}
