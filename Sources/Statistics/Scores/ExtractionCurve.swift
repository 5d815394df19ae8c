import RealModule

/// The share of a corpus that sampling would extract, as the number of samples grows.
///
/// A window is (n, p)-extractable when n independent samples at temperature 1 contain its suffix with probability at
/// least p: 1 − (1 − p_z)ⁿ ≥ p (Hayes and others, 2024). Windows of which only an upper bound of p_z is known are
/// extractable possibly, not surely, so every point is a range; a window about which nothing is known has the bound 1.
public struct ExtractionCurve: Sendable, Hashable, Codable {
    /// The curve at one number of samples.
    public struct Point: Sendable, Hashable, Codable {
        /// The number of samples n.
        public let attempts: Int64
        /// The share of windows that are extractable for sure.
        public let share: Double
        /// The share of windows that are extractable if every unknown p_z is as large as it can be.
        public let largestShare: Double
        /// From the lower end around ``share`` to the upper end around ``largestShare``, or `nil` for one document.
        public fileprivate(set) var interval: ConfidenceInterval?
    }

    /// The probability p of seeing the suffix at least once.
    public let probability: Double
    /// The number of documents.
    public let documents: Int
    /// The number of windows.
    public let windows: Int
    /// The number of windows of which only an upper bound is known.
    public let bounded: Int
    /// One point per number of samples, in ascending order; neither share ever falls.
    public let points: [Point]

    /// Computes the curve.
    ///
    /// The interval takes documents, not windows, for the independent units: ratio estimator with t quantiles (Cochran,
    /// 1977), which is approximate. Where documents do not differ, as when no window counts, there is no spread to
    /// estimate from, and the end is that of Clopper and Pearson for as many documents that count wholly or not at all:
    /// no documents of this share differ more. Ends that would fall as samples are added are moved outwards.
    ///
    /// - Parameters:
    ///   - documents: What is known of p_z of every window, a list per document; empty ones are left out.
    ///   - probability: The wanted probability p, strictly between 0 and 1.
    ///   - attempts: Numbers of samples, each at least 1, in any order; repeated ones count once.
    ///   - alpha: The probability left outside the intervals, half of it on each side; strictly between 0 and 1.
    /// - Throws: ``StatisticsError`` without windows or for numbers out of range.
    /// - Complexity: O(windows × attempts).
    public init(
        documents: [[SuffixProbability]], probability: Double, attempts: [Int64], alpha: Double = 0.05
    ) throws(StatisticsError) {
        try Require.openUnit(alpha, "alpha")
        let documents = documents.filter { !$0.isEmpty }
        guard !documents.isEmpty else { throw .sampleTooSmall(name: "documents with windows", count: 0, minimum: 1) }
        self.probability = probability
        self.documents = documents.count
        windows = documents.reduce(0) { $0 + $1.count }
        bounded = documents.joined().count { if case .atMost = $0 { true } else { false } }
        var points: [Point] = []
        for count in Set(attempts).sorted() {
            let threshold = try extractionThreshold(probability: probability, attempts: count)
            let sure = try Self.counts(documents) { $0.lower >= threshold }
            let possible = try Self.counts(documents) { $0.upper >= threshold }
            points.append(
                Point(
                    attempts: count, share: Self.share(sure), largestShare: Self.share(possible),
                    interval: try Self.interval(sure: sure, possible: possible, alpha: alpha)))
        }
        Self.widenToMonotone(&points)
        self.points = points
    }

    private static func counts(
        _ documents: [[SuffixProbability]], _ isExtractable: (SuffixProbability) -> Bool
    ) throws(StatisticsError) -> [Proportion] {
        var counts: [Proportion] = []
        for windows in documents {
            counts.append(
                try Proportion(hits: Int64(windows.count(where: isExtractable)), trials: Int64(windows.count)))
        }
        return counts
    }

    /// Lets no end fall as samples are added, by moving ends outwards only.
    private static func widenToMonotone(_ points: inout [Point]) {
        var highest = 0.0
        for index in points.indices {
            highest = max(highest, points[index].interval?.upper ?? 0)
            points[index].interval?.upper = highest
        }
        var lowest = 1.0
        for index in points.indices.reversed() {
            lowest = min(lowest, points[index].interval?.lower ?? 1)
            points[index].interval?.lower = lowest
        }
    }

    private static func share(_ counts: [Proportion]) -> Double {
        let hits = counts.reduce(0) { $0 + $1.hits }
        return Double(hits) / Double(counts.reduce(0) { $0 + $1.trials })
    }

    private static func interval(
        sure: [Proportion], possible: [Proportion], alpha: Double
    ) throws(StatisticsError) -> ConfidenceInterval? {
        guard sure.count >= 2 else { return nil }
        let (low, high) = (try ends(of: sure, alpha: alpha), try ends(of: possible, alpha: alpha))
        let isExact = low.isExact && high.isExact
        return ConfidenceInterval(
            lower: low.lower, upper: high.upper, confidence: 1 - alpha,
            method: isExact ? .clopperPearson : .clusterRatio)
    }

    private static func ends(
        of counts: [Proportion], alpha: Double
    ) throws(StatisticsError) -> (lower: Double, upper: Double, isExact: Bool) {
        let estimate = try RatioEstimate(counts)
        let documents = Int64(counts.count)
        if estimate.variance == 0 {
            let hits = estimate.rate * Double(documents)
            let fewest = try Proportion(hits: min(documents, Int64(hits.rounded(.down))), trials: documents)
            let most = try Proportion(hits: min(documents, Int64(hits.rounded(.up))), trials: documents)
            return (
                try clopperPearson(fewest, alpha: alpha).lower, try clopperPearson(most, alpha: alpha).upper, true
            )
        }
        let quantile = try StudentTDistribution.upperQuantile(
            logTail: .log(alpha / 2), degreesOfFreedom: Double(counts.count - 1))
        let reach = quantile * estimate.variance.squareRoot()
        return (max(0, estimate.rate - reach), min(1, estimate.rate + reach), false)
    }
}
