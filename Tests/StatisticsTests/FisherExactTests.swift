import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct FisherExactTests {
    @Test func agreesWithReferenceValues() throws {
        for row in try OracleFile.rows("fisher_2x2") {
            let cells = try row.counts("table")
            let table = try Table2x2(
                suspectHits: cells[0], suspectMisses: cells[1], controlHits: cells[2], controlMisses: cells[3])
            for (name, alternative) in [("ln_greater", Alternative.greater), ("ln_less", .less), ("ln_two", .twoSided)]
            {
                let ln = fisherExact(table, alternative: alternative).pValue.ln
                let expected = try row.number(name)
                #expect(isClose(ln, expected), "\(cells) \(name): \(ln) instead of \(expected)")
            }
            let mid = fisherMidP(table).pValue.ln
            #expect(isClose(mid, try row.number("ln_midp_greater")), "\(cells) mid-p: \(mid)")
        }
    }

    /// Every table with up to 12 units per arm, against exact integer sums.
    @Test func agreesWithEnumerationOfSmallTables() throws {
        for n1 in 1...12 {
            for n0 in 1...12 {
                for x1 in 0...n1 {
                    for x0 in 0...n0 { try checkByEnumeration(x1, n1, x0, n0) }
                }
            }
        }
    }

    private func checkByEnumeration(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int) throws {
        let s = x1 + x0
        let support = max(0, s - n0)...min(n1, s)
        let weights = support.map { choose(n1, $0) * choose(n0, s - $0) }
        let total = Double(choose(n1 + n0, s))
        let observed = choose(n1, x1) * choose(n0, x0)
        var (greater, less, two, tied) = (0, 0, 0, 0)
        for (k, weight) in zip(support, weights) {
            if k >= x1 { greater += weight }
            if k <= x1 { less += weight }
            if weight <= observed { two += weight }
            if weight == observed { tied += weight }
        }
        let table = try Table2x2(
            suspect: Proportion(hits: Int64(x1), trials: Int64(n1)),
            control: Proportion(hits: Int64(x0), trials: Int64(n0)))
        func check(_ result: TestResult, _ expected: Double) {
            #expect(isClose(result.pValue.value, expected, 1e-13), "\(table) \(result) instead of \(expected)")
        }
        check(fisherExact(table, alternative: .greater), Double(greater) / total)
        check(fisherExact(table, alternative: .less), Double(less) / total)
        check(fisherExact(table, alternative: .twoSided), Double(two) / total)
        check(fisherMidP(table, alternative: .greater), (Double(greater) - 0.5 * Double(observed)) / total)
        check(fisherMidP(table, alternative: .less), (Double(less) - 0.5 * Double(observed)) / total)
        check(fisherMidP(table, alternative: .twoSided), (Double(two) - 0.5 * Double(tied)) / total)
    }

    @Test func isMonotoneAndSymmetric() throws {
        let seed: UInt64 = 20_261
        var generator = SeededGenerator(seed: seed, stream: "fisher-properties")
        for round in 0..<400 {
            let scale = [10, 1000, 1_000_000, 10_000_000_000][round % 4]
            let n1 = Int64(generator.next(below: scale)) + 2
            let n0 = Int64(generator.next(below: scale)) + 1
            let x1 = Int64(generator.next(below: Int(min(n1, 5000))))
            let x0 = Int64(generator.next(below: Int(min(n0, 5000)) + 1))
            let suspect = try Proportion(hits: x1, trials: n1)
            let control = try Proportion(hits: x0, trials: n0)
            let table = Table2x2(suspect: suspect, control: control)
            let more = Table2x2(suspect: try Proportion(hits: x1 + 1, trials: n1), control: control)
            let note = Comment(rawValue: "seed \(seed) round \(round): \(table)")
            let greater = fisherExact(table).pValue
            #expect(fisherExact(more).pValue <= greater, note)
            let mirrored = fisherExact(table.swapped, alternative: .less).pValue.ln
            #expect(isClose(mirrored, greater.ln, 1e-10) || abs(mirrored - greater.ln) < 1e-12, note)
            for alternative in Alternative.allCases {
                let p = fisherExact(table, alternative: alternative).pValue
                #expect(p.ln <= 0 && p.ln > -.infinity, note)
                let swappedTwo = fisherExact(table.swapped, alternative: .twoSided).pValue.ln
                let two = fisherExact(table, alternative: .twoSided).pValue.ln
                #expect(isClose(two, swappedTwo, 1e-10) || abs(two - swappedTwo) < 1e-12, note)
            }
            // The two tails overlap in the observed table only.
            let less = fisherExact(table, alternative: .less).pValue.value
            #expect(greater.value + less >= 1 - 1e-9, note)
        }
    }

    @Test func saysWhenTheDataCannotSpeak() throws {
        let table = try Table2x2(suspectHits: 0, suspectMisses: 50, controlHits: 0, controlMisses: 60)
        let result = fisherExact(table)
        #expect(result.pValue == .certain)
        #expect(result.warnings == [.noVariation])
        #expect(result.sampleSizes == [50, 60])
        #expect(fisherMidP(table).pValue.value == 0.5)
    }

    @Test func refusesImpossibleCounts() {
        #expect(throws: StatisticsError.impossibleCount(name: "hits", value: 5, allowed: 0...4)) {
            try Proportion(hits: 5, trials: 4)
        }
        #expect(throws: StatisticsError.self) { try Proportion(hits: -1, trials: 4) }
        #expect(throws: StatisticsError.self) { try Proportion(hits: 0, trials: 0) }
        #expect(throws: StatisticsError.self) { try Proportion(hits: 0, trials: .max) }
        #expect(throws: StatisticsError.self) {
            try Table2x2(suspectHits: .max, suspectMisses: .max, controlHits: 1, controlMisses: 1)
        }
        #expect(throws: StatisticsError.self) {
            try Table2x2(suspectHits: .min, suspectMisses: .min, controlHits: 1, controlMisses: 1)
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Proportion.self, from: Data(#"{"hits": 3, "trials": 2}"#.utf8))
        }
    }

    @Test func resultSurvivesJSON() throws {
        let table = try Table2x2(suspectHits: 781, suspectMisses: 23171, controlHits: 4963, controlMisses: 2_455_001)
        let result = fisherExact(table)
        let data = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(TestResult.self, from: data) == result)
        #expect(try JSONDecoder().decode(Table2x2.self, from: JSONEncoder().encode(table)) == table)
    }

    @Test func powerAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("fisher_power") {
            let power = try fisherPower(
                suspectRate: row.number("p1"), controlRate: row.number("p0"), suspectTrials: row.count("n1"),
                controlTrials: row.count("n0"), alpha: row.number("alpha"))
            #expect(isClose(power, try row.number("power")), "\(row): \(power)")
        }
        #expect(throws: StatisticsError.self) {
            try fisherPower(suspectRate: .nan, controlRate: 0, suspectTrials: 1, controlTrials: 1, alpha: 0.05)
        }
        let certain = try fisherPower(suspectRate: 1, controlRate: 0, suspectTrials: 9, controlTrials: 9, alpha: 0.05)
        #expect(certain == 1)
    }
}

/// n choose k in exact integers.
func choose(_ n: Int, _ k: Int) -> Int {
    var result = 1
    for step in 0..<min(k, n - k) { result = result * (n - step) / (step + 1) }
    return result
}
