import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct DocumentPermutationTests {
    @Test func agreesWithEnumerationInRationals() throws {
        for row in try OracleFile.rows("document_permutation") {
            for (name, alternative) in [("greater", Alternative.greater), ("less", .less), ("two_sided", .twoSided)] {
                let result = try documentPermutationTest(
                    suspect: row.numbers("suspect"), control: row.numbers("control"), alternative: alternative, seed: 1)
                #expect(isClose(result.pValue.value, try row.number(name)), "\(row) \(name): \(result.pValue.value)")
                #expect(result.exactness == .exact)
            }
        }
    }

    /// Binary scores make the unstudentized test Fisher's.
    @Test func equalsFisherOnBinaryScores() throws {
        for (x1, n1, x0, n0) in [(6, 10, 1, 10), (3, 5, 0, 9), (2, 4, 3, 8)] {
            let suspect = (0..<n1).map { $0 < x1 ? 1.0 : 0 }
            let control = (0..<n0).map { $0 < x0 ? 1.0 : 0 }
            let permutation = try documentPermutationTest(suspect: suspect, control: control, seed: 0).pValue.value
            let table = try Table2x2(
                suspect: Proportion(hits: Int64(x1), trials: Int64(n1)),
                control: Proportion(hits: Int64(x0), trials: Int64(n0)))
            #expect(isClose(permutation, fisherExact(table).pValue.value))
        }
    }

    @Test func monteCarloIsCloseToEnumerationAndReplays() throws {
        let seed: UInt64 = 4
        var generator = SeededGenerator(seed: seed, stream: "permutation-data")
        let suspect = (0..<40).map { _ in generator.nextUnit() + 0.15 }
        let control = (0..<30).map { _ in generator.nextUnit() }
        for studentized in [false, true] {
            let first = try documentPermutationTest(
                suspect: suspect, control: control, studentized: studentized, resamples: 20_000, seed: 5)
            let again = try documentPermutationTest(
                suspect: suspect, control: control, studentized: studentized, resamples: 20_000, seed: 5)
            #expect(first == again)
            #expect(first.exactness == .monteCarlo(resamples: 20_000, seed: 5))
            let other = try documentPermutationTest(
                suspect: suspect, control: control, studentized: studentized, resamples: 20_000, seed: 6)
            let p = first.pValue.value
            #expect(abs(p - other.pValue.value) < 6 * (2 * p * (1 - p) / 20_000).squareRoot() + 1e-4)
        }
    }

    @Test func monteCarloNeverReportsZero() throws {
        let suspect = (0..<100).map { 10 + Double($0) }
        let control = (0..<100).map { -10 - Double($0) }
        let p = try documentPermutationTest(suspect: suspect, control: control, resamples: 99, seed: 1).pValue.value
        #expect(isClose(p, 0.01))
    }

    @Test func permutesWithinStrataOnly() throws {
        // Within each stratum there is no difference; between strata there is a large one.
        let suspect: [Double] = [10, 11, 12, 0]
        let control: [Double] = [11, 0, 1, -1]
        let strata = DocumentStrata(suspect: [1, 1, 1, 2], control: [1, 2, 2, 2])
        let stratified = try documentPermutationTest(suspect: suspect, control: control, strata: strata, seed: 1)
        #expect(stratified.exactness == .exact)
        // 4 × 4 arrangements; Σ suspects ≥ observed: stratum 1 sums 33,33,32,34 + stratum 2 values 0,0,1,−1.
        let sums = [33.0, 33, 32, 34].flatMap { first in [0.0, 0, 1, -1].map { first + $0 } }
        let expected = Double(sums.count { $0 >= 33 }) / 16
        #expect(isClose(stratified.pValue.value, expected))
        #expect(try documentPermutationTest(suspect: suspect, control: control, seed: 1).pValue.value < expected)
    }

    @Test func studentizedMatchesADirectEnumeration() throws {
        let suspect: [Double] = [3.5, 5, 9, 2.25]
        let control: [Double] = [1, 4, 2]
        func welch(_ x: [Double], _ y: [Double]) -> Double {
            func moments(_ v: [Double]) -> (Double, Double) {
                let mean = v.reduce(0, +) / Double(v.count)
                return (mean, v.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(v.count - 1) / Double(v.count))
            }
            let (a, b) = (moments(x), moments(y))
            return (a.0 - b.0) / (a.1 + b.1).squareRoot()
        }
        let pool = suspect + control
        let observed = welch(suspect, control)
        var (extreme, all) = (0, 0)
        for mask in 0..<128 where mask.nonzeroBitCount == 4 {
            let x = (0..<7).filter { mask >> $0 & 1 == 1 }.map { pool[$0] }
            let y = (0..<7).filter { mask >> $0 & 1 == 0 }.map { pool[$0] }
            all += 1
            if welch(x, y) >= observed - 1e-9 { extreme += 1 }
        }
        let result = try documentPermutationTest(suspect: suspect, control: control, studentized: true, seed: 0)
        #expect(isClose(result.pValue.value, Double(extreme) / Double(all)))
        #expect(isClose(try #require(result.statistic), observed))
    }

    @Test func constantScoresCarryNoEvidence() throws {
        for studentized in [false, true] {
            let result = try documentPermutationTest(
                suspect: [0.1, 0.1, 0.1], control: [0.1, 0.1], studentized: studentized, alternative: .twoSided, seed: 1
            )
            #expect(result.pValue == .certain)
            #expect(result.warnings.contains(.noVariation))
        }
    }

    @Test func holdsItsLevelUnderTheNullHypothesis() throws {
        let seed: UInt64 = 99
        var generator = SeededGenerator(seed: seed, stream: "null")
        var rejections = 0
        for round in 0..<400 {
            let suspect = (0..<12).map { _ in generator.nextUnit() }
            let control = (0..<14).map { _ in generator.nextUnit() }
            let result = try documentPermutationTest(
                suspect: suspect, control: control, resamples: 199, seed: UInt64(round))
            if result.pValue.value <= 0.05 { rejections += 1 }
        }
        // P(Bin(400, .05) > 41) is below 1e-5.
        #expect(rejections <= 41, "seed \(seed): \(rejections) of 400")
    }

    @Test func refusesHostileInput() {
        #expect(throws: StatisticsError.self) { try documentPermutationTest(suspect: [], control: [1], seed: 0) }
        #expect(throws: StatisticsError.self) { try documentPermutationTest(suspect: [.nan], control: [1], seed: 0) }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(suspect: [-.infinity], control: [1], seed: 0)
        }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(suspect: [1e308, 1e308], control: [-1e308, 1e308], seed: 0)
        }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(suspect: [1, 2], control: [1, 3], resamples: 0, seed: 0)
        }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(suspect: [1], control: [1, 3], studentized: true, seed: 0)
        }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(
                suspect: [1], control: [1], strata: DocumentStrata(suspect: [1, 2], control: [1]), seed: 0)
        }
        #expect(throws: StatisticsError.self) {
            try documentPermutationTest(
                suspect: [1], control: [1], strata: DocumentStrata(suspect: [1], control: [2]), seed: 0)
        }
    }
}
