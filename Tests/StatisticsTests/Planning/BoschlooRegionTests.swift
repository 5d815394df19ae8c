import Testing

@testable import Statistics

@Suite struct BoschlooRegionTests {
    /// The region is what the test itself decides, for every table of small arms.
    @Test func agreesWithTheTestOnEveryTable() throws {
        for (n1, n0) in [(1, 1), (5, 3), (7, 12), (11, 11)] as [(Int64, Int64)] {
            for level in [0.0025, 0.05, 0.3, 0.9] {
                let region = try BoschlooRegion(suspectDocuments: n1, controlDocuments: n0, level: level)
                for x1 in 0...n1 {
                    for x0 in 0...n0 {
                        let p = try boschlooExact(table(x1, n1, x0, n0)).pValue
                        #expect(
                            region.rejects(suspectHits: Int(x1), controlHits: Int(x0)) == (p.value <= level),
                            "\(x1)/\(n1) \(x0)/\(n0) at \(level): \(p)")
                    }
                }
            }
        }
    }

    /// In large arms, the table on the edge is rejected and the one below it is not.
    @Test func agreesWithTheTestAlongTheEdge() throws {
        for (n1, n0, level) in [(240, 240, 0.005), (240, 240, 0.0025), (300, 90, 0.01)] as [(Int64, Int64, Double)] {
            let region = try BoschlooRegion(suspectDocuments: n1, controlDocuments: n0, level: level)
            for x0 in stride(from: 0, to: n0, by: 30) {
                let edge = Int64(region.edges[Int(x0)])
                if edge <= n1 { #expect(try boschlooExact(table(edge, n1, x0, n0)).pValue.value <= level) }
                if edge > 0 { #expect(try boschlooExact(table(edge - 1, n1, x0, n0)).pValue.value > level) }
            }
        }
    }

    /// Power of Fisher's test by exact double sums (reference values); Boschloo's contains it.
    @Test func isAtLeastAsPowerfulAsFisher() throws {
        let rates = try TrueRates(suspect: 0.05, control: 0.01)
        for (n, fisher) in [(100, 0.306411482197), (200, 0.685012451141), (250, 0.80103374931)] as [(Int64, Double)] {
            #expect(
                isClose(
                    try fisherPower(
                        suspectRate: 0.05, controlRate: 0.01, suspectTrials: n, controlTrials: n, alpha: 0.05),
                    fisher, 1e-10))
            let power = try BoschlooRegion(suspectDocuments: n, controlDocuments: n, level: 0.05).power(rates)
            #expect(power > fisher && power < fisher + 0.1, "\(n): \(power)")
        }
    }

    /// Under every common rate the test rejects at most as often as stated; exact, no simulation.
    @Test func sizeIsAtMostTheLevel() throws {
        for (n1, n0, level) in [(9, 30, 0.05), (60, 60, 0.005), (240, 100, 0.0025)] as [(Int64, Int64, Double)] {
            let region = try BoschlooRegion(suspectDocuments: n1, controlDocuments: n0, level: level)
            for step in 0...60 {
                let rate = Double(step) / 60
                let size = region.power(try TrueRates(suspect: rate, control: rate))
                #expect(size <= level * (1 + 1e-9), "\(n1) \(n0) at \(rate): \(size)")
                let lower = region.power(try TrueRates(suspect: rate / 2, control: rate))
                #expect(lower <= size + 1e-12)
            }
        }
    }

    @Test func powerRisesWithTheSuspectRateAndFallsWithTheControlRate() throws {
        let region = try BoschlooRegion(suspectDocuments: 80, controlDocuments: 120, level: 0.01)
        for q0 in [0, 0.01, 0.1, 0.5] {
            var last = 0.0
            for step in 0...20 {
                let power = region.power(try TrueRates(suspect: Double(step) / 20, control: q0))
                #expect(power >= last - 1e-12)
                #expect(region.power(try TrueRates(suspect: Double(step) / 20, control: q0 / 2)) >= power - 1e-12)
                last = power
            }
            #expect(last > 0.99)
        }
    }

    @Test func powerRisesWithDocuments() throws {
        let rates = try TrueRates(suspect: 0.2, control: 0.01)
        let powers = try [5, 10, 20, 40, 80, 160].map {
            try BoschlooRegion(suspectDocuments: $0, controlDocuments: $0, level: 0.005).power(rates)
        }
        #expect(powers == powers.sorted() && powers[0] < 0.01 && powers[5] > 0.99)
    }

    /// Above the limit of unconditional tests the region is Fisher's, as the test is.
    @Test func isFishersRegionAboveTheLimit() throws {
        let region = try BoschlooRegion(suspectDocuments: 3000, controlDocuments: 1001, level: 0.01)
        let power = try fisherPower(
            suspectRate: 0.03, controlRate: 0.01, suspectTrials: 3000, controlTrials: 1001, alpha: 0.01)
        #expect(isClose(region.power(try TrueRates(suspect: 0.03, control: 0.01)), power, 1e-10))
    }

    @Test func ratesOfZeroAndOneAreDefined() throws {
        let region = try BoschlooRegion(suspectDocuments: 30, controlDocuments: 30, level: 0.01)
        #expect(region.power(try TrueRates(suspect: 0, control: 0)) == 0)
        #expect(region.power(try TrueRates(suspect: 1, control: 1)) == 0)
        #expect(region.power(try TrueRates(suspect: 1, control: 0)) == 1)
        #expect(region.power(try TrueRates(suspect: 0, control: 1)) == 0)
        #expect(!region.rejects(suspectHits: 31, controlHits: 0))
        #expect(!region.rejects(suspectHits: 30, controlHits: -1))
        #expect(!region.rejects(suspectHits: 30, controlHits: 31))
        #expect(!region.rejects(suspectHits: -1, controlHits: 0))
    }

    @Test func refusesHostileInput() throws {
        for documents in [0, -1, .min, .max, BoschlooRegion.largestDocuments + 1] as [Int64] {
            #expect(throws: StatisticsError.self) {
                try BoschlooRegion(suspectDocuments: documents, controlDocuments: 10, level: 0.01)
            }
            #expect(throws: StatisticsError.self) {
                try BoschlooRegion(suspectDocuments: 10, controlDocuments: documents, level: 0.01)
            }
        }
        for level in [0, 1, -0.1, 2, .nan, .infinity] as [Double] {
            #expect(throws: StatisticsError.self) {
                try BoschlooRegion(suspectDocuments: 10, controlDocuments: 10, level: level)
            }
        }
        // Levels at the ends of the range end, too.
        let nearlyZero = try BoschlooRegion(suspectDocuments: 40, controlDocuments: 40, level: .leastNonzeroMagnitude)
        #expect(nearlyZero.edges[0] == 41)
        let nearlyOne = try BoschlooRegion(suspectDocuments: 40, controlDocuments: 40, level: 1.0.nextDown)
        #expect(!nearlyOne.rejects(suspectHits: 0, controlHits: 0))
        for rate in [-0.1, 1.1, .nan, .infinity] {
            #expect(throws: StatisticsError.self) { try TrueRates(suspect: rate, control: 0) }
            #expect(throws: StatisticsError.self) { try TrueRates(suspect: 0, control: rate) }
        }
    }

    private func table(_ x1: Int64, _ n1: Int64, _ x0: Int64, _ n0: Int64) throws -> Table2x2 {
        Table2x2(suspect: try Proportion(hits: x1, trials: n1), control: try Proportion(hits: x0, trials: n0))
    }
}
