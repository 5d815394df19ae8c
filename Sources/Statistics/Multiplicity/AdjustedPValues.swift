import RealModule

/// Which error a multiplicity correction bounds, and under what dependence.
public enum MultiplicityCorrection: String, Codable, Sendable, Hashable, CaseIterable {
    /// Family-wise error under any dependence (Holm, 1979). The default for several datasets, models or endpoints.
    case holm
    /// Family-wise error under positive dependence (Hochberg, 1988).
    case hochberg
    /// False discovery rate under positive dependence (Benjamini and Hochberg, 1995).
    case benjaminiHochberg
    /// False discovery rate under any dependence (Benjamini and Yekutieli, 2001).
    case benjaminiYekutieli
}

/// Adjusts p-values for having tested several hypotheses: reject those whose adjusted value is at most α.
///
/// With p₍₁₎ ≤ … ≤ p₍K₎: Holm max over j ≤ i of (K−j+1)p₍ⱼ₎; Hochberg min over j ≥ i of (K−j+1)p₍ⱼ₎; Benjamini–Hochberg min
/// over j ≥ i of (K/j)p₍ⱼ₎; Benjamini–Yekutieli the same times Σ1/i. All in logarithms, and never above 1.
///
/// - Parameters:
///   - pValues: The p-values, in any order; an empty list gives an empty one.
///   - correction: The error to bound.
/// - Returns: The adjusted p-values in the order of the input.
/// - Complexity: O(K log K).
public func adjustedPValues(_ pValues: [LogProbability], correction: MultiplicityCorrection) -> [LogProbability] {
    let count = Double(pValues.count)
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    let harmonic = pValues.indices.reduce(0.0) { $0 + 1 / Double($1 + 1) }
    if correction == .holm {
        var running = -Double.infinity
        for (place, index) in order.enumerated() {
            running = max(running, .log(count - Double(place)) + pValues[index].ln)
            adjusted[index] = LogProbability(clamped: running)
        }
        return adjusted
    }
    var running = Double.infinity
    for (place, index) in order.enumerated().reversed() {
        let factor: Double
        switch correction {
        case .holm, .hochberg: factor = count - Double(place)
        case .benjaminiHochberg: factor = count / Double(place + 1)
        case .benjaminiYekutieli: factor = count / Double(place + 1) * harmonic
        }
        running = min(running, .log(factor) + pValues[index].ln)
        adjusted[index] = LogProbability(clamped: running)
    }
    return adjusted
}

/// The hypotheses that the e-BH procedure rejects: false discovery rate at most `alpha` under any dependence.
///
/// Rejects the k largest e-values for the largest k with e₍ₖ₎ ≥ K/(kα) (Wang and Ramdas, 2022).
///
/// - Parameters:
///   - logEvidence: ln E of every hypothesis, in nats; −∞ is allowed.
///   - alpha: The bound of the false discovery rate, strictly between 0 and 1.
/// - Returns: The indices of the rejected hypotheses, ascending.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for NaN, +∞ or a bad `alpha`.
public func eBenjaminiHochberg(logEvidence: [Double], alpha: Double) throws(StatisticsError) -> [Int] {
    try Require.openUnit(alpha, "alpha")
    for value in logEvidence where !(value < .infinity) {
        throw .outOfRange(name: "ln E", value: value, requirement: "below infinity")
    }
    let order = logEvidence.indices.sorted { (-logEvidence[$0], $0) < (-logEvidence[$1], $1) }
    let count = Double(logEvidence.count)
    var rejected = 0
    for (place, index) in order.enumerated() {
        if logEvidence[index] >= .log(count / (Double(place + 1) * alpha)) { rejected = place + 1 }
    }
    return order.prefix(rejected).sorted()
}
