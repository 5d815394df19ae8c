import Corpus
import Statistics

/// Dataset inference on a run's scores, or why it was not made.
public enum SecondaryInference: Codable, Hashable, Sendable {
    /// What was found.
    case made(Findings)
    /// Why there is none.
    case notMade(reason: String)

    /// The two analyses, which are separate: read the one that was chosen beforehand.
    public struct Findings: Codable, Hashable, Sendable {
        /// One split of the documents.
        public let single: DatasetInference
        /// Twice the median p-value of several splits.
        public let overSplits: TestResult
    }

    /// Number of splits of ``Findings/overSplits``.
    static let splits = 11
    /// The largest number of random arrangements per split: each split needs them anew.
    static let mostResamples = 99_999

    /// Makes the inference where it can be made.
    ///
    /// Documents are compared with those that have the same number of windows. The features are all of
    /// ``DocumentFeature`` that some document has.
    ///
    /// - Parameters:
    ///   - scores: The scores of all documents.
    ///   - plan: The plan, for its seed and its number of random arrangements.
    ///   - hasStopped: Whether the run ended early.
    init(_ scores: [DocumentScores], plan: AuditPlan, hasStopped: Bool) {
        guard !hasStopped else {
            self = .notMade(
                reason:
                    "the run ended early because of what was seen, and a test of all documents needs a run to its end")
            return
        }
        let suspects = scores.filter { $0.arm == .suspect && $0.scoredWindows > 0 }
        let controls = scores.filter { $0.arm == .control && $0.scoredWindows > 0 }
        guard scores.contains(where: { $0.arm == .control }) else {
            self = .notMade(reason: "there are no control documents to compare with")
            return
        }
        guard !suspects.isEmpty, !controls.isEmpty else {
            self = .notMade(reason: "no log-probabilities were recorded in one arm or in both")
            return
        }
        let features = DocumentFeature.allCases.filter { feature in
            (suspects + controls).contains { $0.values[feature] != nil }
        }
        func rows(_ documents: [DocumentScores]) -> [[Double?]] {
            documents.map { document in features.map { document.values[$0] } }
        }
        do throws(StatisticsError) {
            let table = try FeatureTable(
                names: features.map(\.rawValue), suspect: rows(suspects), control: rows(controls),
                strata: DocumentStrata(suspect: suspects.map(\.windows), control: controls.map(\.windows)))
            // The numbers may come from a file.
            let resamples = min(max(1, plan.resamples), Self.mostResamples)
            self = .made(
                Findings(
                    single: try DatasetInference(table, resamples: resamples, seed: plan.seed),
                    overSplits: try datasetInferenceOverSplits(
                        table, splits: Self.splits, resamples: resamples, seed: plan.seed)))
        } catch {
            self = .notMade(reason: "\(error)")
        }
    }
}
