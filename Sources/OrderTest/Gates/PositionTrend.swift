import RealModule
import Statistics

/// Whether values rise, fall or cluster along a sequence: what a random order shows by luck only.
struct PositionTrend {
    /// Spearman's rank correlation with the position.
    let trend: Double
    /// Its two-sided p-value, from the exact permutation variance 1/(n − 1) and the normal distribution.
    let trendP: LogProbability
    /// The correlation of each rank with the next one, the last with the first.
    let clustering: Double
    /// The one-sided p-value that neighbours are so much alike, from the exact permutation moments of the circular serial
    /// correlation (Wald and Wolfowitz, 1943) and the normal distribution.
    let clusteringP: LogProbability

    /// Examines a sequence of ranks, equal values having equal ranks.
    ///
    /// - Returns: `nil` for fewer than four values, or where all are equal.
    init?(ranks: [Double]) {
        let n = Double(ranks.count)
        guard ranks.count >= 4 else { return nil }
        let mean = ranks.reduce(0, +) / n
        let x = ranks.map { $0 - mean }
        let s2 = x.reduce(0) { $0 + $1 * $1 }
        guard s2 > 0 else { return nil }
        let s4 = x.reduce(0) { $0 + $1 * $1 * $1 * $1 }
        let middle = (n - 1) / 2
        let cross = x.enumerated().reduce(0) { $0 + (Double($1.offset) - middle) * $1.element }
        trend = cross / (s2 * n * (n * n - 1) / 12).squareRoot()
        let first = abs(trend) * (n - 1).squareRoot()
        trendP = Self.upperTail(first, sides: 2)
        let serial = x.indices.reduce(0) { $0 + x[$1] * x[$1 + 1 == x.count ? 0 : $1 + 1] }
        let expected = -s2 / (n - 1)
        let variance =
            (s2 * s2 - s4) / (n - 1) + (s2 * s2 - 2 * s4) / ((n - 1) * (n - 2)) - s2 * s2 / ((n - 1) * (n - 1))
        clustering = serial / s2
        clusteringP = variance > 0 ? Self.upperTail((serial - expected) / variance.squareRoot(), sides: 1) : .certain
    }

    private static func upperTail(_ z: Double, sides: Double) -> LogProbability {
        let p = min(1, sides * 0.5 * .erfc(z / 2.0.squareRoot()))
        // Beyond the range of erfc any number will do: the gate has failed long before.
        return (try? LogProbability(p > 0 ? p : .leastNormalMagnitude)) ?? .certain
    }

    /// Ranks of things by an order; things of which neither precedes the other share the mean of their ranks.
    static func ranks<Value>(_ values: [Value], by precedes: (Value, Value) -> Bool) -> [Double] {
        let order = values.indices.sorted {
            if precedes(values[$0], values[$1]) { return true }
            return precedes(values[$1], values[$0]) ? false : $0 < $1
        }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, !precedes(values[order[start]], values[order[end + 1]]) { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
            start = end + 1
        }
        return ranks
    }
}
