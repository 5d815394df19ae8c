import Foundation
import Testing

@testable import Statistics

@Suite struct BoschlooExactTests {
    @Test func agreesWithReferenceValues() throws {
        for row in try OracleFile.rows("boschloo") {
            let args = try row.counts("args")
            let table = try Table2x2(
                suspect: Proportion(hits: args[0], trials: args[1]),
                control: Proportion(hits: args[2], trials: args[3]))
            for (name, alternative) in [("greater", Alternative.greater), ("less", .less), ("two_sided", .twoSided)] {
                let result = try boschlooExact(table, alternative: alternative)
                let expected = try row.number(name)
                #expect(isClose(result.pValue.value, expected, 5e-12), "\(args) \(name): \(result.pValue.value)")
                #expect(isClose(try #require(result.statistic), try row.number("statistic_" + name), 1e-12))
            }
        }
    }

    /// The reported p-value is never below the region's probability at any common rate, nor above Fisher's p-value.
    @Test func isAnUpperBoundOfTheRejectionProbability() throws {
        let (n1, n0) = (7, 5)
        for alternative in Alternative.allCases {
            var fisher: [[Double]] = []
            for x1 in 0...n1 {
                fisher.append(
                    try (0...n0).map { x0 in fisherExact(try table(x1, n1, x0, n0), alternative: alternative).pValue.ln
                    })
            }
            for x1 in 0...n1 {
                for x0 in 0...n0 {
                    let p = try boschlooExact(table(x1, n1, x0, n0), alternative: alternative).pValue
                    #expect(p.ln <= fisher[x1][x0])
                    for step in 0...200 {
                        let rate = Double(step) / 200
                        var sum = 0.0
                        for y1 in 0...n1 {
                            for y0 in 0...n0 where fisher[y1][y0] <= fisher[x1][x0] + 1e-7 {
                                sum +=
                                    Double(choose(n1, y1) * choose(n0, y0)) * pow(rate, Double(y1 + y0))
                                    * pow(1 - rate, Double(n1 + n0 - y1 - y0))
                            }
                        }
                        #expect(sum <= p.value * (1 + 1e-13), "\(alternative) \(x1)/\(n1) \(x0)/\(n0) at \(rate)")
                    }
                }
            }
        }
    }

    @Test func keepsDigitsBelowTheRangeOfDoubles() throws {
        let table = try table(990, 1000, 3, 1000)
        let boschloo = try boschlooExact(table).pValue.ln
        let fisher = fisherExact(table).pValue.ln
        #expect(fisher < -1200)
        #expect(boschloo < fisher && boschloo > fisher - 3)
    }

    @Test func bergerBoosAddsItsBeta() throws {
        let table = try table(5, 20, 0, 20)
        let whole = try boschlooExact(table).pValue.value
        let restricted = try boschlooExact(table, nuisance: .bergerBoos(beta: 1e-6)).pValue.value
        #expect(restricted <= whole + 1.0001e-6 && restricted > 1e-6)
        #expect(try boschlooExact(self.table(300, 300, 0, 300), nuisance: .bergerBoos(beta: 1e-6)).pValue.value >= 1e-6)
        #expect(throws: StatisticsError.self) { try boschlooExact(table, nuisance: .bergerBoos(beta: .nan)) }
    }

    @Test func fallsBackToFisherAboveItsLimit() throws {
        let result = try boschlooExact(table(30, 3000, 10, 1001))
        #expect(result.method == "Fisher exact test")
        #expect(
            result.warnings == [
                .replacedMethod(
                    requested: "Boschloo exact test", reason: "4001 units in both arms together are more than 4000")
            ])
        #expect(result.exactness == .exactConditional)
        #expect(try boschlooExact(table(30, 3000, 10, 1000)).method == "Boschloo exact test")
    }

    private func table(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int) throws -> Table2x2 {
        Table2x2(
            suspect: try Proportion(hits: Int64(x1), trials: Int64(n1)),
            control: try Proportion(hits: Int64(x0), trials: Int64(n0)))
    }
}
