import RealModule

/// ln Iₓ(a, b) and ln(1 − Iₓ(a, b)), the two tails of the beta distribution.
struct IncompleteBeta {
    /// ln Iₓ(a, b).
    var lower: Double
    /// ln(1 − Iₓ(a, b)).
    var upper: Double

    /// Computes both tails: the one beyond the mean by continued fraction, the other as its complement.
    ///
    /// The fraction is that of DiDonato and Morris (1992, eq. 9), written in λ = ay − bx, which does not cancel near
    /// the mean; the prefactor xᵃyᵇ/B(a,b) is a binomial weight in saddle-point form.
    ///
    /// - Parameters:
    ///   - x: A number in 0 … 1.
    ///   - y: 1 − x, passed separately because one of the two may be far below the precision of the other.
    ///   - a: The first parameter, above 0.
    ///   - b: The second parameter, above 0.
    /// - Throws: ``StatisticsError/noConvergence(function:arguments:)`` for parameters far beyond any count.
    /// - Complexity: O(√(a+b)) near the mean, a few steps elsewhere.
    init(x: Double, y: Double, a: Double, b: Double) throws(StatisticsError) {
        if x <= 0 {
            (lower, upper) = (-.infinity, 0)
        } else if y <= 0 {
            (lower, upper) = (0, -.infinity)
        } else if a * y >= b * x {
            lower = try Self.tail(x: x, y: y, a: a, b: b)
            upper = logOneMinusExp(lower)
        } else {
            upper = try Self.tail(x: y, y: x, a: b, b: a)
            lower = logOneMinusExp(upper)
        }
    }

    /// ln of the density's factor xᵃyᵇ / B(a, b).
    static func logPrefactor(x: Double, y: Double, a: Double, b: Double) -> Double {
        logBinomialWeight(x: a, y: b, p: x, q: y) + .log(a) - .log(onePlus: a / b)
    }

    private static func tail(x: Double, y: Double, a: Double, b: Double) throws(StatisticsError) -> Double {
        let product = b * x
        let lambda = (-product).addingProduct(a, y) - (-product).addingProduct(b, x)
        var fraction = a / (a + 1) * (lambda + 1)
        var c = fraction
        var d = 0.0
        var n = 1.0
        while n < 3e7 {
            let middle = a + 2 * n - 1
            let alpha = (a + n - 1) / middle * ((a + b + n - 1) / middle) * n * (b - n) * x * x
            let beta = n + n * (b - n) * x / middle + (a + n) / (middle + 2) * (lambda + 1 + n * (1 + y))
            d = 1 / (beta + alpha * d)
            c = beta + alpha / c
            let change = c * d
            fraction *= change
            if abs(change - 1) < 3e-16 {
                return logPrefactor(x: x, y: y, a: a, b: b) - .log(fraction)
            }
            n += 1
        }
        throw .noConvergence(function: "incomplete beta", arguments: [x, y, a, b])
    }
}

/// The point below which a beta distribution has a given probability.
struct BetaQuantile {
    /// The point x.
    var x: Double
    /// 1 − x, with its own full precision.
    var y: Double

    /// Solves ln Iₓ(a, b) = `logLower`.
    ///
    /// Newton's method on ln I as a function of the log-odds of x, where it is increasing and concave: from any start
    /// the iterates end up left of the root and climb to it without overshooting. Steps to the left are capped, because
    /// the first one, taken where the curve is flat, may leave the range of `Double`.
    init(logLower: Double, a: Double, b: Double) throws(StatisticsError) {
        let mean = a / (a + b)
        let atMean = try IncompleteBeta(x: mean, y: b / (a + b), a: a, b: b)
        if logLower <= atMean.lower {
            self = try Self.solve(logLower, a: a, b: b)
        } else {
            let mirrored = try Self.solve(logOneMinusExp(logLower), a: b, b: a)
            self = BetaQuantile(x: mirrored.y, y: mirrored.x)
        }
    }

    private init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    private static func solve(_ logLower: Double, a: Double, b: Double) throws(StatisticsError) -> BetaQuantile {
        var logit = Double.log(a / b)
        for _ in 0..<200 {
            let x = logit < 0 ? .exp(logit) / (1 + .exp(logit)) : 1 / (1 + .exp(-logit))
            let y = logit < 0 ? 1 / (1 + .exp(logit)) : .exp(-logit) / (1 + .exp(-logit))
            if x < 1e-290 {
                // Ratios of the density would overflow, but there Iₓ = xᵃ/(a B(a,b)) to all digits.
                let half = Double.log(0.5)
                let logBeta = (a + b) * half - IncompleteBeta.logPrefactor(x: 0.5, y: 0.5, a: a, b: b)
                return BetaQuantile(x: .exp((logLower + .log(a) + logBeta) / a), y: 1)
            }
            let lower = try IncompleteBeta(x: x, y: y, a: a, b: b).lower
            let slope = Double.exp(IncompleteBeta.logPrefactor(x: x, y: y, a: a, b: b) - lower)
            let residual = logLower - lower
            let step = max(residual / slope, -2 * (abs(logit) + 3))
            logit += step
            // Newton squares its error: what is left after this step is below rounding. The step itself goes to x and
            // y, which hold more digits than a log-odds of large magnitude.
            if abs(step) < 1e-8, abs(residual) < 1e-8 {
                return BetaQuantile(x: x * (1 + y * step), y: y * (1 - x * step))
            }
        }
        throw .noConvergence(function: "beta quantile", arguments: [logLower, a, b])
    }
}
