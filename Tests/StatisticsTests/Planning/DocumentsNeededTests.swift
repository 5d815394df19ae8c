import Testing

@testable import Statistics

@Suite struct DocumentsNeededTests {
    private let rates = TrueRates(checkedSuspect: 0.2, control: 0.01)

    /// Found by bisection, checked against every smaller size.
    @Test func fixedSizeIsEnoughAndOneLessIsNot() throws {
        let needed = try documentsNeeded(for: rates, procedure: .fixed, level: 0.005, seed: 1)
        guard case .reachable(let n, let forecast) = needed else {
            Issue.record("\(needed)")
            return
        }
        #expect(forecast.fixedPower >= 0.8)
        #expect(try BoschlooRegion(suspectDocuments: n - 1, controlDocuments: n - 1, level: 0.005).power(rates) < 0.8)
        // Fisher's test needs more.
        #expect(
            try fisherPower(suspectRate: 0.2, controlRate: 0.01, suspectTrials: n, controlTrials: n, alpha: 0.005)
                < forecast.fixedPower)
    }

    @Test func stoppingEarlyCostsDocumentsAtTheCapAndSavesThemOnAverage() throws {
        guard case .reachable(let fixed, _) = try documentsNeeded(for: rates, procedure: .fixed, level: 0.005, seed: 1),
            case .reachable(let hybrid, let forecast) = try documentsNeeded(for: rates, level: 0.005, seed: 1)
        else {
            Issue.record("both are reachable")
            return
        }
        #expect(hybrid >= fixed && Double(hybrid) < 1.25 * Double(fixed))
        #expect(forecast.expectedDocuments < 2 * Double(hybrid))
        guard
            case .reachable(let alike, _) = try documentsNeeded(
                for: rates, level: 0.005, designEffect: DesignEffect(2), seed: 1)
        else {
            Issue.record("reachable with alike documents too")
            return
        }
        #expect(alike == 2 * hybrid)
    }

    @Test func morePowerAndSmallerEffectsNeedMore() throws {
        func size(_ suspect: Double, _ power: Double) throws -> Int64 {
            let needed = try documentsNeeded(
                for: TrueRates(suspect: suspect, control: 0.01), power: power, procedure: .fixed, level: 0.01, seed: 1)
            guard case .reachable(let n, _) = needed else { return .max }
            return n
        }
        #expect(try size(0.3, 0.8) < size(0.2, 0.8))
        #expect(try size(0.3, 0.5) < size(0.3, 0.8))
        #expect(try size(0.3, 0.8) < size(0.3, 0.95))
    }

    @Test func saysWhenTheCapIsNotEnough() throws {
        for suspect in [0.0, 0.01, 0.05] {
            let needed = try documentsNeeded(
                for: TrueRates(suspect: suspect, control: 0.01), level: 0.005, cap: 60, replicates: 200, seed: 1)
            guard case .notReachable(let cap, let atCap) = needed else {
                Issue.record("\(needed)")
                return
            }
            #expect(cap == 60 && atCap.hybridPower.value < 0.8)
        }
        guard case .notReachable = try documentsNeeded(for: rates, level: 0.005, cap: 1, seed: 1) else {
            Issue.record("one document per arm cannot be enough")
            return
        }
    }

    @Test func refusesHostileInput() throws {
        for power in [0, 1, -1, .nan] as [Double] {
            #expect(throws: StatisticsError.self) {
                try documentsNeeded(for: rates, power: power, level: 0.01, seed: 1)
            }
        }
        for cap in [0, -1, .max] as [Int64] {
            #expect(throws: StatisticsError.self) { try documentsNeeded(for: rates, level: 0.01, cap: cap, seed: 1) }
        }
        #expect(throws: StatisticsError.self) { try documentsNeeded(for: rates, level: .nan, seed: 1) }
        #expect(throws: StatisticsError.self) {
            try documentsNeeded(for: rates, level: 0.01, replicates: 1, seed: 1)
        }
    }
}
