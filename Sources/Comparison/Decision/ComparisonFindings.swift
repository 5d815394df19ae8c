import Audit
import Corpus
import Statistics

/// Counts, tests and effects of a comparison.
///
/// Without controls the suspect documents are compared pairwise: McNemar's exact test (1947) on documents that come back
/// from one model only, and a sign-flip test on the differences of scores. With controls both become differences in
/// differences: the documents' differences are compared between the arms by permuting documents within strata, which
/// is exact when documents of the arms are exchangeable, whatever the models and the scale of the scores. α is spent in
/// the fixed parts of the target's plan (Bonferroni): one on extraction, the rest on likelihood.
public struct ComparisonFindings: Sendable {
    /// The scale of scores.
    public let scale: ComparisonScale
    /// The suspect documents.
    public let suspect: PairedCounts
    /// The control documents, if there are any.
    public let control: PairedCounts?
    /// Documents reproduced verbatim.
    public let extraction: ComparedEndpoint
    /// Scores; `nil` when a run has none.
    public let likelihood: ComparedEndpoint?

    /// Compares joined documents.
    ///
    /// - Parameters:
    ///   - documents: The documents of both runs, at least one suspect.
    ///   - plan: The target's plan, whose levels, seed and number of arrangements are used.
    ///   - bootstrap: The number of bootstrap samples behind each interval, at least 100.
    /// - Throws: `StatisticsError` when an arm is empty or a score is not finite.
    /// - Complexity: O(arrangements × documents).
    init(
        _ documents: JoinedDocuments, plan: AuditPlan, bootstrap: Int = MeanDifference.resamples
    ) throws(StatisticsError) {
        let hasControls = plan.control != nil
        scale = documents.scale
        suspect = PairedCounts(documents.suspect)
        control = hasControls ? PairedCounts(documents.control) : nil
        extraction = try Self.extraction(documents, plan, bootstrap)
        likelihood = try Self.likelihood(documents, plan, bootstrap)
    }

    /// What was not seen counts against the suspicion: for suspects as not reproduced by the target and as reproduced
    /// by the reference, for controls the other way round.
    private static func extraction(
        _ documents: JoinedDocuments, _ plan: AuditPlan, _ bootstrap: Int
    ) throws(StatisticsError) -> ComparedEndpoint {
        // A run that may end early and did not spends both halves of the extraction part here: the comparison looks once.
        let level = plan.extractionLevel + (plan.sequentialLevel ?? 0)
        let suspects = documents.suspect.map { Outcome($0.stratum, $0.target.isHit, $0.reference.mayBeHit) }
        guard plan.control != nil else {
            let pairs = try DiscordantPairs(
                targetOnly: Int64(suspects.count { $0.difference > 0 }),
                referenceOnly: Int64(suspects.count { $0.difference < 0 }))
            return ComparedEndpoint(
                test: mcnemarExact(pairs), level: level,
                difference: try MeanDifference(
                    suspect: suspects.map(\.difference), control: nil, resamples: bootstrap, seed: plan.seed),
                targetContrast: nil, documents: [suspects.count])
        }
        let controls = documents.control.map { Outcome($0.stratum, $0.target.mayBeHit, $0.reference.isHit) }
        return try differenceInDifferences(suspects, controls, level: level, plan, bootstrap)
    }

    private static func likelihood(
        _ documents: JoinedDocuments, _ plan: AuditPlan, _ bootstrap: Int
    ) throws(StatisticsError) -> ComparedEndpoint? {
        func outcomes(_ pairs: [JoinedDocuments.Pair]) -> [Outcome] {
            pairs.compactMap { pair in
                pair.scores.map { Outcome(stratum: pair.stratum, target: $0.target, reference: $0.reference) }
            }
        }
        let suspects = outcomes(documents.suspect)
        guard plan.staging != .generationOnly, !suspects.isEmpty else { return nil }
        guard plan.control != nil else {
            let differences = suspects.map(\.difference)
            return ComparedEndpoint(
                test: try signFlipTest(differences, resamples: plan.resamples, seed: plan.seed),
                level: plan.likelihoodLevel,
                difference: try MeanDifference(
                    suspect: differences, control: nil, resamples: bootstrap, seed: plan.seed),
                targetContrast: nil, documents: [suspects.count])
        }
        let controls = outcomes(documents.control)
        guard !controls.isEmpty else { return nil }
        return try differenceInDifferences(suspects, controls, level: plan.likelihoodLevel, plan, bootstrap)
    }

    private static func differenceInDifferences(
        _ suspects: [Outcome], _ controls: [Outcome], level: Double, _ plan: AuditPlan, _ bootstrap: Int
    ) throws(StatisticsError) -> ComparedEndpoint {
        func mean(_ outcomes: [Outcome]) -> Double {
            outcomes.reduce(0) { $0 + $1.target } / Double(max(1, outcomes.count))
        }
        var test = try compareArms(
            suspects, controls, by: \.difference, alternative: .greater, resamples: plan.resamples, seed: plan.seed)
        test.method += " of differences in differences"
        return ComparedEndpoint(
            test: test, level: level,
            difference: try MeanDifference(
                suspect: suspects.map(\.difference), control: controls.map(\.difference), resamples: bootstrap,
                seed: plan.seed),
            targetContrast: mean(suspects) - mean(controls), documents: [suspects.count, controls.count])
    }
}
