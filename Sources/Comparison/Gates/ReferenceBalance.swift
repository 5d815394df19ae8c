import Audit
import Statistics

/// Whether a model that has seen neither arm finds them equally easy.
///
/// A reference that knows the controls, or finds them easier for any other reason, makes the target look as if it
/// favoured the suspects. The gate is two-sided, and a failure by chance costs an answer, never a wrong one.
struct ReferenceBalance {
    /// Level of both tests together.
    static let level = 0.01
    /// Random arrangements of each test.
    static let resamples = 9_999

    /// Compares suspects with controls in what the reference saw.
    ///
    /// - Throws: `StatisticsError` when an arm is empty or a score is not finite.
    static func gate(_ documents: JoinedDocuments, plan: AuditPlan) throws(StatisticsError) -> ComparisonGate {
        func hits(_ pairs: [JoinedDocuments.Pair]) -> [Outcome] {
            pairs.map { Outcome($0.stratum, $0.target.isHit, $0.reference.isHit) }
        }
        func scores(_ pairs: [JoinedDocuments.Pair]) -> [Outcome] {
            pairs.compactMap { pair in
                pair.scores.map { Outcome(stratum: pair.stratum, target: $0.target, reference: $0.reference) }
            }
        }
        var tests = [try compare(hits(documents.suspect), hits(documents.control), plan)]
        let (suspect, control) = (scores(documents.suspect), scores(documents.control))
        if plan.staging != .generationOnly, !suspect.isEmpty, !control.isEmpty {
            tests.append(try compare(suspect, control, plan))
        }
        let names = ["documents that come back", "scores"]
        let passed = !tests.contains { $0.rejects(at: level / Double(tests.count)) }
        return ComparisonGate(
            .referenceBalance, passed: passed,
            "the reference compared between suspect and control documents: "
                + zip(names, tests).map { "\($0), two-sided p = \($1.pValue)" }.joined(separator: "; "),
            remedy: "the reference itself tells the arms apart: it has seen one of them, or the controls are not "
                + "comparable; give another reference or other controls")
    }

    private static func compare(
        _ suspect: [Outcome], _ control: [Outcome], _ plan: AuditPlan
    ) throws(StatisticsError) -> TestResult {
        try compareArms(
            suspect, control, by: \.reference, alternative: .twoSided, resamples: resamples, seed: plan.seed)
    }
}
