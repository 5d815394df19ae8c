import Statistics

/// How often something happened among probes, with an interval that takes documents for the independent units.
public struct ClusteredRate: Codable, Hashable, Sendable {
    /// Probes with the outcome.
    public let hits: Int
    /// Probes.
    public let trials: Int
    /// Documents that the probes are of.
    public let documents: Int
    /// The interval; `nil` for fewer than two documents.
    public let interval: ConfidenceInterval?

    /// hits / trials; `nil` without trials.
    public var share: Double? { trials == 0 ? nil : Double(hits) / Double(trials) }

    /// Estimates a rate.
    ///
    /// Ratio estimator over documents with t quantiles (Cochran, 1977); where documents do not differ, as when nothing
    /// was hit, the interval of Clopper and Pearson for as many documents that count wholly or not at all.
    ///
    /// - Parameters:
    ///   - outcomes: What happened to the probes of every document; documents without probes are left out.
    ///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
    /// - Throws: `StatisticsError` for `alpha` out of range.
    /// - Complexity: O(probes).
    public init(_ outcomes: [[Bool]], alpha: Double) throws(StatisticsError) {
        let outcomes = outcomes.filter { !$0.isEmpty }
        hits = outcomes.reduce(0) { $0 + $1.count { $0 } }
        trials = outcomes.reduce(0) { $0 + $1.count }
        documents = outcomes.count
        guard !outcomes.isEmpty else {
            interval = nil
            return
        }
        // An outcome is an event of known probability, so this is the extraction curve's point at one sample.
        let known = outcomes.map { $0.map { SuffixProbability.exact($0 ? .certain : .impossible) } }
        interval = try ExtractionCurve(documents: known, probability: 0.5, attempts: [1], alpha: alpha)
            .points.first?.interval
    }
}
