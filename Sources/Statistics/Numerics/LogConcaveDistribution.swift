import RealModule

/// A distribution on consecutive integers whose weights rise to one mode and fall from it (log-concave weights).
///
/// Its tails are summed outward from the asked cell by the ratio of neighbouring weights, so that a tail of 10⁻⁶¹¹ is
/// as accurate as one of 0.3, and no probability is ever found as one minus another that is close to one.
protocol LogConcaveDistribution {
    /// The integers with positive probability.
    var support: ClosedRange<Int64> { get }
    /// An integer of largest probability.
    var mode: Int64 { get }
    /// ln P(X = k) for k in ``support``.
    func logMass(_ k: Int64) -> Double
    /// P(X = k+1) / P(X = k) for k and k+1 in ``support``.
    func ratio(above k: Int64) -> Double
}

extension LogConcaveDistribution {
    /// ln P(X ≥ k).
    func logUpperTail(_ k: Int64) -> Double {
        if k <= support.lowerBound { return 0 }
        if k > support.upperBound { return -.infinity }
        if k > mode { return logMass(k) + .log(sumUpward(from: k)) }
        return logOneMinusExp(logLowerTail(k - 1))
    }

    /// ln P(X ≤ k).
    func logLowerTail(_ k: Int64) -> Double {
        if k >= support.upperBound { return 0 }
        if k < support.lowerBound { return -.infinity }
        if k < mode { return logMass(k) + .log(sumDownward(from: k)) }
        return logOneMinusExp(logUpperTail(k + 1))
    }

    /// ln (P(X > k) + ½ P(X = k)), the mid-p upper tail.
    func logMidUpperTail(_ k: Int64) -> Double {
        guard support.contains(k) else { return logUpperTail(k) }
        if k > mode { return logMass(k) + .log(sumUpward(from: k) - 0.5) }
        return logOneMinusExp(logMass(k) + .log(sumDownward(from: k) - 0.5))
    }

    /// ln (P(X < k) + ½ P(X = k)), the mid-p lower tail.
    func logMidLowerTail(_ k: Int64) -> Double {
        guard support.contains(k) else { return logLowerTail(k) }
        if k < mode { return logMass(k) + .log(sumDownward(from: k) - 0.5) }
        return logOneMinusExp(logMass(k) + .log(sumUpward(from: k) - 0.5))
    }

    /// Σ P(X = j) / P(X = k) over j ≥ k.
    ///
    /// Call it at or above the mode, where the terms fall.
    func sumUpward(from k: Int64) -> Double {
        sum(from: k, to: support.upperBound, step: 1) { ratio(above: $0) }
    }

    /// Σ P(X = j) / P(X = k) over j ≤ k.
    ///
    /// Call it at or below the mode.
    func sumDownward(from k: Int64) -> Double {
        sum(from: k, to: support.lowerBound, step: -1) { 1 / ratio(above: $0 - 1) }
    }

    /// Adds terms that start at 1 and shrink by `factor`, until what is left cannot change the sum.
    private func sum(from start: Int64, to end: Int64, step: Int64, factor: (Int64) -> Double) -> Double {
        var total = 1.0
        var term = 1.0
        var carry = 0.0
        var k = start
        while k != end {
            let shrink = factor(k)
            term *= shrink
            k += step
            let next = total + term
            carry += (total - next) + term
            total = next
            // Log-concavity: all later terms together are at most term · shrink / (1 − shrink).
            if shrink < 1, term * shrink < 1e-17 * (1 - shrink) * total { break }
        }
        return total + carry
    }

    /// The cells at most as probable as `k`, up to a relative tolerance for ties, as two outward tails.
    ///
    /// - Returns: The largest such cell below the mode's plateau and the smallest above it; `nil` for both when every
    ///   cell qualifies.
    /// - Complexity: O(log width) evaluations of ``logMass(_:)``.
    func cellsAsUnlikely(as k: Int64, tieTolerance: Double) -> (low: Int64?, high: Int64?, isEverything: Bool) {
        let limit = logMass(k) + .log(onePlus: tieTolerance)
        if logMass(mode) <= limit { return (nil, nil, true) }
        var low: Int64?
        if logMass(support.lowerBound) <= limit {
            var inside = support.lowerBound
            var outside = mode
            while outside - inside > 1 {
                let middle = inside + (outside - inside) / 2
                if logMass(middle) <= limit { inside = middle } else { outside = middle }
            }
            low = inside
        }
        var high: Int64?
        if logMass(support.upperBound) <= limit {
            var inside = support.upperBound
            var outside = mode
            while inside - outside > 1 {
                let middle = outside + (inside - outside) / 2
                if logMass(middle) <= limit { inside = middle } else { outside = middle }
            }
            high = inside
        }
        return (low, high, false)
    }

    /// ln P(a cell at most as probable as `k`), the two-sided p-value of Fisher's and of the exact binomial test.
    ///
    /// - Parameter tieTolerance: Cells whose probability exceeds that of `k` by at most this factor count as ties, so
    ///   that rounding cannot split cells which are equally probable in exact arithmetic.
    func logTwoSided(_ k: Int64, tieTolerance: Double) -> Double {
        guard support.contains(k) else { return -.infinity }
        let cells = cellsAsUnlikely(as: k, tieTolerance: tieTolerance)
        if cells.isEverything { return 0 }
        let below = cells.low.map(logLowerTail) ?? -.infinity
        let above = cells.high.map(logUpperTail) ?? -.infinity
        let tails = logAddExp(below, above)
        guard tails > -0.5 else { return tails }
        // More than 60 % of the mass: sum the few likely cells instead, so that ln p near 0 stays accurate.
        let first = cells.low.map { $0 + 1 } ?? support.lowerBound
        let last = cells.high.map { $0 - 1 } ?? support.upperBound
        let fromMode = sumBetween(first, last)
        return logOneMinusExp(logMass(mode) + .log(fromMode))
    }

    /// ln of ``logTwoSided(_:tieTolerance:)``'s probability minus half of the cells tied with `k`.
    func logTwoSidedMid(_ k: Int64, tieTolerance: Double) -> Double {
        guard support.contains(k) else { return -.infinity }
        let mass = logMass(k)
        // The two cells next to the boundary of "at most as probable" are the only ones that can tie with k, plus
        // their neighbours when the mode itself is a plateau.
        let cells = cellsAsUnlikely(as: k, tieTolerance: tieTolerance)
        let candidates = cells.isEverything ? [mode - 1, mode, mode + 1] : [cells.low, cells.high].compactMap { $0 }
        let tied = candidates.filter { support.contains($0) && abs(logMass($0) - mass) <= tieTolerance }
        let whole = Double.exp(logTwoSided(k, tieTolerance: tieTolerance) - mass)
        return mass + .log(whole - 0.5 * Double(tied.count))
    }

    /// Σ P(X = j) / P(mode) over first ≤ j ≤ last, for a range that contains the mode.
    private func sumBetween(_ first: Int64, _ last: Int64) -> Double {
        let upward = sum(from: mode, to: last, step: 1) { ratio(above: $0) }
        let downward = sum(from: mode, to: first, step: -1) { 1 / ratio(above: $0 - 1) }
        return upward + downward - 1
    }
}
