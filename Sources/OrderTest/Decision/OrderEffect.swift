import RealModule

/// How much easier a document is to go on with after its published neighbour than after another document of its shard.
public struct OrderEffect: Sendable, Hashable, Encodable {
    /// Mean over the shards, in nats per pair of neighbours.
    public let lift: Double
    /// Lower end of the 95 % interval; `nil` with fewer than three shards.
    public let lower: Double?
    /// Upper end of the 95 % interval; `nil` with fewer than three shards.
    public let upper: Double?

    /// Averages over shards.
    ///
    /// Mean ± t·s/√M with M − 1 degrees of freedom: a large-sample interval for display; the test does not use it.
    ///
    /// - Returns: `nil` without shards.
    init?(_ lifts: [Double]) {
        guard !lifts.isEmpty else { return nil }
        let count = Double(lifts.count)
        let mean = lifts.reduce(0, +) / count
        lift = mean
        guard lifts.count >= 3 else {
            (lower, upper) = (nil, nil)
            return
        }
        let variance = lifts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let reach = Self.tQuantile(degreesOfFreedom: count - 1) * (variance / count).squareRoot()
        (lower, upper) = (mean - reach, mean + reach)
    }

    /// The 97.5 % quantile of Student's t: exact for 2 degrees of freedom, else by its expansion in the normal quantile
    /// (Abramowitz and Stegun, 1964, 26.7.5), which is right to 1 % from 3 degrees on.
    static func tQuantile(degreesOfFreedom n: Double) -> Double {
        if n <= 2 { return 4.302652729911275 }
        let z = 1.959963984540054
        let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
    }

    private enum CodingKeys: CodingKey { case lift, lower, upper }

    /// Writes the effect; absent ends are `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lift, forKey: .lift)
        try container.encode(lower, forKey: .lower)
        try container.encode(upper, forKey: .upper)
    }
}
