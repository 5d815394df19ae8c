import Statistics

/// How many of a number of innocent runs were called guilty, and how many may be.
struct ErrorRate {
    /// Runs called guilty.
    let guilty: Int
    /// Runs.
    let runs: Int
    /// The level that was promised.
    let alpha: Double

    /// The probability that a procedure exactly at its level exceeds ``bound``.
    static let falseAlarm = 1e-4

    /// The largest number of guilty runs that a procedure at its level keeps to with probability 1 − ``falseAlarm``.
    let bound: Int
    /// The upper end of Clopper and Pearson's one-sided 95 % interval of the error rate.
    let upper: Double

    /// - Throws: `StatisticsError` for impossible counts.
    init(guilty: Int, runs: Int, alpha: Double) throws(StatisticsError) {
        self.guilty = guilty
        self.runs = runs
        self.alpha = alpha
        upper = try clopperPearsonUpperBound(
            Proportion(hits: Int64(guilty), trials: Int64(runs)), alpha: 0.05)
        // The quantile q is the smallest number with P(X > q) ≤ the false alarm's probability.
        var (tooFew, enough) = (-1, runs)
        while enough - tooFew > 1 {
            let middle = tooFew + (enough - tooFew) / 2
            let beyond = try binomialTest(
                Proportion(hits: Int64(middle + 1), trials: Int64(runs)), rate: alpha, alternative: .greater)
            if beyond.pValue.value <= Self.falseAlarm { enough = middle } else { tooFew = middle }
        }
        bound = enough
    }

    /// Whether the count is what a procedure at its level may come to.
    var isWithin: Bool { guilty <= bound }
}
