import Statistics

/// The one JSON object that ends `rote order-test --json`.
///
/// `schema` grows when a key changes its meaning or goes away; new keys may be added without. Absent values are `null`,
/// never missing.
public struct OrderVerdictEvent: Encodable, Sendable {
    /// Version of the keys and their meaning.
    public static let schema = 1

    private let verdict: OrderVerdict
    private let record: OrderRecord

    /// Creates the event of a finished test.
    public init(_ verdict: OrderVerdict, _ record: OrderRecord) {
        self.verdict = verdict
        self.record = record
    }

    private enum CodingKeys: String, CodingKey {
        case event, schema, verdict, evidence, reason, alpha, lnP, p, test, effect, gates, documents, shards
        case incompleteShards, firstPlaces, ordersOfShard, requests, failures, proves, doesNotProve, caveats, model
        case plan, chain, run
    }

    /// Writes the documented keys.
    public func encode(to encoder: any Encoder) throws {
        let plan = record.header.plan
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("order-verdict", forKey: .event)
        try container.encode(Self.schema, forKey: .schema)
        try container.encode(verdict.answer, forKey: .verdict)
        try container.encode(verdict.evidence, forKey: .evidence)
        try container.encode(verdict.reason, forKey: .reason)
        try container.encode(verdict.alpha, forKey: .alpha)
        try container.encode(verdict.test?.pValue, forKey: .lnP)
        try container.encode(verdict.test?.pValue.description, forKey: .p)
        try container.encode(verdict.test, forKey: .test)
        try container.encode(verdict.effect, forKey: .effect)
        try container.encode(verdict.gates, forKey: .gates)
        try container.encode(plan.documents, forKey: .documents)
        try container.encode(verdict.shards, forKey: .shards)
        try container.encode(verdict.incompleteShards, forKey: .incompleteShards)
        try container.encode(verdict.firstPlaces, forKey: .firstPlaces)
        try container.encode(verdict.ordersOfShard, forKey: .ordersOfShard)
        try container.encode(record.sightings.asked.count, forKey: .requests)
        try container.encode(record.sightings.failures, forKey: .failures)
        try container.encode(verdict.proves, forKey: .proves)
        try container.encode(verdict.doesNotProve, forKey: .doesNotProve)
        try container.encode(verdict.caveats, forKey: .caveats)
        try container.encode(plan.model, forKey: .model)
        try container.encode(record.header.planHash, forKey: .plan)
        try container.encode(record.chain, forKey: .chain)
        try container.encode(record.directory, forKey: .run)
    }
}
