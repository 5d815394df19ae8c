import RealModule

/// Student's t distribution with any positive number of degrees of freedom.
enum StudentTDistribution {
    /// ln P(T ≥ t) = ln(½ I_{ν/(ν+t²)}(ν/2, ½)) for t ≥ 0, and the complement for negative t.
    static func logUpperTail(_ t: Double, degreesOfFreedom: Double) throws(StatisticsError) -> Double {
        if t < 0 {
            return logOneMinusExp(try logUpperTail(-t, degreesOfFreedom: degreesOfFreedom))
        }
        let a = degreesOfFreedom / 2
        let ratio = t / degreesOfFreedom.squareRoot()
        let logHalf = -0.693_147_180_559_945_3
        if ratio > 1e9 {
            // x = 1/(1 + ratio²) is below rounding: Iₓ(a, ½) = xᵃ / (a B(a, ½)), and x itself may underflow.
            let logBeta = (a + 0.5) * logHalf - IncompleteBeta.logPrefactor(x: 0.5, y: 0.5, a: a, b: 0.5)
            return -2 * a * .log(ratio) - .log(a) - logBeta + logHalf
        }
        let square = ratio * ratio
        return try IncompleteBeta(x: 1 / (1 + square), y: square / (1 + square), a: a, b: 0.5).lower + logHalf
    }

    /// The t with ln P(T ≥ t) = `logTail`.
    static func upperQuantile(logTail: Double, degreesOfFreedom: Double) throws(StatisticsError) -> Double {
        let logHalf = -0.693_147_180_559_945_3
        if logTail > logHalf {
            return -(try upperQuantile(logTail: logOneMinusExp(logTail), degreesOfFreedom: degreesOfFreedom))
        }
        let beta = try BetaQuantile(logLower: min(0, logTail - logHalf), a: degreesOfFreedom / 2, b: 0.5)
        return (degreesOfFreedom * beta.y / beta.x).squareRoot()
    }
}
