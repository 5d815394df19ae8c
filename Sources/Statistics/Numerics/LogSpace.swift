import RealModule

/// ln(1 − eˣ) for x ≤ 0, accurate at both ends (Mächler, 2012: switch at −ln 2).
func logOneMinusExp(_ x: Double) -> Double {
    if x >= 0 { return -.infinity }
    return x > -0.693_147_180_559_945_3 ? .log(-.expMinusOne(x)) : .log(onePlus: -.exp(x))
}

/// ln(eˣ + eʸ) without overflow.
func logAddExp(_ x: Double, _ y: Double) -> Double {
    let (high, low) = x >= y ? (x, y) : (y, x)
    if high == -.infinity { return high }
    return high + .log(onePlus: .exp(low - high))
}

/// ln Σ exp(xᵢ) without overflow; −∞ for the empty sum.
func logSumExp(_ terms: [Double]) -> Double {
    guard let high = terms.max(), high > -.infinity else { return -.infinity }
    var sum = CompensatedSum()
    for term in terms { sum.add(.exp(term - high)) }
    return high + .log(sum.value)
}

/// A sum that carries its rounding error along (Neumaier, 1974), so that its error does not grow with its length.
struct CompensatedSum: Hashable {
    private var total = 0.0
    private var carry = 0.0

    /// The sum so far.
    var value: Double { total + carry }

    /// Adds one term.
    mutating func add(_ term: Double) {
        let next = total + term
        carry += abs(total) >= abs(term) ? (total - next) + term : (term - next) + total
        total = next
    }
}

extension Sequence where Element == Double {
    /// The compensated sum of the elements.
    var compensatedSum: Double {
        var sum = CompensatedSum()
        for element in self { sum.add(element) }
        return sum.value
    }
}
