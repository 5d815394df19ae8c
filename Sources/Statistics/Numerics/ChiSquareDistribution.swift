import RealModule

/// The chi-square distribution with any positive number of degrees of freedom.
enum ChiSquareDistribution {
    /// ln P(X ≥ x) for x ≥ 0, and 0 for negative x.
    static func logUpperTail(_ x: Double, degreesOfFreedom: Double) throws(StatisticsError) -> Double {
        try IncompleteGamma(a: degreesOfFreedom / 2, x: x / 2).upper
    }

    /// The x with ln P(X ≥ x) = `logTail`.
    ///
    /// Newton's method on the logarithm of the smaller tail as a function of ln x, where it is concave; steps are capped, because
    /// the first one may start where the curve is flat.
    static func upperQuantile(logTail: Double, degreesOfFreedom: Double) throws(StatisticsError) -> Double {
        if logTail == -.infinity { return .infinity }
        if logTail >= 0 { return 0 }
        let a = degreesOfFreedom / 2
        let usesUpper = try logTail <= IncompleteGamma(a: a, x: a).upper
        let target = usesUpper ? logTail : logOneMinusExp(logTail)
        var logX = Double.log(a)
        for _ in 0..<200 {
            let x = Double.exp(logX)
            let tails = try IncompleteGamma(a: a, x: x)
            let tail = usesUpper ? tails.upper : tails.lower
            let slope = (usesUpper ? -1 : 1) * Double.exp(IncompleteGamma.logWeight(a: a, x: x) + .log(a) - tail)
            let residual = target - tail
            let limit = 2 * (abs(logX) + 3)
            let step = min(max(residual / slope, -limit), limit)
            logX += step
            if abs(step) < 1e-8, abs(residual) < 1e-8 { return 2 * x * (1 + step) }
        }
        throw .noConvergence(function: "chi-square quantile", arguments: [logTail, degreesOfFreedom])
    }
}

/// ln P(a, x) and ln Q(a, x), the two tails of the gamma distribution with shape a.
struct IncompleteGamma {
    /// ln P(a, x).
    var lower: Double
    /// ln Q(a, x) = ln(1 − P(a, x)).
    var upper: Double

    /// Sums the power series below the mean and Legendre's continued fraction above it.
    init(a: Double, x: Double) throws(StatisticsError) {
        if x <= 0 {
            (lower, upper) = (-.infinity, 0)
        } else if x == .infinity {
            (lower, upper) = (0, -.infinity)
        } else if x < a + 1 {
            lower = try Self.series(a: a, x: x)
            upper = logOneMinusExp(lower)
        } else {
            upper = try Self.fraction(a: a, x: x)
            lower = logOneMinusExp(upper)
        }
    }

    /// ln of xᵃ e⁻ˣ / Γ(a + 1), in saddle-point form.
    static func logWeight(a: Double, x: Double) -> Double {
        -devianceTerm(observed: a, expected: x, deviation: a - x) - stirlingError(a) - halfLogTwoPi - 0.5 * .log(a)
    }

    private static func series(a: Double, x: Double) throws(StatisticsError) -> Double {
        var sum = 1.0
        var term = 1.0
        var n = 1.0
        while n < 3e7 {
            term *= x / (a + n)
            sum += term
            if term < 1e-17 * sum { return logWeight(a: a, x: x) + .log(sum) }
            n += 1
        }
        throw .noConvergence(function: "incomplete gamma", arguments: [a, x])
    }

    private static func fraction(a: Double, x: Double) throws(StatisticsError) -> Double {
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var fraction = d
        var n = 1.0
        while n < 3e7 {
            let numerator = n * (a - n)
            b += 2
            d = 1 / (b + numerator * d)
            c = b + numerator / c
            let change = c * d
            fraction *= change
            if abs(change - 1) < 3e-16 { return logWeight(a: a, x: x) + .log(a) + .log(fraction) }
            n += 1
        }
        throw .noConvergence(function: "incomplete gamma", arguments: [a, x])
    }
}
