import RealModule

/// ln(√(2π)), the constant of Stirling's formula.
let halfLogTwoPi = 0.918_938_533_204_672_741_780

/// δ(x) = ln Γ(x+1) − (x + ½) ln x + x − ½ ln 2π, the error of Stirling's formula, for x > 0; 0 at x = 0.
///
/// Probabilities built from δ and ``devianceTerm(observed:expected:deviation:)`` keep full relative precision where
/// differences of large log-gammas lose 10⁻¹⁶·N ln N (Loader, 2000). Multiples of ½ up to 15 are tabulated, larger
/// arguments use the asymptotic series, other small ones climb to it by δ(x) = δ(x+1) + (x+½) ln(1+1/x) − 1.
func stirlingError(_ x: Double) -> Double {
    if x >= 15 { return stirlingSeries(x) }
    let doubled = 2 * x
    if doubled == doubled.rounded() { return stirlingErrorOfHalves[Int(doubled)] }
    var climbed = x
    var sum = CompensatedSum()
    while climbed < 15 {
        sum.add((climbed + 0.5) * .log(onePlus: 1 / climbed) - 1)
        climbed += 1
    }
    return sum.value + stirlingSeries(climbed)
}

private func stirlingSeries(_ x: Double) -> Double {
    let inverseSquare = 1 / (x * x)
    var series = -691.0 / 360_360
    series = series * inverseSquare + 1.0 / 1188
    series = series * inverseSquare - 1.0 / 1680
    series = series * inverseSquare + 1.0 / 1260
    series = series * inverseSquare - 1.0 / 360
    series = series * inverseSquare + 1.0 / 12
    return series / x
}

/// δ(i/2) for i = 0 … 30, to 20 digits.
private let stirlingErrorOfHalves: [Double] = [
    0.0,
    0.15342640972002734529,
    0.081061466795327258220,
    0.054814121051917653896,
    0.041340695955409294094,
    0.033162873519936287485,
    0.027677925684998339149,
    0.023746163656297495971,
    0.020790672103765093112,
    0.018488450532673185231,
    0.016644691189821192163,
    0.015134973221917378874,
    0.013876128823070747999,
    0.012810465242920226924,
    0.011896709945891770095,
    0.011104559758206917327,
    0.010411265261972096497,
    0.0097994161261588032984,
    0.0092554621827127329177,
    0.0087687001341393854630,
    0.0083305634333628712565,
    0.0079341145643140205472,
    0.0075736754879518407950,
    0.0072445543013203831795,
    0.0069428401072095298657,
    0.0066652470327076824424,
    0.0064089941880042070684,
    0.0061717122630394576475,
    0.0059513701127588477356,
    0.0057462165130101156820,
    0.0055547335519628013710,
]
