import RealModule

/// The largest probability of a rejection region over the unknown common rate of two arms, as a proven upper bound.
///
/// With both arms at rate p, P(region) = Σₛ Bin(s; N, p) wₛ, where wₛ is the region's probability given s hits in all.
/// In the angle θ with p = sin²θ that mean satisfies |f′| ≤ √N·max w and |f″| ≤ ½√(32N² + 4N/(p(1−p)))·max w, because f′
/// and f″ are means of w times polynomials in s of mean zero and known variance. A third bound is relative, for regions of
/// tiny probability: each Bin(s; N, p) is at most its largest value in the interval. Intervals of θ whose bound cannot
/// beat the best value found are dropped, the others are halved until nothing is left to find or the workload is used
/// up: what is returned is never below the true supremum.
struct NuisanceSupremum {
    /// The relative distance at which the returned bound and the largest value found are close enough.
    static let relativeGap = 1e-12
    /// How many intervals may be pending before the search settles for the looser bound it has.
    static let largestWorkload = 10_000

    /// f at one angle, in two parts: the totals up to ⌊Np⌋ and those above.
    private struct Point {
        var angle: Double
        var centre: Int
        var below: Double
        var above: Double

        var value: Double { below + above }
    }

    private let units: Int
    /// wₛ / max w.
    private let weights: [Double]
    private let highestLogWeight: Double
    /// ln of the binomial weight of s at its own rate s/N.
    private let logPeaks: [Double]
    /// Weight times the exponential of peak.
    private let peakTerms: [Double]

    /// - Parameter logWeights: ln wₛ for s = 0 … N; −∞ where no table of that total is in the region.
    init(logWeights: [Double]) {
        let highest = logWeights.max() ?? -.infinity
        units = logWeights.count - 1
        highestLogWeight = highest
        weights = logWeights.map { highest > -.infinity ? .exp($0 - highest) : 0 }
        let total = Double(logWeights.count - 1)
        let peaks = logWeights.indices.map { (s: Int) -> Double in
            guard s > 0, s < logWeights.count - 1 else { return 0 }
            return logBinomialWeight(x: Double(s), y: total - Double(s), p: Double(s) / total, q: 1 - Double(s) / total)
        }
        logPeaks = peaks
        peakTerms = zip(weights, peaks).map { $0 * .exp($1) }
    }

    /// ln of an upper bound of sup f over `rates`.
    func logUpperBound(over rates: ClosedRange<Double>) -> Double {
        guard highestLogWeight > -.infinity else { return -.infinity }
        let start = Double.asin(rates.lowerBound.squareRoot())
        let end = Double.asin(rates.upperBound.squareRoot())
        let pieces = max(16, Int(Double(units).squareRoot() * 4))
        let points = (0...pieces).map { point(at: start + (end - start) * Double($0) / Double(pieces)) }
        var best = points.reduce(0) { max($0, $1.value) }
        var pending = Array(zip(points, points.dropFirst()))
        var proven = 0.0
        for _ in 0..<60 {
            pending = pending.filter { bound($0.0, $0.1) > best * (1 + Self.relativeGap) }
            guard !pending.isEmpty, pending.count < Self.largestWorkload else { break }
            var halves: [(Point, Point)] = []
            halves.reserveCapacity(2 * pending.count)
            for (left, right) in pending {
                let middle = point(at: 0.5 * (left.angle + right.angle))
                best = max(best, middle.value)
                halves.append((left, middle))
                halves.append((middle, right))
            }
            pending = halves
        }
        for (left, right) in pending { proven = max(proven, bound(left, right)) }
        return highestLogWeight + .log(max(proven, best * (1 + Self.relativeGap)))
    }

    /// Evaluates Σₛ Bin(s; N, sin²θ) wₛ / max w outward from the binomial's mode.
    private func point(at angle: Double) -> Point {
        let (sine, cosine) = (Double.sin(angle), Double.cos(angle))
        let (p, q) = (sine * sine, cosine * cosine)
        if p < 1e-300 { return Point(angle: angle, centre: 0, below: weights[0], above: 0) }
        if q < 1e-30 { return Point(angle: angle, centre: units, below: weights[units], above: 0) }
        let total = Double(units)
        let centre = min(units, Int((total * p).rounded(.down)))
        let (x, y) = (Double(centre), Double(units - centre))
        let start: Double
        if centre == 0 || centre == units {
            start = .exp(centre == 0 ? total * .log(q) : total * .log(p))
        } else {
            let deviation = x * q - y * p
            start = .exp(
                logPeaks[centre] - devianceTerm(observed: x, expected: total * p, deviation: deviation)
                    - devianceTerm(observed: y, expected: total * q, deviation: -deviation))
        }
        var below = start * weights[centre]
        var term = start
        var s = centre
        let inverseOdds = q / p
        while s > 0, term > 1e-300 {
            term *= Double(s) / Double(units - s + 1) * inverseOdds
            s -= 1
            below += term * weights[s]
        }
        var above = 0.0
        term = start
        s = centre
        let odds = p / q
        while s < units, term > 1e-300 {
            term *= Double(units - s) / Double(s + 1) * odds
            s += 1
            above += term * weights[s]
        }
        return Point(angle: angle, centre: centre, below: below, above: above)
    }

    /// An upper bound of f between two points, from their values and the bounds of f′ and f″.
    private func bound(_ left: Point, _ right: Point) -> Double {
        let width = right.angle - left.angle
        let total = Double(units)
        let bySlope = 0.5 * (left.value + right.value + total.squareRoot() * width)
        // Totals below the interval are likeliest at its left end, those above at its right, the others at their own rate.
        let between = peakTerms[(left.centre + 1)..<(right.centre + 1)].reduce(0, +)
        let byPeaks = (left.below + right.above + between) * (1 + 1e-13)
        let spread = min(variance(left.angle), variance(right.angle))
        guard spread > 0 else { return min(bySlope, byPeaks) }
        let curvature = 0.5 * (32 * total * total + 4 * total / spread).squareRoot()
        return min(bySlope, byPeaks, max(left.value, right.value) + curvature * width * width / 8)
    }

    /// p(1 − p) at an angle.
    private func variance(_ angle: Double) -> Double {
        let product = Double.sin(angle) * Double.cos(angle)
        return product * product
    }
}
