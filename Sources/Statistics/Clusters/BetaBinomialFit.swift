import RealModule

/// The maximum likelihood fit of a beta-binomial distribution: documents have their own rates, drawn from a beta.
public struct BetaBinomialFit: Sendable, Hashable, Codable {
    /// The mean rate μ = a/(a+b).
    public let mean: Double
    /// The correlation ρ = 1/(a+b+1) of two trials of one document, 0 … 1.
    public let correlation: Double
    /// ln of the likelihood at the maximum, binomial coefficients included, in nats.
    public let logLikelihood: Double

    /// Fits the hits and trials of every document.
    ///
    /// ln L = Σ ln C(m,y) + ln B(a+y, b+m−y) − ln B(a,b) (Skellam, 1948), as sums of logarithms of μ(1−ρ) + iρ, which
    /// stay finite from the binomial (ρ = 0) to all-or-nothing documents (ρ = 1). For a given ρ it is concave in μ and
    /// the best μ is bisected; along those, the derivative in ρ is bisected between the points of a grid.
    ///
    /// - Parameter documents: The hits and trials of every document.
    /// - Throws: ``StatisticsError/undefined(quantity:reason:)`` at 0/n and n/n, or when no document has two trials;
    ///   ``StatisticsError/outOfRange(name:value:requirement:)`` for documents of more than 10⁶ trials.
    /// - Complexity: About 10⁴ passes over the largest number of trials.
    public init(_ documents: [Proportion]) throws(StatisticsError) {
        let likelihood = try BetaBinomialLikelihood(documents)
        let steps = 64
        var best = (correlation: 0.0, value: likelihood.profile(0).value)
        var left = (correlation: 0.0, slope: likelihood.profile(0).slope)
        for step in 1...steps {
            let correlation = Double(step) / Double(steps)
            let point = likelihood.profile(correlation)
            if left.slope > 0, !(point.slope > 0) {
                var (low, high) = (left.correlation, correlation)
                for _ in 0..<60 {
                    let middle = 0.5 * (low + high)
                    if likelihood.profile(middle).slope > 0 { low = middle } else { high = middle }
                }
                let peak = likelihood.profile(0.5 * (low + high)).value
                if peak > best.value { best = (0.5 * (low + high), peak) }
            }
            if point.value > best.value { best = (correlation, point.value) }
            left = (correlation, point.slope)
        }
        correlation = best.correlation
        mean = likelihood.profile(best.correlation).mean
        logLikelihood = best.value + likelihood.logCoefficients
    }
}

/// The beta-binomial likelihood from counts of documents by hits, misses and trials.
private struct BetaBinomialLikelihood {
    /// How many documents have more than i hits.
    private let hitsAbove: [Double]
    /// How many documents have more than i misses.
    private let missesAbove: [Double]
    /// How many documents have more than i trials.
    private let trialsAbove: [Double]
    /// Σ ln C(m, y).
    let logCoefficients: Double

    init(_ documents: [Proportion]) throws(StatisticsError) {
        guard let largest = documents.map(\.trials).max() else {
            throw .sampleTooSmall(name: "documents", count: 0, minimum: 1)
        }
        guard largest <= 1_000_000 else {
            throw .outOfRange(name: "trials of a document", value: Double(largest), requirement: "at most 1,000,000")
        }
        func above(_ count: (Proportion) -> Int64) -> [Double] {
            var histogram = [Double](repeating: 0, count: Int(largest) + 1)
            for document in documents { histogram[Int(count(document))] += 1 }
            var result = [Double](repeating: 0, count: Int(largest))
            var running = 0.0
            for i in stride(from: Int(largest), through: 1, by: -1) {
                running += histogram[i]
                result[i - 1] = running
            }
            return result
        }
        hitsAbove = above(\.hits)
        missesAbove = above(\.misses)
        trialsAbove = above(\.trials)
        guard hitsAbove[0] > 0, missesAbove[0] > 0 else {
            throw .undefined(quantity: "beta-binomial fit", reason: "all trials have the same outcome")
        }
        guard largest > 1 else {
            throw .undefined(quantity: "beta-binomial fit", reason: "no document has two trials")
        }
        logCoefficients =
            documents.map { document in
                let (x, y) = (Double(document.hits), Double(document.misses))
                let rate = x / (x + y)
                if x == 0 || y == 0 { return 0 }
                return logBinomialWeight(x: x, y: y, p: rate, q: y / (x + y)) - x * .log(rate) - y * .log(y / (x + y))
            }.compensatedSum
    }

    /// The best mean for one correlation, the likelihood there without coefficients, and its derivative in ρ.
    func profile(_ correlation: Double) -> (mean: Double, value: Double, slope: Double) {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<70 {
            let middle = 0.5 * (low + high)
            if middle <= low || middle >= high { break }
            if slopeInMean(middle, correlation) > 0 { low = middle } else { high = middle }
        }
        let mean = 0.5 * (low + high)
        return (mean, value(mean, correlation), slopeInCorrelation(mean, correlation))
    }

    private func value(_ mean: Double, _ correlation: Double) -> Double {
        let rest = 1 - correlation
        var sum = CompensatedSum()
        // The first factors are apart: (1−ρ) cancels in documents whose trials all agree, also at ρ = 1.
        sum.add(hitsAbove[0] * .log(mean) + missesAbove[0] * .log(1 - mean))
        let mixed = hitsAbove[0] + missesAbove[0] - trialsAbove[0]
        if mixed > 0 { sum.add(mixed * .log(rest)) }
        for i in 1..<trialsAbove.count {
            let step = Double(i) * correlation
            if hitsAbove[i] > 0 { sum.add(hitsAbove[i] * .log(mean * rest + step)) }
            if missesAbove[i] > 0 { sum.add(missesAbove[i] * .log((1 - mean) * rest + step)) }
            if trialsAbove[i] > 0 { sum.add(-trialsAbove[i] * .log(rest + step)) }
        }
        return sum.value
    }

    private func slopeInMean(_ mean: Double, _ correlation: Double) -> Double {
        let rest = 1 - correlation
        var sum = hitsAbove[0] / mean - missesAbove[0] / (1 - mean)
        for i in 1..<trialsAbove.count {
            let step = Double(i) * correlation
            if hitsAbove[i] > 0 { sum += hitsAbove[i] * rest / (mean * rest + step) }
            if missesAbove[i] > 0 { sum -= missesAbove[i] * rest / ((1 - mean) * rest + step) }
        }
        return sum
    }

    private func slopeInCorrelation(_ mean: Double, _ correlation: Double) -> Double {
        let rest = 1 - correlation
        let mixed = hitsAbove[0] + missesAbove[0] - trialsAbove[0]
        var sum = mixed > 0 ? -mixed / rest : 0
        for i in 1..<trialsAbove.count {
            let index = Double(i)
            let step = index * correlation
            if hitsAbove[i] > 0 { sum += hitsAbove[i] * (index - mean) / (mean * rest + step) }
            if missesAbove[i] > 0 { sum += missesAbove[i] * (index - 1 + mean) / ((1 - mean) * rest + step) }
            if trialsAbove[i] > 0 { sum -= trialsAbove[i] * (index - 1) / (rest + step) }
        }
        return sum
    }
}
