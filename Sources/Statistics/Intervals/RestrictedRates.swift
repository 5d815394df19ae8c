import RealModule

/// The maximum likelihood rates of two arms whose difference is fixed, and the score statistic built on them.
struct RestrictedRates {
    /// The suspect rate.
    let suspect: Double
    /// The control rate, `suspect` − difference.
    let control: Double

    /// Maximises the likelihood along control rate + `difference`.
    ///
    /// The score falls monotonically along that line, so it is bisected; the closed form by a cubic's angle loses half of
    /// the digits where two of its roots meet.
    init(_ table: Table2x2, difference: Double) {
        let (x1, m1) = (Double(table.suspect.hits), Double(table.suspect.misses))
        let (x0, m0) = (Double(table.control.hits), Double(table.control.misses))
        var low = max(0, -difference)
        var high = min(1, 1 - difference)
        func score(_ control: Double) -> Double {
            let suspect = control + difference
            var sum = 0.0
            if x1 > 0 { sum += x1 / suspect }
            if x0 > 0 { sum += x0 / control }
            if m1 > 0 { sum -= m1 / (1 - suspect) }
            if m0 > 0 { sum -= m0 / (1 - control) }
            return sum
        }
        for _ in 0..<200 {
            let middle = 0.5 * (low + high)
            if middle <= low || middle >= high { break }
            if score(middle) > 0 { low = middle } else { high = middle }
        }
        control = 0.5 * (low + high)
        suspect = min(1, max(0, control + difference))
    }

    /// (p̂₁ − p̂₀ − difference) in standard errors at the restricted rates, with the factor N/(N−1) on the variance
    /// (Miettinen and Nurminen, 1985).
    static func score(_ table: Table2x2, difference: Double) -> Double {
        let rates = RestrictedRates(table, difference: difference)
        let (n1, n0) = (Double(table.suspect.trials), Double(table.control.trials))
        let total = n1 + n0
        let variance =
            (rates.suspect * (1 - rates.suspect) / n1 + rates.control * (1 - rates.control) / n0) * total / (total - 1)
        let gap = table.suspect.rate - table.control.rate - difference
        if gap == 0 { return 0 }
        return gap / max(0, variance).squareRoot()
    }
}
