/// A count of hits out of a number of independent trials, at least one.
public struct Proportion: Sendable, Hashable {
    /// The number of trials with the outcome that is counted.
    public let hits: Int64
    /// The number of trials.
    public let trials: Int64

    /// The largest number of trials accepted, 10¹²: far beyond any corpus, and safe in every intermediate product.
    public static let largestTrials: Int64 = 1_000_000_000_000

    /// Checks and takes the two counts.
    ///
    /// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` when `trials` is not in
    ///   1 … ``largestTrials`` or `hits` is not in 0 … `trials`.
    public init(hits: Int64, trials: Int64) throws(StatisticsError) {
        guard (1...Self.largestTrials).contains(trials) else {
            throw .impossibleCount(name: "trials", value: trials, allowed: 1...Self.largestTrials)
        }
        guard (0...trials).contains(hits) else {
            throw .impossibleCount(name: "hits", value: hits, allowed: 0...trials)
        }
        self.hits = hits
        self.trials = trials
    }

    /// The trials without the outcome.
    public var misses: Int64 { trials - hits }
    /// hits / trials.
    public var rate: Double { Double(hits) / Double(trials) }
}

extension Proportion: Codable {
    private enum CodingKeys: String, CodingKey { case hits, trials }

    /// Reads the two counts and checks them as ``init(hits:trials:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let hits = try container.decode(Int64.self, forKey: .hits)
        let trials = try container.decode(Int64.self, forKey: .trials)
        do {
            try self.init(hits: hits, trials: trials)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .hits, in: container, debugDescription: error.description)
        }
    }

    /// Writes the two counts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hits, forKey: .hits)
        try container.encode(trials, forKey: .trials)
    }
}
