import Audit
import Corpus
import Statistics

/// Makes the verdicts of simulated runs.
///
/// The running evidence is always the program's own. The tests at the end are the program's own functions, but Boschloo's
/// test is not made twice for one table, and the permutation test stops when it cannot reject any more. That short way
/// is compared with `Decision` itself in the first runs of every scenario and, in a null table, wherever it says
/// `memorized`; so that no accusation is counted that the decision did not make.
struct Judge {
    /// What one run came to.
    struct Finding: Equatable {
        /// What `memorized` rests on, `none` for any other verdict.
        let evidence: Verdict.Evidence
        /// Number of documents sent.
        let documents: Int
    }

    private let procedures: [Procedure]
    private let setting: String
    private let hasScores: Bool
    private let compared: Int
    private let comparesEveryAccusation: Bool
    private var exactTests = ExactTestCache()

    /// - Parameters:
    ///   - procedures: The audits that are made with every run's data.
    ///   - scenario: What is true in the runs.
    ///   - compared: Number of first runs in which every verdict is compared with the decision's.
    ///   - comparesEveryAccusation: Whether `memorized` is compared in the other runs too.
    init(_ procedures: [Procedure], of scenario: Scenario, compared: Int, comparesEveryAccusation: Bool) {
        self.procedures = procedures
        self.setting = scenario.title
        self.hasScores = scenario.hasScores
        self.compared = compared
        self.comparesEveryAccusation = comparesEveryAccusation
    }

    /// Judges a run by every procedure, in their order.
    ///
    /// - Throws: ``CalibrationError``, also where the short way and the decision differ.
    mutating func findings(_ run: SimulatedRun, number: Int) throws(CalibrationError) -> [Finding] {
        do {
            return try judged(run, number: number)
        } catch let error as CalibrationError {
            throw error
        } catch let error as StatisticsError {
            throw .statistics(error)
        } catch {
            throw .harness("\(error)")
        }
    }

    private mutating func judged(_ run: SimulatedRun, number: Int) throws -> [Finding] {
        let plans = try procedures.map { try $0.plan(run, hasScores: hasScores) }
        let extraction = try exactTests.test(run.outcomes)
        let highestLevel = plans.map(\.likelihoodLevel).max() ?? 0
        let likelihood = hasScores ? try StagedLikelihoodTest.test(run, highestLevel: highestLevel) : nil
        return try zip(procedures, plans).map { procedure, plan in
            let (evidence, sent) = try evidence(run, plan)
            let shown: Verdict.Evidence
            if evidence?.hasStopped ?? false {
                shown = .extraction
            } else if let extraction, extraction.rejects(at: plan.extractionLevel) {
                shown = .extraction
            } else if let likelihood, likelihood.rejects(at: plan.likelihoodLevel) {
                shown = .likelihood
            } else {
                shown = .none
            }
            if number < compared || (comparesEveryAccusation && shown != .none) {
                let decision = try Decision(
                    plan: plan, outcomes: Self.counted(run, evidence), evidence: evidence, gates: [])
                let decided = decision.verdict.answer == .memorized ? decision.verdict.evidence : .none
                guard decided == shown else {
                    throw CalibrationError.shortcutDiffers(
                        setting: setting, run: number, procedure: procedure, shortcut: shown.rawValue,
                        decision: decided.rawValue)
                }
            }
            return Finding(evidence: shown, documents: sent)
        }
    }

    /// The running evidence, or `nil` for a run that does not end early, and the number of documents that were sent.
    private func evidence(_ run: SimulatedRun, _ plan: AuditPlan) throws -> (PairedEvidence?, sent: Int) {
        let order = zip(run.outcomes, run.pairOf).map { outcome, pair in
            (
                document: ArmedDocument(arm: outcome.arm, document: outcome.document), pair: pair,
                windows: outcome.windows
            )
        }
        guard var evidence = try PairedEvidence(plan: plan, documents: order) else { return (nil, run.outcomes.count) }
        var sent = 0
        for outcome in run.outcomes {
            if evidence.hasStopped { break }
            evidence.add(outcome)
            sent += 1
        }
        return (evidence, sent)
    }

    /// The outcomes that the decision looks at.
    private static func counted(_ run: SimulatedRun, _ evidence: PairedEvidence?) -> [DocumentOutcome] {
        guard let evidence, evidence.hasStopped else { return run.outcomes }
        return zip(run.outcomes, run.pairOf).compactMap { outcome, pair in
            pair.flatMap { $0 < evidence.pairsUsed ? outcome : nil }
        }
    }
}
