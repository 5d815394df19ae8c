import RealModule

/// x ln(x/E) + E − x, the deviance of an observed against an expected count, without cancellation (Loader, 2000).
///
/// - Parameters:
///   - observed: The count x ≥ 0.
///   - expected: The expected count E > 0.
///   - deviation: x − E, passed separately because the caller often knows it exactly where the difference of the two
///     rounded numbers would not.
func devianceTerm(observed: Double, expected: Double, deviation: Double) -> Double {
    if observed == 0 { return expected }
    let sum = 2 * expected + deviation
    let ratio = deviation / sum
    guard abs(ratio) < 0.35 else {
        return observed * .log(observed / expected) - deviation
    }
    // With v = (x − E)/(x + E): x ln(x/E) = 2x (v + v³/3 + v⁵/5 + …), and 2xv − (x − E) = (x − E) v.
    let square = ratio * ratio
    var power = 2 * observed * ratio
    var total = deviation * ratio
    var divisor = 3.0
    while true {
        power *= square
        let next = total + power / divisor
        if next == total { return total }
        total = next
        divisor += 2
    }
}

/// ln of the binomial weight Γ(n+1) / (Γ(x+1) Γ(y+1)) pˣ qʸ with n = x + y, for real x, y ≥ 0.
///
/// - Parameters:
///   - x: The first count, not necessarily an integer.
///   - y: The second count.
///   - p: The first probability.
///   - q: 1 − p, passed separately because one of the two may be far below the precision of the other.
func logBinomialWeight(x: Double, y: Double, p: Double, q: Double) -> Double {
    if x == 0 { return y == 0 ? 0 : y * (p < 0.5 ? .log(onePlus: -p) : .log(q)) }
    if y == 0 { return x * (q < 0.5 ? .log(onePlus: -q) : .log(p)) }
    if p <= 0 || q <= 0 { return -.infinity }
    let n = x + y
    // x − np = xq − yp: neither product is rounded before the subtraction.
    let product = y * p
    let productError = (-product).addingProduct(y, p)
    let deviation = (-product).addingProduct(x, q) - productError
    let deviance =
        devianceTerm(observed: x, expected: n * p, deviation: deviation)
        + devianceTerm(observed: y, expected: n * q, deviation: -deviation)
    return stirlingError(n) - stirlingError(x) - stirlingError(y) - deviance - halfLogTwoPi
        + 0.5 * (.log(n / x) - .log(y))
}
