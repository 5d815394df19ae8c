import RealModule

/// The place of one planted canary among reference canaries that were drawn with it and not planted.
public struct CanaryRank: Sendable, Hashable, Codable {
    /// 1 for the best; a reference with an equal score is placed before the canary.
    public let rank: Int64
    /// The number of places: the references and the canary.
    public let places: Int64

    /// Takes a rank that was found elsewhere, for example among the orderings of a shard.
    ///
    /// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` unless 1 ≤ rank ≤ places.
    public init(rank: Int64, places: Int64) throws(StatisticsError) {
        guard (1...Proportion.largestTrials).contains(places) else {
            throw .impossibleCount(name: "places", value: places, allowed: 1...Proportion.largestTrials)
        }
        guard (1...places).contains(rank) else {
            throw .impossibleCount(name: "rank", value: rank, allowed: 1...places)
        }
        self.rank = rank
        self.places = places
    }

    /// Ranks a canary by score, higher meaning better known to the model; ties count against it.
    ///
    /// - Throws: ``StatisticsError`` without references or for NaN; infinite scores are ranked.
    public init(canary: Double, references: [Double]) throws(StatisticsError) {
        guard !references.isEmpty else { throw .sampleTooSmall(name: "references", count: 0, minimum: 1) }
        var better: Int64 = 0
        for score in references + [canary] where score.isNaN {
            throw .outOfRange(name: "score", value: score, requirement: "a number")
        }
        for score in references where score >= canary { better += 1 }
        try self.init(rank: better + 1, places: Int64(references.count) + 1)
    }

    /// log₂(places) − log₂(rank), the exposure in bits (Carlini and others, 2019): at most log₂(places).
    public var exposure: Double { .log2(Double(places)) - .log2(Double(rank)) }
}

extension CanaryRank {
    private enum CodingKeys: String, CodingKey { case rank, places }

    /// Reads a rank and checks it as ``init(rank:places:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let rank = try container.decode(Int64.self, forKey: .rank)
        let places = try container.decode(Int64.self, forKey: .places)
        do {
            try self.init(rank: rank, places: places)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .rank, in: container, debugDescription: error.description)
        }
    }
}

/// Tests whether a planted canary is known better than its unplanted siblings.
///
/// p = rank/places = (1 + #{references ≥ canary})/(R + 1): exact, because which of the R + 1 exchangeable canaries was
/// planted is uniformly random. The smallest possible value is 1/(R + 1): use at least 999 references for p ≤ 0.001.
///
/// - Parameters:
///   - canary: The planted canary's score; higher means better known.
///   - references: The scores of the canaries that were drawn from the same generator and not planted.
/// - Returns: The exact result; its statistic is the exposure in bits.
/// - Throws: ``StatisticsError`` without references or for NaN.
public func canaryRankTest(canary: Double, references: [Double]) throws(StatisticsError) -> TestResult {
    let rank = try CanaryRank(canary: canary, references: references)
    let smallest = LogProbability(clamped: -.log(Double(rank.places)))
    return TestResult(
        method: "canary rank test", alternative: .greater, statistic: rank.exposure,
        pValue: LogProbability(clamped: .log(Double(rank.rank) / Double(rank.places))), exactness: .exact,
        sampleSizes: [1, rank.places - 1], warnings: rank.places < 100 ? [.smallestPossible(smallest)] : [])
}
