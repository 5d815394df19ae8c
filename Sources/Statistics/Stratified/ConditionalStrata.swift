import RealModule

/// The distribution of all suspect hits together, given the margins of every stratum.
///
/// Without strata it is hypergeometric; with strata the convolution of one hypergeometric per stratum. At an odds ratio
/// other than 1, common to all strata, the same cells are weighted by its powers.
struct ConditionalStrata {
    private let strata: [HypergeometricDistribution]
    /// The observed suspect hits of all strata.
    let observed: Int64
    /// The possible sums.
    let support: ClosedRange<Int64>

    /// How many multiplications a convolution may take before it counts as too large.
    static let largestWork = 4e9

    init(_ tables: [Table2x2]) {
        strata = tables.map(\.conditional)
        observed = tables.reduce(0) { $0 + $1.suspect.hits }
        support =
            strata.reduce(0) { $0 + $1.support.lowerBound }...strata.reduce(0) { $0 + $1.support.upperBound }
    }

    /// Sums near one cell under the tilt that makes it central, from which untilted logarithms are read.
    struct View {
        fileprivate let first: Int64
        fileprivate let masses: [Double]
        fileprivate let logOdds: Double
        fileprivate let modes: Int64
        fileprivate let logNormaliser: Double

        /// The sums the view covers.
        var cells: ClosedRange<Int64> { first...(first + Int64(masses.count) - 1) }

        /// ln P(S = k) at odds ratio 1, −∞ outside the view.
        func logMass(_ k: Int64) -> Double {
            guard cells.contains(k) else { return -.infinity }
            return .log(masses[Int(k - first)]) + logNormaliser + Double(modes - k) * logOdds
        }

        /// ln Σ P(S = j) exp((j − k)·shift) over j ≥ k, and the mean of j − k under those weights.
        func upward(from k: Int64, shift: Double) -> (log: Double, mean: Double) {
            outward(from: k, cells: k <= cells.upperBound ? Array(k...cells.upperBound) : [], shift: shift)
        }

        /// The same over j ≤ k.
        func downward(from k: Int64, shift: Double) -> (log: Double, mean: Double) {
            outward(from: k, cells: k >= cells.lowerBound ? (cells.lowerBound...k).reversed() : [], shift: shift)
        }

        private func outward(from k: Int64, cells: [Int64], shift: Double) -> (log: Double, mean: Double) {
            var sum = CompensatedSum()
            var moment = CompensatedSum()
            for j in cells {
                let weight = masses[Int(j - first)] * .exp(Double(j - k) * (shift - logOdds))
                sum.add(weight)
                moment.add(weight * Double(j - k))
            }
            guard sum.value > 0 else { return (-.infinity, 0) }
            return (.log(sum.value) + logNormaliser + Double(modes - k) * logOdds, moment.value / sum.value)
        }
    }

    /// Mean, variance and ln Σ P(S = j) exp((j − modes)·logOdds), without convolving.
    struct Moments {
        let modes: Int64
        let meanOffset: Double
        let variance: Double
        let logNormaliser: Double

        /// The mean of S − k.
        func mean(from k: Int64) -> Double { Double(modes - k) + meanOffset }
        /// ln Σ P(S = j) exp((j − k)·logOdds).
        func logNormaliser(from k: Int64, logOdds: Double) -> Double { logNormaliser + Double(modes - k) * logOdds }
    }

    func moments(logOdds: Double) -> Moments {
        let windows = strata.map { TiltedWindow($0, logOdds: logOdds) }
        return Moments(
            modes: windows.reduce(0) { $0 + $1.mode },
            meanOffset: windows.map(\.meanOffset).compensatedSum,
            variance: windows.map(\.variance).compensatedSum,
            logNormaliser: windows.map(\.logNormaliser).compensatedSum)
    }

    /// The log odds ratio at which the mean of the sum is `k` − `offset`: at offset 0 the maximum likelihood estimate.
    ///
    /// Newton's method inside a bracket that is doubled until it holds the root.
    func logOdds(meanAt k: Int64, offset: Double = 0) throws(StatisticsError) -> Double {
        func gap(_ logOdds: Double) -> (value: Double, slope: Double) {
            let moments = moments(logOdds: logOdds)
            return (moments.mean(from: k) + offset, moments.variance)
        }
        var low = -1.0
        while gap(low).value > 0 {
            low *= 2
            if low < -700 { throw .noConvergence(function: "conditional odds ratio", arguments: [Double(k)]) }
        }
        var high = 1.0
        while gap(high).value < 0 {
            high *= 2
            if high > 700 { throw .noConvergence(function: "conditional odds ratio", arguments: [Double(k)]) }
        }
        var root = 0.5 * (low + high)
        for _ in 0..<200 {
            let (value, slope) = gap(root)
            if value > 0 { high = root } else { low = root }
            let step = value / slope
            let next = root - step
            if abs(step) <= 1e-15 * max(1, abs(root)) || value == 0 { return next.isFinite ? next : root }
            root = next > low && next < high ? next : 0.5 * (low + high)
            if high - low <= 4e-16 * max(1, abs(root)) { return root }
        }
        return root
    }

    /// The view centred on `k`; at an end of the support that one cell alone.
    func view(centredOn k: Int64) throws(StatisticsError) -> View {
        if k == support.lowerBound || k == support.upperBound {
            let isLow = k == support.lowerBound
            let log = strata.map { $0.logMass(isLow ? $0.support.lowerBound : $0.support.upperBound) }.compensatedSum
            return View(first: k, masses: [1], logOdds: 0, modes: k, logNormaliser: log)
        }
        return try view(logOdds: logOdds(meanAt: k))
    }

    /// Throws when the convolution of all strata would take too long, judged by 24 standard deviations each.
    func requireManageableSize() throws(StatisticsError) {
        var work = 0.0
        var width = 1.0
        for stratum in strata {
            let total = Double(stratum.population)
            let (drawn, marked) = (Double(stratum.drawn) / total, Double(stratum.marked) / total)
            let variance = total * drawn * (1 - drawn) * marked * (1 - marked)
            let cells = Double(stratum.support.upperBound - stratum.support.lowerBound) + 1
            let own = min(cells, 24 * variance.squareRoot() + 40)
            if width > 1 { work += width * own }
            width += own
        }
        if work > Self.largestWork {
            throw .outOfRange(name: "convolution size", value: work, requirement: "at most \(Self.largestWork)")
        }
    }

    /// The view under a given log odds ratio.
    func view(logOdds: Double) throws(StatisticsError) -> View {
        let windows = strata.map { TiltedWindow($0, logOdds: logOdds) }
        // Narrow windows first, so that the running result stays short.
        var total: [Double] = [1]
        var first: Int64 = 0
        for window in windows.sorted(by: { $0.masses.count < $1.masses.count }) {
            total = convolve(total, window.masses)
            first += window.first
        }
        return View(
            first: first, masses: total, logOdds: logOdds, modes: windows.reduce(0) { $0 + $1.mode },
            logNormaliser: windows.map(\.logNormaliser).compensatedSum)
    }

    private func convolve(_ left: [Double], _ right: [Double]) -> [Double] {
        if left.count == 1 { return right.map { $0 * left[0] } }
        if right.count == 1 { return left.map { $0 * right[0] } }
        var result = [Double](repeating: 0, count: left.count + right.count - 1)
        result.withUnsafeMutableBufferPointer { result in
            for (i, weight) in left.enumerated() {
                for j in right.indices { result[i + j] += weight * right[j] }
            }
        }
        return result
    }
}

extension ConditionalStrata {
    /// ln P(S ≥ k) at odds ratio 1.
    func logUpperTail(_ k: Int64) throws(StatisticsError) -> Double {
        if k <= support.lowerBound { return 0 }
        if k > support.upperBound { return -.infinity }
        guard moments(logOdds: 0).mean(from: k) < 0 else { return logOneMinusExp(try logLowerTail(k - 1)) }
        return try view(centredOn: k).upward(from: k, shift: 0).log
    }

    /// ln P(S ≤ k) at odds ratio 1.
    func logLowerTail(_ k: Int64) throws(StatisticsError) -> Double {
        if k >= support.upperBound { return 0 }
        if k < support.lowerBound { return -.infinity }
        guard moments(logOdds: 0).mean(from: k) >= 0 else { return logOneMinusExp(try logUpperTail(k + 1)) }
        return try view(centredOn: k).downward(from: k, shift: 0).log
    }

    /// ln P(a sum at most as probable as the observed one) at odds ratio 1.
    func logTwoSided() throws(StatisticsError) -> Double {
        if support.lowerBound == support.upperBound { return 0 }
        let centre = try view(logOdds: 0)
        let tie = Double.log(onePlus: tieTolerance)
        if centre.logMass(observed) > -41 {
            // The centre holds all but 10⁻³¹ of the mass: sort its cells into likelier ones and the rest.
            let limit = centre.logMass(observed) + tie
            let (rest, likelier) = centre.cells.map(centre.logMass).reduce(into: ([Double](), [Double]())) {
                if $1 <= limit { $0.0.append($1) } else { $0.1.append($1) }
            }
            let ln = logSumExp(rest)
            return ln < -0.5 ? ln : logOneMinusExp(logSumExp(likelier))
        }
        let limit = try view(centredOn: observed).logMass(observed) + tie
        let isAbove = moments(logOdds: 0).mean(from: observed) < 0
        let near = isAbove ? try logUpperTail(observed) : try logLowerTail(observed)
        // The far tail starts at the last cell that is no likelier than the observed one.
        var inside = isAbove ? support.lowerBound : support.upperBound
        guard try view(centredOn: inside).logMass(inside) <= limit else { return near }
        var outside = moments(logOdds: 0).modes
        while abs(outside - inside) > 1 {
            let middle = inside + (outside - inside) / 2
            if try view(centredOn: middle).logMass(middle) <= limit { inside = middle } else { outside = middle }
        }
        return logAddExp(near, isAbove ? try logLowerTail(inside) : try logUpperTail(inside))
    }
}
