import RealModule

/// The standard normal distribution.
enum NormalDistribution {
    /// ln P(Z ≥ z).
    ///
    /// The complementary error function up to z = 30, beyond it the asymptotic series of Mills' ratio, whose first
    /// omitted term is below 10⁻¹⁶ there; for negative z the complement of the other tail.
    static func logUpperTail(_ z: Double) -> Double {
        if z < 0 { return logOneMinusExp(logUpperTail(-z)) }
        if z < 30 { return .log(0.5 * .erfc(z * 0.707_106_781_186_547_5)) }
        let square = 1 / (z * z)
        let series = square * (-1 + square * (3 + square * (-15 + square * (105 - square * 945))))
        return -0.5 * z * z - halfLogTwoPi - .log(z) + .log(onePlus: series)
    }

    /// The z with ln P(Z ≥ z) = `logTail`.
    ///
    /// Newton's method on the logarithm of the tail, which is decreasing and concave: started right of the root, at
    /// √(−2 ln p), the iterates fall to it without overshooting.
    static func upperQuantile(logTail: Double) -> Double {
        if logTail == -.infinity { return .infinity }
        if logTail >= 0 { return -.infinity }
        let half = -0.693_147_180_559_945_3
        if logTail > half { return -upperQuantile(logTail: logOneMinusExp(logTail)) }
        var z = (-2 * logTail).squareRoot()
        for _ in 0..<60 {
            let tail = logUpperTail(z)
            let hazard = Double.exp(-0.5 * z * z - halfLogTwoPi - tail)
            let step = (tail - logTail) / hazard
            z += step
            if abs(step) <= 1e-9 * max(1, z) { break }
        }
        return z
    }
}
