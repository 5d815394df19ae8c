import Corpus
import Statistics

/// What else a journal says beside the verdict: scores per document, extraction curves, dataset inference.
///
/// Nothing here has a part in the error rate of the audit or changes its verdict: no level is set aside for these
/// numbers, and a run that is invalid makes them invalid too. As JSON it is an object with the keys of the properties
/// below, ``version`` first among those to look at; the keys of `values` and `means` are the names of
/// ``DocumentFeature``.
public struct SecondaryAnalysis: Codable, Hashable, Sendable {
    /// Version of this format.
    public static let currentVersion = 1

    /// ``currentVersion`` of the program that wrote it.
    public let version: Int
    /// SHA-256 of the plan of the run.
    public let planHash: String
    /// What these numbers are, and what they are not.
    public let note: String
    /// Whether the run ended early, so that only documents of pairs up to the one that decided are here.
    public let endedEarly: Bool
    /// Number of tokens of every window's suffix that mean ln p is about.
    public let scoredTokens: Int
    /// The suspect arm, then the control arm if there is one.
    public let arms: [ArmScores]
    /// The score of every counted document, in the order of sending.
    public let documents: [DocumentScores]
    /// Dataset inference, or why it was not made.
    public let inference: SecondaryInference

    /// What ``note`` says.
    static let standardNote =
        "Secondary analyses: they never change the verdict, no error rate is set aside for them, and where the verdict "
        + "is invalid they are too."

    /// Computes everything from a journal.
    ///
    /// - Parameter record: The journal.
    /// - Throws: ``AuditError/nothingToAnalyze(directory:)`` when no suspect document was observed yet,
    ///   ``AuditError/statistics(_:)`` when a procedure refuses the data.
    /// - Complexity: O(*n*) in tokens, plus twelve permutation tests.
    public init(_ record: RunRecord) throws(AuditError) {
        let plan = record.header.plan
        do throws(StatisticsError) {
            let evidence = try record.pairedEvidence()
            let counted = record.counted(evidence).filter { !$0.observations.isEmpty }
            let scores = counted.map { document, observations in
                DocumentScores(
                    arm: document.arm, document: document.document, observations: observations, plan: plan)
            }
            var arms: [ArmScores] = []
            for arm in [Arm.suspect, .control] {
                let windows = counted.filter { $0.document.arm == arm }.map { _, observations in
                    observations.map { $0.suffixProbability(suffixTokens: plan.shape.suffixTokens) }
                }
                if let summary = try ArmScores(arm, scores: scores, windows: windows, plan: plan) {
                    arms.append(summary)
                }
            }
            self.arms = arms
            documents = scores
            endedEarly = evidence?.hasStopped ?? false
            inference = SecondaryInference(scores, plan: plan, hasStopped: evidence?.hasStopped ?? false)
        } catch { throw .statistics("\(error)") }
        guard arms.contains(where: { $0.arm == .suspect }) else {
            throw .nothingToAnalyze(directory: record.directory)
        }
        version = Self.currentVersion
        planHash = record.header.planHash
        note = Self.standardNote
        scoredTokens = plan.scoredTokens
    }
}
