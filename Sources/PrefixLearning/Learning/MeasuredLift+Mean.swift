import Statistics

extension MeasuredLift {
    /// The mean of lifts with Student's interval.
    ///
    /// - Parameters:
    ///   - lifts: One lift per document, in probability per token.
    ///   - confidence: The confidence of the interval, strictly between 0 and 1.
    /// - Returns: `nil` for fewer than two documents, of which nothing can be said.
    /// - Complexity: O(*n*).
    public init?(meanOf lifts: [Double], confidence: Double) {
        guard let found = try? studentMean(lifts, alpha: 1 - confidence) else { return nil }
        self.init(
            mean: found.estimate, low: found.interval.lower, high: found.interval.upper, level: confidence,
            documents: lifts.count)
    }
}
