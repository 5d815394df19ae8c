import Corpus
import Statistics

/// The one JSON object that ends `rote audit --json` and `rote analyze --json`.
///
/// `schema` grows when a key changes its meaning or goes away; new keys may be added without.
public struct VerdictEvent: Encodable, Sendable {
    /// Version of the keys and their meaning.
    public static let schema = 1

    private let summary: AnalysisSummary
    private let run: String

    /// Creates the event of a run.
    public init(_ summary: AnalysisSummary, run: String) {
        self.summary = summary
        self.run = run
    }

    private enum CodingKeys: String, CodingKey {
        case event, schema, verdict, evidence, reason, alpha, delta, lnP, p, test, suspect, control, effect, tests
        case elicitation, windows, gates, proves, doesNotProve, groups, requests, model, plan, run
    }

    private struct Windows: Encodable {
        let prefix: Int
        let suffix: Int
    }

    private struct Rate: Encodable {
        let documents: Int
        let hits: Int
        let rate: Double
        let interval: [Double]
        let confidence: Double
        let windows: Int
        let reproducedWindows: Int
        let extractableWindows: Int
        let failures: Int
        let meanLn: Double?

        init(_ arm: ArmSummary) {
            documents = arm.documents
            hits = arm.hits
            rate = arm.rate
            interval = [arm.interval.lower, arm.interval.upper]
            confidence = arm.interval.confidence
            windows = arm.windows
            reproducedWindows = arm.reproducedWindows
            extractableWindows = arm.extractableWindows
            failures = arm.failures
            meanLn = arm.meanLn
        }
    }

    private struct Effect: Encodable {
        let rateDifference: Double
        let interval: [Double]
        let confidence: Double
        let meanLnDifference: Double?
    }

    private struct Group: Encodable {
        let arm: String
        let value: String
        let rate: Rate
    }

    /// Writes the documented keys; absent values are `null`, never missing.
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
        try container.encode(decision.decisiveTest?.pValue, forKey: .lnP)
        try container.encode(decision.decisiveTest?.pValue.description, forKey: .p)
        try container.encode(decision.decisiveTest?.method, forKey: .test)
        try container.encode(Rate(decision.suspect), forKey: .suspect)
        try container.encode(decision.control.map(Rate.init), forKey: .control)
        try container.encode(
            decision.effect.map {
                Effect(
                    rateDifference: $0.rateDifference, interval: [$0.interval.lower, $0.interval.upper],
                    confidence: $0.interval.confidence, meanLnDifference: $0.meanLnDifference)
            }, forKey: .effect)
        try container.encode(
            ["extraction": decision.extraction, "likelihood": decision.likelihood], forKey: .tests)
        try container.encode(plan.elicitation.id, forKey: .elicitation)
        try container.encode(
            Windows(prefix: plan.shape.prefixTokens, suffix: plan.shape.suffixTokens), forKey: .windows)
        try container.encode(summary.gates, forKey: .gates)
        try container.encode(decision.verdict.proves, forKey: .proves)
        try container.encode(decision.verdict.doesNotProve, forKey: .doesNotProve)
        try container.encode(
            summary.groups.map { Group(arm: $0.arm.rawValue, value: $0.value, rate: Rate($0.summary)) },
            forKey: .groups)
        try container.encode(summary.requests, forKey: .requests)
        try container.encode(plan.model, forKey: .model)
        try container.encode(summary.planHash, forKey: .plan)
        try container.encode(run, forKey: .run)
    }
}
