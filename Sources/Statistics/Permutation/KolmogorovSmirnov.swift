import RealModule

/// Tests whether the two arms have the same distribution, by the largest gap between their cumulative shares
/// (Kolmogorov, 1933; Smirnov, 1939), exactly and with ties.
///
/// D⁺ = max (F₀ − F₁) for ``Alternative/greater`` (suspect values larger), D⁻ for less, their maximum for two-sided, taken
/// only where a group of tied values ends. The exact distribution given the ties counts the lattice paths that reach the
/// observed gap at such a place; paths are absorbed when they first do, so that small p-values are sums of positive
/// terms (Schröer and Trenkler, 1995). The null hypothesis is that the arms are exchangeable.
///
/// - Parameters:
///   - suspect: One value per suspect document; infinities are ranked.
///   - control: One value per control document.
///   - alternative: The departure to look for.
/// - Returns: The result; its statistic is the gap, 0 … 1. When all values are equal the gap is 0 and p = 1. Above
///   4·10⁷ lattice points the asymptotic distribution is used, and the result says so.
/// - Throws: ``StatisticsError`` for empty arms or NaN.
/// - Complexity: O(n₁ n₀).
public func kolmogorovSmirnov(
    suspect: [Double], control: [Double], alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    for (name, values) in [("suspect values", suspect), ("control values", control)] {
        if values.isEmpty { throw .sampleTooSmall(name: name, count: 0, minimum: 1) }
        for value in values where value.isNaN {
            throw .outOfRange(name: name, value: value, requirement: "numbers")
        }
    }
    let lattice = GapLattice(suspect: suspect, control: control, alternative: alternative)
    let (n1, n0) = (Double(suspect.count), Double(control.count))
    let gap = Double(lattice.observed) / (n1 * n0)
    var result = TestResult(
        method: "exact Kolmogorov–Smirnov test", alternative: alternative, statistic: gap, pValue: .certain,
        exactness: .exact, sampleSizes: [Int64(suspect.count), Int64(control.count)])
    if lattice.observed <= 0 {
        if lattice.hasOneGroup { result.warnings.append(.noVariation) }
        return result
    }
    if (n1 + 1) * (n0 + 1) <= 4e7 {
        result.pValue = LogProbability(clamped: lattice.logProbabilityOfGap())
        return result
    }
    result.method = "Kolmogorov–Smirnov test, asymptotic"
    result.exactness = .asymptotic
    result.warnings.append(
        .replacedMethod(
            requested: "exact Kolmogorov–Smirnov test",
            reason: "\(suspect.count) × \(control.count) lattice points are too many"))
    // One gap: exp(−2t²); both: 2Σ(−1)ʲ⁻¹exp(−2j²t²), whose first term is an upper bound.
    let exponent = -2 * gap * gap * (n1 * n0 / (n1 + n0))
    result.pValue = LogProbability(
        clamped: exponent + (alternative == .twoSided ? 0.693_147_180_559_945_3 : 0))
    return result
}

/// The orders in which suspect and control values can be interleaved, as paths on a lattice.
private struct GapLattice {
    private let n1: Int
    private let n0: Int
    private let alternative: Alternative
    /// Whether a group of tied values ends after this many values.
    private let endsGroup: [Bool]
    /// The largest gap times n₁n₀, a whole number.
    let observed: Int
    let hasOneGroup: Bool

    init(suspect: [Double], control: [Double], alternative: Alternative) {
        (n1, n0) = (suspect.count, control.count)
        self.alternative = alternative
        let pooled = (suspect.map { ($0, true) } + control.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var ends = [Bool](repeating: false, count: pooled.count + 1)
        var (seen1, seen0, largest) = (0, 0, 0)
        for (index, item) in pooled.enumerated() {
            if item.1 { seen1 += 1 } else { seen0 += 1 }
            guard index + 1 == pooled.count || pooled[index + 1].0 != item.0 else { continue }
            ends[index + 1] = true
            largest = max(largest, Self.gap(seen1, seen0, suspect.count, control.count, alternative))
        }
        endsGroup = ends
        observed = largest
        hasOneGroup = ends.count { $0 } == 1
    }

    /// The gap after some values of each arm, times n₁n₀.
    private static func gap(_ i: Int, _ j: Int, _ n1: Int, _ n0: Int, _ alternative: Alternative) -> Int {
        let difference = j * n1 - i * n0
        switch alternative {
        case .greater: return difference
        case .less: return -difference
        case .twoSided: return abs(difference)
        }
    }

    /// ln of the share of paths that somewhere reach the observed gap.
    ///
    /// Step probabilities (n₁−i)/(left) and (n₀−j)/(left) make all paths equally likely; logarithms because a path along
    /// the edge has probability 1/C(n₁+n₀, n₁).
    func logProbabilityOfGap() -> Double {
        let logs = (0...(n1 + n0)).map { $0 == 0 ? -Double.infinity : Double.log(Double($0)) }
        // alive[j]: ln of the probability to be at (i, j) without having reached the gap.
        var alive = [Double](repeating: -.infinity, count: n0 + 1)
        var reached: [Double] = []
        var survived = -Double.infinity
        for i in 0...n1 {
            for j in 0...n0 {
                let left = n1 + n0 - i - j
                var here = i == 0 && j == 0 ? 0 : -Double.infinity
                if i > 0, alive[j] > -.infinity { here = alive[j] + logs[n1 - i + 1] - logs[left + 1] }
                if j > 0, alive[j - 1] > -.infinity {
                    here = logAddExp(here, alive[j - 1] + logs[n0 - j + 1] - logs[left + 1])
                }
                if here > -.infinity, endsGroup[i + j], Self.gap(i, j, n1, n0, alternative) >= observed {
                    reached.append(here)
                    here = -.infinity
                }
                alive[j] = here
            }
            survived = alive[n0]
        }
        let ln = logSumExp(reached)
        return ln < -0.7 ? ln : logOneMinusExp(survived)
    }
}
