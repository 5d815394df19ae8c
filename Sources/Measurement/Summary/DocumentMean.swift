import RealModule
import Statistics

/// The mean of a measured value over probes, with an interval that takes documents for the independent units.
public struct DocumentMean: Codable, Hashable, Sendable {
    /// The mean over documents of their means over probes.
    public let mean: Double
    /// The standard deviation over probes, as published tables give it; `nil` for fewer than two probes.
    public let deviation: Double?
    /// Probes.
    public let probes: Int
    /// Documents that the probes are of.
    public let documents: Int
    /// The bootstrap interval of the mean over documents; `nil` below 15 documents and where documents do not differ.
    public let interval: ConfidenceInterval?

    /// Bootstrap samples of an interval that is shown.
    static let resamples = 1_999
    /// Fewest documents for an interval.
    private static let fewestDocuments = 15
    /// Steps between the smallest and the largest value on the grid of whole numbers that the bootstrap counts on.
    private static let steps = 1_000_000_000.0

    /// Averages values.
    ///
    /// - Parameters:
    ///   - values: The values of every document's probes; documents without any are left out, and so are values that
    ///     are not finite.
    ///   - alpha: The probability left outside the interval, half of it on each side.
    ///   - seed: Seed of the bootstrap.
    /// - Returns: `nil` without values.
    /// - Throws: `StatisticsError` for `alpha` out of range.
    /// - Complexity: O(resamples × documents).
    public init?(_ values: [[Double]], alpha: Double, seed: UInt64) throws(StatisticsError) {
        let values = values.map { $0.filter(\.isFinite) }.filter { !$0.isEmpty }
        guard !values.isEmpty else { return nil }
        let means = values.map { $0.reduce(0, +) / Double($0.count) }
        let all = values.flatMap { $0 }
        let mean = means.reduce(0, +) / Double(means.count)
        guard mean.isFinite else { return nil }
        self.mean = mean
        probes = all.count
        documents = values.count
        let center = all.reduce(0, +) / Double(all.count)
        deviation =
            all.count < 2
            ? nil : (all.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(all.count - 1)).squareRoot()
        interval = try Self.interval(of: means, alpha: alpha, seed: seed)
    }

    /// The interval of a mean of one value per document.
    static func interval(of means: [Double], alpha: Double, seed: UInt64) throws(StatisticsError) -> ConfidenceInterval?
    {
        let largest = means.map(abs).max() ?? 0
        guard largest > 0, means.count >= fewestDocuments else { return nil }
        // The bootstrap compares counts of two groups: each mean is a number of small steps above −largest, and the
        // other group are documents of the value 0, which do not vary.
        func counts(_ means: [Double]) throws(StatisticsError) -> [Proportion] {
            var counts: [Proportion] = []
            for mean in means {
                let hits = ((mean / largest + 1) * steps).rounded()
                counts.append(try Proportion(hits: Int64(exactly: hits) ?? 0, trials: Int64(2 * steps)))
            }
            return counts
        }
        let zeros = [Double](repeating: 0, count: fewestDocuments)
        do {
            let shares = try clusterBootstrap(
                suspect: try counts(means), control: try counts(zeros), alpha: alpha, resamples: resamples, seed: seed
            ).interval
            return ConfidenceInterval(
                lower: 2 * largest * shares.lower, upper: 2 * largest * shares.upper, confidence: shares.confidence,
                method: shares.method)
        } catch StatisticsError.undefined {
            return nil
        }
    }
}
