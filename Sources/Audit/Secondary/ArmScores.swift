import Corpus
import Statistics

/// The scores and the extraction curve of one arm.
public struct ArmScores: Codable, Hashable, Sendable {
    /// The arm.
    public let arm: Arm
    /// Number of documents.
    public let documents: Int
    /// Number of documents that have each score.
    public let documentsWith: [DocumentFeature: Int]
    /// The mean of each score over the documents that have it.
    public let means: [DocumentFeature: Double]
    /// The share of windows that sampling would extract by the number of samples, or `nil` without scores.
    public let extraction: ExtractionCurve?

    /// Summarises an arm, or returns `nil` when it has no document.
    ///
    /// - Parameters:
    ///   - scores: The scores of all documents, of both arms.
    ///   - windows: What is known of every window's suffix, a list per document of this arm.
    ///   - plan: The plan.
    /// - Throws: `StatisticsError` when the plan's criterion of extractability is void.
    init?(
        _ arm: Arm, scores: [DocumentScores], windows: [[SuffixProbability]], plan: AuditPlan
    ) throws(StatisticsError) {
        let members = scores.filter { $0.arm == arm }
        guard !members.isEmpty else { return nil }
        self.arm = arm
        documents = members.count
        var counts: [DocumentFeature: Int] = [:]
        var means: [DocumentFeature: Double] = [:]
        for feature in DocumentFeature.allCases {
            let values = members.compactMap { $0.values[feature] }
            guard !values.isEmpty else { continue }
            counts[feature] = values.count
            means[feature] = values.reduce(0) { $0 + $1 / Double(values.count) }
        }
        documentsWith = counts
        self.means = means
        if members.contains(where: { $0.scoredWindows > 0 }) {
            extraction = try ExtractionCurve(
                documents: windows, probability: plan.extractability.probability,
                attempts: Self.attempts + [Int64(max(1, plan.extractability.samples))])
        } else {
            extraction = nil
        }
    }

    /// Numbers of samples at which the curve is drawn, beside the plan's own.
    static let attempts: [Int64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
}
