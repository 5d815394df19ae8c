import RealModule

/// The cells of one conditional table distribution that matter when the arms' odds ratio is exp(`logOdds`).
///
/// Weights P(k)·exp(k·logOdds) are taken outward from their mode until they are 10⁻³² of it, so that the far tail of the
/// untilted distribution is read near the mode of a tilted one, where no weight underflows.
struct TiltedWindow {
    /// The smallest cell of the window.
    let first: Int64
    /// The tilted probabilities of `first`, `first + 1`, …, adding to 1.
    let masses: [Double]
    /// The most probable cell.
    let mode: Int64
    /// ln Σ P(k)·exp((k − mode)·logOdds).
    let logNormaliser: Double
    /// The tilted mean, relative to `mode`.
    let meanOffset: Double
    /// The tilted variance.
    let variance: Double

    init(_ distribution: HypergeometricDistribution, logOdds: Double) {
        let support = distribution.support
        let odds = Double.exp(logOdds)
        // The mode is the first cell whose successor is not more probable; the ratio falls along the support.
        var low = support.lowerBound
        var high = support.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if distribution.ratio(above: middle) * odds > 1 { low = middle + 1 } else { high = middle }
        }
        mode = low
        var above: [Double] = []
        var term = 1.0
        var k = mode
        while k < support.upperBound {
            term *= distribution.ratio(above: k) * odds
            if term < 1e-32 { break }
            above.append(term)
            k += 1
        }
        var below: [Double] = []
        term = 1
        k = mode
        while k > support.lowerBound {
            term /= distribution.ratio(above: k - 1) * odds
            if term < 1e-32 { break }
            below.append(term)
            k -= 1
        }
        first = mode - Int64(below.count)
        let weights = below.reversed() + [1] + above
        let total = weights.compensatedSum
        masses = weights.map { $0 / total }
        logNormaliser = distribution.logMass(mode) + .log(total)
        var mean = CompensatedSum()
        for (index, mass) in masses.enumerated() { mean.add(Double(index - below.count) * mass) }
        meanOffset = mean.value
        var spread = CompensatedSum()
        for (index, mass) in masses.enumerated() {
            let distance = Double(index - below.count) - mean.value
            spread.add(distance * distance * mass)
        }
        variance = spread.value
    }
}
