import Corpus
import Statistics

/// Tests, effect and verdict of one run.
///
/// The error rate α is spent in two fixed parts: one on the extraction test (Boschloo's exact test on documents with a
/// reproduced window), the rest on the likelihood test (permutation of documents on their mean log-probability). Each
/// test is made once, at its own level, so that an innocent model is called guilty with probability at most α
/// whatever the dependence between them (Bonferroni).
public struct Decision: Codable, Sendable {
    /// The suspect arm.
    public let suspect: ArmSummary
    /// The control arm, if there is one.
    public let control: ArmSummary?
    /// Suspect minus control.
    public let effect: Effect?
    /// The extraction test, if there are controls.
    public let extraction: TestResult?
    /// The likelihood test, if there are controls and scores.
    public let likelihood: TestResult?
    /// Upper bound of the rate of extracted suspect documents, one-sided at 1 − α; documents of which something was not
    /// seen count as extracted.
    public let upperBound: Double
    /// The verdict.
    public let verdict: Verdict

    /// How far the arms are apart.
    public struct Effect: Codable, Hashable, Sendable {
        /// Rate of extracted documents, suspect minus control.
        public let rateDifference: Double
        /// Newcombe's interval of the difference.
        public let interval: ConfidenceInterval
        /// Difference of the arms' mean log-probabilities, in nats; `nil` without scores.
        public let meanLnDifference: Double?
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - plan: The plan of the run.
    ///   - outcomes: One outcome per document.
    ///   - gates: The gates; one that does not hold makes the verdict invalid.
    /// - Throws: `StatisticsError` when an arm is empty.
    init(plan: AuditPlan, outcomes: [DocumentOutcome], gates: [Gate]) throws(StatisticsError) {
        let suspects = outcomes.filter { $0.arm == .suspect }
        let controls = outcomes.filter { $0.arm == .control }
        guard let suspect = try ArmSummary(suspects) else {
            throw .impossibleCount(name: "suspect documents", value: 0, allowed: 1...Proportion.largestTrials)
        }
        self.suspect = suspect
        upperBound = try clopperPearsonUpperBound(try suspect.worstCase, alpha: plan.alpha)
        if let control = try ArmSummary(controls) {
            self.control = control
            let table = Table2x2(suspect: try suspect.proportion, control: try control.proportion)
            extraction = try boschlooExact(table, alternative: .greater)
            likelihood = try Self.likelihoodTest(suspects, controls, plan)
            effect = Effect(
                rateDifference: suspect.rate - control.rate,
                interval: try newcombeDifference(table, alpha: 1 - ArmSummary.confidence),
                meanLnDifference: suspect.meanLn.flatMap { mean in control.meanLn.map { mean - $0 } })
        } else {
            control = nil
            extraction = nil
            likelihood = nil
            effect = nil
        }
        verdict = VerdictWriter(
            plan: plan, gates: gates, suspect: suspect, control: control, extraction: extraction,
            likelihood: likelihood, upperBound: upperBound
        ).verdict()
    }

    private static func likelihoodTest(
        _ suspects: [DocumentOutcome], _ controls: [DocumentOutcome], _ plan: AuditPlan
    ) throws(StatisticsError) -> TestResult? {
        let suspect = suspects.compactMap(\.meanLn)
        let control = controls.compactMap(\.meanLn)
        guard plan.staging != .generationOnly, !suspect.isEmpty, !control.isEmpty else { return nil }
        return try documentPermutationTest(
            suspect: suspect, control: control, alternative: .greater, resamples: plan.resamples, seed: plan.seed)
    }

    /// The test that the verdict rests on; the extraction test when nothing could be shown, and none when the verdict
    /// rests on the upper bound.
    public var decisiveTest: TestResult? {
        if verdict.answer == .notExtractable { return nil }
        return verdict.evidence == .likelihood ? likelihood : extraction
    }
}
