import Audit
import Statistics

/// The one JSON object that ends `rote compare --json`.
///
/// `schema` grows when a key changes its meaning or goes away; new keys may be added without. Absent values are `null`,
/// never missing. The answer stands under `answer` and not under `verdict`, so that no reader takes it for a verdict on
/// memorization.
public struct ComparisonEvent: Encodable, Sendable {
    /// Version of the keys and their meaning.
    public static let schema = 1

    private let comparison: ModelComparison

    /// Creates the event of a comparison.
    public init(_ comparison: ModelComparison) { self.comparison = comparison }

    private enum CodingKeys: String, CodingKey {
        case event, schema, claim, answer, evidence, reason, alpha, lnP, p, test, scale, suspect, control, extraction
        case likelihood, gates, proves, doesNotProve, caveats, target, reference
    }

    /// Writes the documented keys.
    public func encode(to encoder: any Encoder) throws {
        let verdict = comparison.verdict
        let findings = comparison.findings
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("comparison", forKey: .event)
        try container.encode(Self.schema, forKey: .schema)
        try container.encode("comparative", forKey: .claim)
        try container.encode(verdict.answer, forKey: .answer)
        try container.encode(verdict.evidence, forKey: .evidence)
        try container.encode(verdict.reason, forKey: .reason)
        try container.encode(comparison.target.plan.alpha, forKey: .alpha)
        try container.encode(comparison.decisiveTest?.pValue, forKey: .lnP)
        try container.encode(comparison.decisiveTest?.pValue.description, forKey: .p)
        try container.encode(comparison.decisiveTest?.method, forKey: .test)
        try container.encode(findings?.scale, forKey: .scale)
        try container.encode(findings.map { CountsEvent(counts: $0.suspect) }, forKey: .suspect)
        try container.encode(findings?.control.map { CountsEvent(counts: $0) }, forKey: .control)
        try container.encode(findings.map { EndpointEvent(endpoint: $0.extraction) }, forKey: .extraction)
        try container.encode(findings?.likelihood.map { EndpointEvent(endpoint: $0) }, forKey: .likelihood)
        try container.encode(comparison.gates, forKey: .gates)
        try container.encode(verdict.proves, forKey: .proves)
        try container.encode(verdict.doesNotProve, forKey: .doesNotProve)
        try container.encode(verdict.caveats, forKey: .caveats)
        try container.encode(RunEvent(run: comparison.target), forKey: .target)
        try container.encode(RunEvent(run: comparison.reference), forKey: .reference)
    }
}

/// The documents of one arm in a ``ComparisonEvent``.
private struct CountsEvent: Encodable {
    let counts: PairedCounts

    private enum CodingKeys: CodingKey {
        case documents, both, targetOnly, referenceOnly, neither, undecided, targetScore, referenceScore
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(counts.documents, forKey: .documents)
        try container.encode(counts.both, forKey: .both)
        try container.encode(counts.targetOnly, forKey: .targetOnly)
        try container.encode(counts.referenceOnly, forKey: .referenceOnly)
        try container.encode(counts.neither, forKey: .neither)
        try container.encode(counts.undecided, forKey: .undecided)
        try container.encode(counts.targetScore, forKey: .targetScore)
        try container.encode(counts.referenceScore, forKey: .referenceScore)
    }
}

/// One test with its effect in a ``ComparisonEvent``.
private struct EndpointEvent: Encodable {
    let endpoint: ComparedEndpoint

    private enum CodingKeys: CodingKey {
        case test, level, holds, difference, interval, confidence, targetContrast, documents
    }

    func encode(to encoder: any Encoder) throws {
        let interval = endpoint.difference.interval
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(endpoint.test, forKey: .test)
        try container.encode(endpoint.level, forKey: .level)
        try container.encode(endpoint.holds, forKey: .holds)
        try container.encode(endpoint.difference.estimate, forKey: .difference)
        try container.encode(interval.map { [$0.lower, $0.upper] }, forKey: .interval)
        try container.encode(interval?.confidence, forKey: .confidence)
        try container.encode(endpoint.targetContrast, forKey: .targetContrast)
        try container.encode(endpoint.documents, forKey: .documents)
    }
}

/// One of the two runs in a ``ComparisonEvent``.
private struct RunEvent: Encodable {
    let run: ComparedRun

    private enum CodingKeys: CodingKey { case run, model, modelSha256, verdict, plan, chain }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run.directory, forKey: .run)
        try container.encode(run.model, forKey: .model)
        try container.encode(run.modelDigest, forKey: .modelSha256)
        try container.encode(run.answer, forKey: .verdict)
        try container.encode(run.planHash, forKey: .plan)
        try container.encode(run.chain, forKey: .chain)
    }
}
