import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct DistributionTests {
    @Test func binomialTailsAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("binomial_upper_tail") {
            let (k, n) = (try row.count("k"), try row.count("n"))
            let p = try row.number("p")
            let ln = BinomialDistribution(trials: n, probability: p).logUpperTail(k)
            #expect(isClose(ln, try row.number("ln")), "\(row): \(ln)")
            let beta = try IncompleteBeta(x: p, y: 1 - p, a: Double(k), b: Double(n - k + 1)).lower
            #expect(isClose(beta, try row.number("ln")), "\(row) by incomplete beta: \(beta)")
        }
    }

    @Test func incompleteBetaAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("incomplete_beta") {
            let x = try row.number("x")
            let beta = try IncompleteBeta(x: x, y: 1 - x, a: row.number("a"), b: row.number("b"))
            #expect(isClose(beta.lower, try row.number("ln_lower")), "\(row): \(beta.lower)")
            #expect(isClose(beta.upper, try row.number("ln_upper")), "\(row): \(beta.upper)")
        }
    }

    @Test func studentTailsAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("student_t_sf") {
            let (t, df) = (try row.number("t"), try row.number("df"))
            let ln = try StudentTDistribution.logUpperTail(t, degreesOfFreedom: df)
            #expect(isClose(ln, try row.number("ln")), "\(row): \(ln)")
            let back = try StudentTDistribution.upperQuantile(logTail: ln, degreesOfFreedom: df)
            #expect(isClose(back, t, t < 0.01 ? 1e-10 : 1e-12), "\(row): \(back)")
        }
        let far = try StudentTDistribution.logUpperTail(1e200, degreesOfFreedom: 60)
        #expect(far < -27_000 && far > -30_000)
        let left = try StudentTDistribution.logUpperTail(0.9e9 * 60.0.squareRoot(), degreesOfFreedom: 60)
        let right = try StudentTDistribution.logUpperTail(1.1e9 * 60.0.squareRoot(), degreesOfFreedom: 60)
        #expect(isClose(left - right, 60 * Foundation.log(1.1 / 0.9), 1e-9))
        #expect(try StudentTDistribution.logUpperTail(-.infinity, degreesOfFreedom: 3) == 0)
    }

    @Test func normalTailsAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("normal_sf") {
            let z = try row.number("z")
            let ln = NormalDistribution.logUpperTail(z)
            #expect(isClose(ln, try row.number("ln")), "\(row): \(ln)")
            let back = NormalDistribution.upperQuantile(logTail: ln)
            #expect(abs(back - z) <= 1e-13 * max(1, abs(z)), "\(row): \(back)")
        }
    }

    @Test func chiSquareTailsAgreeWithReferenceValues() throws {
        for row in try OracleFile.rows("chi2_sf") {
            let (x, k) = (try row.number("x"), try row.number("k"))
            let ln = try ChiSquareDistribution.logUpperTail(x, degreesOfFreedom: k)
            #expect(isClose(ln, try row.number("ln")), "\(row): \(ln)")
            let back = try ChiSquareDistribution.upperQuantile(logTail: ln, degreesOfFreedom: k)
            #expect(isClose(back, x), "\(row): \(back)")
        }
    }

    @Test func betaQuantileInvertsTheDistribution() throws {
        let seed: UInt64 = 3
        var generator = SeededGenerator(seed: seed, stream: "beta-quantile")
        for round in 0..<500 {
            let a = Foundation.exp(14 * generator.nextUnit() - 2)
            let b = Foundation.exp(14 * generator.nextUnit() - 2)
            let logLower = Foundation.log(generator.nextUnit() + 1e-12) * (round % 5 == 0 ? 40 : 1)
            let quantile = try BetaQuantile(logLower: logLower, a: a, b: b)
            let note = Comment(rawValue: "seed \(seed) round \(round): a \(a) b \(b) ln \(logLower) -> \(quantile)")
            #expect(quantile.x >= 0 && quantile.x <= 1 && quantile.y >= 0 && quantile.y <= 1, note)
            guard quantile.x > 1e-280, quantile.y > 1e-280 else { continue }
            let back = try IncompleteBeta(x: quantile.x, y: quantile.y, a: a, b: b)
            let target = logLower < -0.7 ? (back.lower, logLower) : (back.upper, logOneMinusExp(logLower))
            #expect(abs(target.0 - target.1) < 1e-9 * max(1, abs(target.1)), note)
        }
    }

    @Test func stirlingErrorIsContinuousWhereItsMethodChanges() {
        for x in [0.3, 0.5, 1.7, 7.0, 14.9999999, 15.0, 15.5, 1e6] {
            let direct = lgamma(x + 1) - (x + 0.5) * Foundation.log(x) + x - 0.5 * Foundation.log(2 * Double.pi)
            #expect(abs(stirlingError(x) - direct) < 2e-14 * max(1, x * Foundation.log(x + 1)), "\(x)")
        }
    }
}
