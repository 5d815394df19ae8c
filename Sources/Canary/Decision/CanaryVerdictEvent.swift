import Statistics

/// The one JSON object that ends `rote canary test --json`.
///
/// `schema` grows when a key changes its meaning or goes away; new keys may be added without. Absent values are `null`,
/// never missing.
public struct CanaryVerdictEvent: Encodable, Sendable {
    /// Version of the keys and their meaning.
    public static let schema = 1

    private let verdict: CanaryVerdict
    private let record: CanaryRecord
    private let comparedWithCommitment: Bool

    /// Creates the event of a finished test.
    ///
    /// - Parameters:
    ///   - verdict: The verdict.
    ///   - record: What it rests on.
    ///   - comparedWithCommitment: Whether the secret file was compared with a published commitment.
    public init(_ verdict: CanaryVerdict, _ record: CanaryRecord, comparedWithCommitment: Bool) {
        self.verdict = verdict
        self.record = record
        self.comparedWithCommitment = comparedWithCommitment
    }

    private enum CodingKeys: String, CodingKey {
        case event, schema, verdict, evidence, reason, alpha, levels, lnP, p, test, rankTest, extraction, canaries
        case missing, failures, proves, doesNotProve, caveats, commitment, comparedWithCommitment, bits, model, plan
        case chain, run
    }

    /// Writes the documented keys.
    public func encode(to encoder: any Encoder) throws {
        let plan = record.header.plan
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("canary-verdict", forKey: .event)
        try container.encode(Self.schema, forKey: .schema)
        try container.encode(verdict.answer, forKey: .verdict)
        try container.encode(verdict.evidence, forKey: .evidence)
        try container.encode(verdict.reason, forKey: .reason)
        try container.encode(verdict.levels.alpha, forKey: .alpha)
        try container.encode(
            ["rank": verdict.levels.rank, "extraction": verdict.levels.extraction], forKey: .levels)
        try container.encode(verdict.decisiveTest.pValue, forKey: .lnP)
        try container.encode(verdict.decisiveTest.pValue.description, forKey: .p)
        try container.encode(verdict.decisiveTest.method, forKey: .test)
        try container.encode(verdict.rankTest, forKey: .rankTest)
        try container.encode(verdict.extraction, forKey: .extraction)
        try container.encode(verdict.findings, forKey: .canaries)
        try container.encode(verdict.missing, forKey: .missing)
        try container.encode(record.sightings.failures, forKey: .failures)
        try container.encode(verdict.proves, forKey: .proves)
        try container.encode(verdict.doesNotProve, forKey: .doesNotProve)
        try container.encode(verdict.caveats, forKey: .caveats)
        try container.encode(plan.commitment, forKey: .commitment)
        try container.encode(comparedWithCommitment, forKey: .comparedWithCommitment)
        try container.encode(plan.bits, forKey: .bits)
        try container.encode(plan.model, forKey: .model)
        try container.encode(record.header.planHash, forKey: .plan)
        try container.encode(record.chain, forKey: .chain)
        try container.encode(record.directory, forKey: .run)
    }
}
