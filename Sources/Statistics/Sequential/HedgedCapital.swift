import RealModule

/// A confidence sequence for the mean of values in 0 … 1: an interval that may be read after every observation, and
/// covers at all of them together with at least the stated confidence.
///
/// For every candidate mean m two gamblers bet that the truth is larger and smaller; m is excluded once either has
/// multiplied half of the stake to 1/α: K(m) = ½ max{Π(1 + λᵢ⁺(xᵢ−mᵢ)), Π(1 − λᵢ⁻(xᵢ−mᵢ))}, λᵢ = √(2 ln(2/α) / (s²ᵢ₋₁ i
/// ln(1+i))), capped at c/mᵢ and c/(1−mᵢ) with c = ½ (Waudby-Smith and Ramdas, 2023). With a population size,
/// mᵢ = (Nm − Σx)/(N − i + 1), the mean of what has not been drawn yet, so that the interval closes as the corpus is
/// used up; the order of drawing must be uniformly random.
public struct HedgedCapital: Sendable, Hashable {
    /// The probability that the interval ever misses the mean.
    public let alpha: Double
    /// The number of values there are, or `nil` for draws with replacement.
    public let populationSize: Int64?
    private var values: [Double] = []
    private var bets: [Double] = []
    private var sum = CompensatedSum()
    private var squaredDeviations = CompensatedSum()

    /// The largest share of its capital that a gambler stakes.
    private static let largestShare = 0.5

    /// Starts without observations.
    ///
    /// - Throws: ``StatisticsError`` for `alpha` not strictly between 0 and 1 or an empty population.
    public init(alpha: Double = 0.05, populationSize: Int64? = nil) throws(StatisticsError) {
        try Require.openUnit(alpha, "alpha")
        if let populationSize, !(1...Proportion.largestTrials).contains(populationSize) {
            throw .impossibleCount(
                name: "population size", value: populationSize, allowed: 1...Proportion.largestTrials)
        }
        self.alpha = alpha
        self.populationSize = populationSize
    }

    /// The number of values seen.
    public var count: Int { values.count }

    /// Takes the next value.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for values outside 0 … 1;
    ///   ``StatisticsError/impossibleCount(name:value:allowed:)`` when the population is already used up.
    public mutating func observe(_ value: Double) throws(StatisticsError) {
        try Require.closedUnit(value, "value")
        if let populationSize, Int64(values.count) >= populationSize {
            throw .impossibleCount(
                name: "values", value: Int64(values.count) + 1, allowed: 0...populationSize)
        }
        let step = Double(values.count + 1)
        let variance = (0.25 + squaredDeviations.value) / step
        bets.append((2 * .log(2 / alpha) / (step * .log(1 + step) * variance)).squareRoot())
        values.append(value)
        sum.add(value)
        let mean = (0.5 + sum.value) / (step + 1)
        squaredDeviations.add((value - mean) * (value - mean))
    }

    /// The largest ln K(m) so far, `.infinity` when the observations rule out the mean `m`.
    ///
    /// - Complexity: O(observations).
    public func highestLogCapital(mean: Double) -> Double {
        max(highestLogCapital(mean: mean, isUpward: true), highestLogCapital(mean: mean, isUpward: false))
    }

    /// The interval after the observations so far; the whole of 0 … 1 before the first.
    ///
    /// Each end is bisected on the capital of one gambler, which is monotone in m, and given outward.
    ///
    /// - Complexity: O(100 × observations).
    public var interval: ConfidenceInterval {
        let threshold = -Double.log(alpha)
        func end(isLower: Bool) -> Double {
            // The gambler who bets on a larger mean excludes small candidates, the other one large ones.
            func isExcluded(_ mean: Double) -> Bool {
                highestLogCapital(mean: mean, isUpward: isLower) >= threshold
            }
            var excluded = isLower ? 0.0 : 1
            var included = isLower ? 1.0 : 0
            guard isExcluded(excluded) else { return excluded }
            for _ in 0..<100 {
                let middle = 0.5 * (excluded + included)
                if middle == excluded || middle == included { break }
                if isExcluded(middle) { excluded = middle } else { included = middle }
            }
            return excluded
        }
        return ConfidenceInterval(
            lower: end(isLower: true), upper: end(isLower: false), confidence: 1 - alpha, method: .hedgedCapital)
    }

    private func highestLogCapital(mean: Double, isUpward: Bool) -> Double {
        let half = -0.693_147_180_559_945_3
        var capital = half
        var highest = half
        var drawn = CompensatedSum()
        for (index, value) in values.enumerated() {
            var rest = mean
            if let populationSize {
                let size = Double(populationSize)
                // Rounding must not rule out the true mean when it is used up exactly.
                let left = size - Double(index)
                rest = (size * mean - drawn.value) / left
                let slack = 1e-12 * size / left
                if rest < -slack || rest > 1 + slack {
                    return (rest < 0) == isUpward ? .infinity : highest
                }
                rest = min(1, max(0, rest))
            }
            drawn.add(value)
            let cap = Self.largestShare / (isUpward ? rest : 1 - rest)
            let stake = min(bets[index], cap)
            capital += .log(onePlus: isUpward ? stake * (value - rest) : -stake * (value - rest))
            highest = max(highest, capital)
        }
        if let populationSize {
            let (size, left) = (Double(populationSize), Double(populationSize) - Double(values.count))
            let remainder = size * mean - drawn.value
            if remainder < -1e-12 * size, isUpward { return .infinity }
            if remainder > left + 1e-12 * size, !isUpward { return .infinity }
        }
        return highest
    }
}
