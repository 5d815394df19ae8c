import Audit
import Corpus
import Inference
import PrefixLearning
import Randomness
import Statistics

/// How an audit is made that the simulated runs belong to.
struct Procedure: Hashable {
    /// The error probability of the whole audit.
    let alpha: Double
    /// Whether the run may end early.
    let stopping: Stopping

    /// The random arrangements of the permutation test: enough for half of the smallest ``alpha`` that is measured.
    static let resamples = 1_999

    /// The plan of one run.
    ///
    /// - Throws: ``CalibrationError`` when the windows' shape is void.
    func plan(_ run: SimulatedRun, hasScores: Bool) throws(CalibrationError) -> AuditPlan {
        guard let shape = WindowShape(prefixTokens: 50, suffixTokens: 50) else {
            throw .harness("the windows' shape is void")
        }
        func arm(_ arm: Arm) -> AuditPlan.ArmPlan {
            let members = run.outcomes.filter { $0.arm == arm }
            return AuditPlan.ArmPlan(
                documents: members.count, windows: members.reduce(0) { $0 + $1.windows }, sha256: "")
        }
        let options = AuditOptions()
        return AuditPlan(
            alpha: alpha, extractionShare: options.extractionShare, delta: options.delta, shape: shape,
            windowsPerDocument: run.outcomes.map(\.windows).max() ?? 1, scoredTokens: options.scoredTokens,
            stopping: stopping, bet: .standard, pairs: run.pairs,
            staging: hasScores ? .staged : .generationOnly, extractability: .standard,
            elicitations: [.none(leading: [])], strictness: .fast, seed: run.seed, resamples: Self.resamples,
            suspect: arm(.suspect), control: arm(.control), model: "simulated", probes: "")
    }
}
