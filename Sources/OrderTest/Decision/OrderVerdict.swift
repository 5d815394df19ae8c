import Statistics

/// What a test of the published order shows.
public struct OrderVerdict: Sendable, Hashable, Encodable {
    /// The possible answers; that a model has not seen the corpus is not one of them.
    public enum Answer: String, Sendable, Hashable, Codable {
        /// The model prefers the published order.
        case memorized
        /// That could not be shown.
        case inconclusive
        /// The order is not one that a test can rest on.
        case invalid
    }

    /// What kind of evidence an answer rests on.
    public enum Evidence: String, Sendable, Hashable, Codable {
        /// The model finds documents easier after those that they follow in the published order.
        case order
        /// The answer rests on no test.
        case none
    }

    /// The answer.
    public let answer: Answer
    /// What it rests on.
    public let evidence: Evidence
    /// Probability of calling an innocent model guilty, at most.
    public let alpha: Double
    /// The exact test; `nil` where no shard has all its scores, the questions are not all asked, or a gate failed.
    public let test: TestResult?
    /// How large the effect is, where there is a test.
    public let effect: OrderEffect?
    /// What the order itself says about whether it can have been drawn at random.
    public let gates: [OrderGate]
    /// Shards that were tested.
    public let shards: Int
    /// Shards that lack a score and so say nothing.
    public let incompleteShards: Int
    /// Shards whose published order is better than every other one.
    public let firstPlaces: Int
    /// Orders of one shard.
    public let ordersOfShard: Int
    /// Why it is this answer, in one sentence.
    public let reason: String
    /// What is shown, if the assumptions hold.
    public let proves: String
    /// What is not shown.
    public let doesNotProve: String
    /// What a reader must know beside that.
    public let caveats: [String]

    /// Decides.
    ///
    /// A shard that lacks a score takes no part. Which questions fail may depend on the documents and on the moment, but
    /// neither they nor their order tell what the published order is, so a valid p-value stays valid.
    ///
    /// - Parameters:
    ///   - header: Plan, gates and shards.
    ///   - sightings: What was seen of them.
    /// - Throws: ``OrderTestError/statistics(_:)``.
    init(_ header: OrderRunHeader, _ sightings: OrderSightings) throws(OrderTestError) {
        let plan = header.plan
        let isFinished = sightings.asked.count >= plan.questions
        let passes = header.gates.allSatisfy(\.passed)
        var scores: [ShardScores] = []
        for (number, shard) in header.shards.enumerated() {
            guard let fit = sightings.fit(ofShard: number) else { continue }
            scores.append(ShardScores(fit: fit, published: shard.published))
        }
        let counts = passes && isFinished && !scores.isEmpty
        let totals = counts ? scores.map(\.totals) : []
        do throws(StatisticsError) {
            test = counts ? try arrangementSumTest(totals) : nil
        } catch {
            throw .statistics(error.description)
        }
        effect = counts ? OrderEffect(scores.map(\.lift)) : nil
        firstPlaces = totals.count { shard in
            shard.ofOrders.enumerated().allSatisfy {
                $0.offset == shard.published || $0.element < shard.ofOrders[shard.published]
            }
        }
        ordersOfShard = (1...plan.places).reduce(1, *)
        alpha = plan.alpha
        gates = header.gates
        shards = header.shards.count
        incompleteShards = isFinished ? header.shards.count - scores.count : 0
        if !passes {
            (answer, evidence) = (.invalid, .none)
        } else if let test, test.pValue.value <= plan.alpha {
            (answer, evidence) = (.memorized, .order)
        } else {
            (answer, evidence) = (.inconclusive, .none)
        }
        let words = OrderWording(header, sightings)
        reason = words.reason(
            gates: gates, test: test, effect: effect, firstPlaces: firstPlaces, ordersOfShard: ordersOfShard,
            complete: scores.count)
        proves = words.proves(answer)
        doesNotProve = words.doesNotProve(answer)
        caveats = words.caveats(answer, incompleteShards: incompleteShards)
    }

    private enum CodingKeys: CodingKey {
        case answer, evidence, alpha, test, effect, gates, shards, incompleteShards, firstPlaces, ordersOfShard, reason
        case proves, doesNotProve, caveats
    }

    /// Writes the verdict with everything that it rests on; absent values are `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(answer, forKey: .answer)
        try container.encode(evidence, forKey: .evidence)
        try container.encode(alpha, forKey: .alpha)
        try container.encode(test, forKey: .test)
        try container.encode(effect, forKey: .effect)
        try container.encode(gates, forKey: .gates)
        try container.encode(shards, forKey: .shards)
        try container.encode(incompleteShards, forKey: .incompleteShards)
        try container.encode(firstPlaces, forKey: .firstPlaces)
        try container.encode(ordersOfShard, forKey: .ordersOfShard)
        try container.encode(reason, forKey: .reason)
        try container.encode(proves, forKey: .proves)
        try container.encode(doesNotProve, forKey: .doesNotProve)
        try container.encode(caveats, forKey: .caveats)
    }
}
