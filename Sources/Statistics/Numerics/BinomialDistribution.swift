import RealModule

/// The number of hits in `trials` independent trials of probability `probability`.
struct BinomialDistribution: LogConcaveDistribution {
    let trials: Int64
    let probability: Double
    let support: ClosedRange<Int64>
    let mode: Int64

    /// - Precondition: `trials >= 0` and `probability` lies strictly between 0 and 1; callers check.
    init(trials: Int64, probability: Double) {
        precondition(trials >= 0 && probability > 0 && probability < 1, "callers validate binomial parameters")
        self.trials = trials
        self.probability = probability
        support = 0...trials
        let peak = ((Double(trials) + 1) * probability).rounded(.down)
        mode = min(trials, Int64(peak))
    }

    func logMass(_ k: Int64) -> Double {
        logBinomialWeight(x: Double(k), y: Double(trials - k), p: probability, q: 1 - probability)
    }

    func ratio(above k: Int64) -> Double {
        Double(trials - k) / Double(k + 1) * (probability / (1 - probability))
    }
}
