import Foundation
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
}
