import Corpus
import Statistics

/// The one JSON object that ends `rote audit --json` and `rote analyze --json`.
///
/// `schema` grows when a key changes its meaning or goes away; new keys may be added without. Absent values are `null`,
/// never missing.
public struct VerdictEvent: Encodable, Sendable {
    /// Version of the keys and their meaning.
    public static let schema = 1

    private let summary: AnalysisSummary
    private let run: String
    private let chain: String

    /// Creates the event of an analysed run.
    public init(_ analysis: Analysis) {
        summary = analysis.summary
        run = analysis.record.directory
        chain = analysis.record.chain
    }

    private enum CodingKeys: String, CodingKey {
        case event, schema, verdict, evidence, reason, alpha, delta, upperBound, levels, lnP, p, test, suspect, control
        case effect, tests, elicitation, windows, gates, proves, doesNotProve, groupField, groups, requests, model
        case plan, chain, run, sequential, savings, learning, testLift
    }

    /// Writes the documented keys.
    public func encode(to encoder: any Encoder) throws {
        let decision = summary.decision
        let plan = summary.plan
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("verdict", forKey: .event)
        try container.encode(Self.schema, forKey: .schema)
        try container.encode(decision.verdict.answer, forKey: .verdict)
        try container.encode(decision.verdict.evidence, forKey: .evidence)
        try container.encode(decision.verdict.reason, forKey: .reason)
        try container.encode(plan.alpha, forKey: .alpha)
        try container.encode(plan.delta, forKey: .delta)
        try container.encode(decision.upperBound, forKey: .upperBound)
        try container.encode(
            [
                "sequential": plan.sequentialLevel, "extraction": plan.extractionLevel,
                "likelihood": plan.likelihoodLevel,
            ], forKey: .levels)
        try container.encode(decision.decisiveTest?.pValue, forKey: .lnP)
        try container.encode(decision.decisiveTest?.pValue.description, forKey: .p)
        try container.encode(decision.decisiveTest?.method, forKey: .test)
        try container.encode(VerdictRate(decision.suspect), forKey: .suspect)
        try container.encode(decision.control.map(VerdictRate.init), forKey: .control)
        try container.encode(decision.effect.map(VerdictEffect.init), forKey: .effect)
        try container.encode(
            [
                "sequential": decision.sequential?.test, "extraction": decision.extraction,
                "likelihood": decision.likelihood,
            ], forKey: .tests)
        try container.encode(decision.sequential.map(VerdictSequential.init), forKey: .sequential)
        try container.encode(summary.savings, forKey: .savings)
        try container.encode(plan.elicitationName, forKey: .elicitation)
        try container.encode(plan.learning, forKey: .learning)
        try container.encode(summary.testLift, forKey: .testLift)
        try container.encode(
            [
                "prefix": plan.shape.prefixTokens, "suffix": plan.shape.suffixTokens,
                "perDocument": plan.windowsPerDocument, "scored": plan.scoredTokens,
            ], forKey: .windows)
        try container.encode(summary.gates, forKey: .gates)
        try container.encode(decision.verdict.proves, forKey: .proves)
        try container.encode(decision.verdict.doesNotProve, forKey: .doesNotProve)
        try container.encode(summary.groupField, forKey: .groupField)
        try container.encode(summary.groups.map(VerdictGroup.init), forKey: .groups)
        try container.encode(summary.requests, forKey: .requests)
        try container.encode(plan.model, forKey: .model)
        try container.encode(summary.planHash, forKey: .plan)
        try container.encode(chain, forKey: .chain)
        try container.encode(run, forKey: .run)
    }
}

/// The course of the sequential test in a ``VerdictEvent``.
private struct VerdictSequential: Encodable {
    let pairs: Int
    let pairsPlanned: Int
    let hasStopped: Bool
    let lnE: Double?

    init(_ sequential: Decision.Sequential) {
        pairs = sequential.pairs
        pairsPlanned = sequential.pairsPlanned
        hasStopped = sequential.hasStopped
        lnE = sequential.test.statistic
    }
}

/// One arm or group in a ``VerdictEvent``.
private struct VerdictRate: Encodable {
    let arm: ArmSummary

    init(_ arm: ArmSummary) { self.arm = arm }

    private enum CodingKeys: CodingKey {
        case documents, hits, rate, interval, confidence, windows, reproducedWindows, extractableWindows, failures
        case meanLn
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(arm.documents, forKey: .documents)
        try container.encode(arm.hits, forKey: .hits)
        try container.encode(arm.rate, forKey: .rate)
        try container.encode([arm.interval.lower, arm.interval.upper], forKey: .interval)
        try container.encode(arm.interval.confidence, forKey: .confidence)
        try container.encode(arm.windows, forKey: .windows)
        try container.encode(arm.reproducedWindows, forKey: .reproducedWindows)
        try container.encode(arm.extractableWindows, forKey: .extractableWindows)
        try container.encode(arm.failures, forKey: .failures)
        try container.encode(arm.meanLn, forKey: .meanLn)
    }
}

/// The difference between the arms in a ``VerdictEvent``.
private struct VerdictEffect: Encodable {
    let effect: Decision.Effect

    init(_ effect: Decision.Effect) { self.effect = effect }

    private enum CodingKeys: CodingKey { case rateDifference, interval, confidence, meanLnDifference }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(effect.rateDifference, forKey: .rateDifference)
        try container.encode([effect.interval.lower, effect.interval.upper], forKey: .interval)
        try container.encode(effect.interval.confidence, forKey: .confidence)
        try container.encode(effect.meanLnDifference, forKey: .meanLnDifference)
    }
}

/// One row of the table by a metadata field in a ``VerdictEvent``.
private struct VerdictGroup: Encodable {
    let arm: Arm
    let value: String
    let rate: VerdictRate

    init(_ row: GroupRow) {
        arm = row.arm
        value = row.value
        rate = VerdictRate(row.summary)
    }
}
