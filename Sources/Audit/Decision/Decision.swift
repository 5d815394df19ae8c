import Corpus
import Statistics

/// Tests, effect and verdict of one run.
///
/// The error rate α is spent in fixed parts (Bonferroni), so that an innocent model is called guilty with probability at
/// most α whatever the dependence between the tests. One part goes to extraction, the rest to likelihood (permutation
/// of documents on their mean log-probability). The extraction part is halved in a run that may end early: an e-process
/// over pairs of documents may reject at any pair, and one exact test is made when every document has been asked about
/// (Boschloo's, or the exact Cochran–Mantel–Haenszel test where documents have different numbers of windows).
public struct Decision: Codable, Sendable {
    /// The suspect arm.
    public let suspect: ArmSummary
    /// The control arm, if there is one.
    public let control: ArmSummary?
    /// Suspect minus control.
    public let effect: Effect?
    /// The sequential half of the extraction test, in a run that may end early.
    public let sequential: Sequential?
    /// The exact test for extraction on all documents, if there are controls and the run did not end early.
    public let extraction: TestResult?
    /// The likelihood test, if there are controls and scores and the run did not end early.
    public let likelihood: TestResult?
    /// Upper bound of the rate of extracted suspect documents, one-sided at 1 − α; documents of which something was not
    /// seen count as extracted.
    public let upperBound: Double
    /// The verdict.
    public let verdict: Verdict

    /// What the pairs said, one after the other.
    public struct Sequential: Codable, Hashable, Sendable {
        /// Number of pairs that were bet on.
        public let pairs: Int
        /// Number of pairs planned.
        public let pairsPlanned: Int
        /// Whether they decided, so that the run ended.
        public let hasStopped: Bool
        /// The evidence as a test.
        public let test: TestResult
    }

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
    ///   - outcomes: One outcome per counted document.
    ///   - evidence: The running evidence of a run that may end early.
    ///   - gates: The gates; one that does not hold makes the verdict invalid.
    /// - Throws: `StatisticsError` when an arm is empty.
    package init(
        plan: AuditPlan, outcomes: [DocumentOutcome], evidence: PairedEvidence? = nil, gates: [Gate]
    ) throws(StatisticsError) {
        let suspects = outcomes.filter { $0.arm == .suspect }
        let controls = outcomes.filter { $0.arm == .control }
        guard let suspect = try ArmSummary(suspects) else {
            throw .impossibleCount(name: "suspect documents", value: 0, allowed: 1...Proportion.largestTrials)
        }
        self.suspect = suspect
        upperBound = try clopperPearsonUpperBound(try suspect.worstCase, alpha: plan.alpha)
        sequential = evidence.map {
            Sequential(
                pairs: $0.pairsUsed, pairsPlanned: plan.pairs, hasStopped: $0.hasStopped, test: $0.test)
        }
        let hasStopped = sequential?.hasStopped ?? false
        if let control = try ArmSummary(controls) {
            self.control = control
            // Tests of all documents look once, at the end: a run that ended early has no such end.
            extraction = hasStopped ? nil : try Self.extractionTest(suspects, controls)
            likelihood = hasStopped ? nil : try Self.likelihoodTest(suspects, controls, plan)
            let table = Table2x2(suspect: try suspect.proportion, control: try control.proportion)
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
            plan: plan, gates: gates, suspect: suspect, control: control, sequential: sequential,
            extraction: extraction, likelihood: likelihood, upperBound: upperBound
        ).verdict()
    }

    /// Compares the rates of reproduced documents among documents with the same number of windows.
    ///
    /// What was not seen counts against the suspicion: as not reproduced in the suspect arm, as reproduced in the
    /// control arm.
    private static func extractionTest(
        _ suspects: [DocumentOutcome], _ controls: [DocumentOutcome]
    ) throws(StatisticsError) -> TestResult {
        var tables: [Table2x2] = []
        for stratum in Set(suspects.map(\.windows)).intersection(controls.map(\.windows)).sorted() {
            let suspect = suspects.filter { $0.windows == stratum }
            let control = controls.filter { $0.windows == stratum }
            tables.append(
                Table2x2(
                    suspect: try Proportion(
                        hits: Int64(suspect.count(where: \.isHit)), trials: Int64(suspect.count)),
                    control: try Proportion(
                        hits: Int64(control.count(where: \.mayBeHit)), trials: Int64(control.count))))
        }
        switch tables.count {
        case 1: return try boschlooExact(tables[0], alternative: .greater)
        case 0:
            return TestResult(
                method: "no test, because no suspect document has as many windows as a control document",
                alternative: .greater, pValue: .certain, exactness: .exact,
                sampleSizes: [Int64(suspects.count), Int64(controls.count)], warnings: [.noVariation])
        default: return try cochranMantelHaenszelExact(tables, alternative: .greater)
        }
    }

    private static func likelihoodTest(
        _ suspects: [DocumentOutcome], _ controls: [DocumentOutcome], _ plan: AuditPlan
    ) throws(StatisticsError) -> TestResult? {
        let suspect = suspects.filter { $0.meanLn != nil }
        let control = controls.filter { $0.meanLn != nil }
        guard plan.staging != .generationOnly, !suspect.isEmpty, !control.isEmpty else { return nil }
        return try documentPermutationTest(
            suspect: suspect.compactMap(\.meanLn), control: control.compactMap(\.meanLn),
            strata: DocumentStrata(suspect: suspect.map(\.windows), control: control.map(\.windows)),
            alternative: .greater, resamples: plan.resamples, seed: plan.seed)
    }

    /// The test that the verdict rests on; the extraction test when nothing could be shown, and none when the verdict
    /// rests on the upper bound.
    public var decisiveTest: TestResult? {
        if verdict.answer == .notExtractable { return nil }
        if verdict.evidence == .likelihood { return likelihood }
        return extraction ?? sequential?.test
    }
}
