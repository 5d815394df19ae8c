import RealModule

/// The number of marked items in a draw of `drawn` from `population`, of which `marked` are marked: the distribution of
/// a 2×2 table's first cell when all its margins are fixed.
struct HypergeometricDistribution: LogConcaveDistribution {
    let drawn: Int64
    let marked: Int64
    let population: Int64
    let support: ClosedRange<Int64>
    let mode: Int64
    /// ½ ln of the ratio of margins in Stirling's formula, plus the margins' Stirling errors.
    private let marginTerm: Double

    /// - Precondition: Both margins lie in 0 … `population`; callers check.
    init(drawn: Int64, marked: Int64, population: Int64) {
        precondition(0 <= drawn && drawn <= population && 0 <= marked && marked <= population, "margins fit")
        self.drawn = drawn
        self.marked = marked
        self.population = population
        support = max(0, drawn - (population - marked))...min(drawn, marked)
        let peak = (Int128(drawn) + 1) * (Int128(marked) + 1) / (Int128(population) + 2)
        mode = min(max(Int64(peak), support.lowerBound), support.upperBound)
        var term = 0.0
        for margin in [drawn, population - drawn, marked, population - marked] where margin > 0 {
            term += stirlingError(Double(margin)) + 0.5 * .log(Double(margin)) + halfLogTwoPi
        }
        if population > 0 {
            term -= stirlingError(Double(population)) + 0.5 * .log(Double(population)) + halfLogTwoPi
        }
        marginTerm = term
    }

    /// The four cells' factorials by Stirling's formula: all large terms combine into four deviances from the expected
    /// counts, and x − E = ±(ad − bc)/N is exact in 128-bit integers (Loader's saddle-point form, 2000).
    func logMass(_ k: Int64) -> Double {
        if support.lowerBound == support.upperBound { return 0 }
        let total = Double(population)
        let surplus = Double(Int128(k) * Int128(population) - Int128(drawn) * Int128(marked)) / total
        let undrawn = population - drawn
        let unmarked = population - marked
        var result = marginTerm
        result -= cellTerm(k, row: drawn, column: marked, deviation: surplus)
        result -= cellTerm(drawn - k, row: drawn, column: unmarked, deviation: -surplus)
        result -= cellTerm(marked - k, row: undrawn, column: marked, deviation: -surplus)
        result -= cellTerm(undrawn - (marked - k), row: undrawn, column: unmarked, deviation: surplus)
        return result
    }

    private func cellTerm(_ count: Int64, row: Int64, column: Int64, deviation: Double) -> Double {
        let observed = Double(count)
        let expected = Double(row) * (Double(column) / Double(population))
        let deviance = devianceTerm(observed: observed, expected: expected, deviation: deviation)
        guard count > 0 else { return deviance }
        return deviance + stirlingError(observed) + 0.5 * .log(observed) + halfLogTwoPi
    }

    func ratio(above k: Int64) -> Double {
        let rest = Double(population - drawn - marked + k + 1)
        return Double(drawn - k) * Double(marked - k) / (Double(k + 1) * rest)
    }
}
