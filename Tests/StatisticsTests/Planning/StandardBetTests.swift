import Foundation
import Testing

@testable import Statistics

/// The comparison that chose ``TwoProportionBet/standard``, with fewer runs.
@Suite struct StandardBetTests {
    private static let level = 0.005
    private static let designs = [(0.01, 0.05), (0.01, 0.10), (0.005, 0.08), (0.001, 0.05), (0.01, 0.20)]

    /// Over the truths an audit meets, no rival asks about clearly fewer documents.
    @Test func asksAboutTheFewestDocuments() throws {
        let truths = try [0.001, 0.01].flatMap { control in
            try [0.02, 0.05, 0.1, 0.2, 0.4, 0.6].map { try TrueRates(suspect: $0, control: control) }
        }
        for cap in [240, 500] as [Int64] {
            let region = try BoschlooRegion(suspectDocuments: cap, controlDocuments: cap, level: Self.level / 2)
            func pairs(_ bet: TwoProportionBet) -> [Double] {
                truths.map {
                    HybridSimulation(
                        bet: bet, logThreshold: -log(Self.level / 2), region: region, rates: $0, replicates: 300,
                        seed: 1
                    ).pairs.value
                }
            }
            let standard = pairs(.standard)
            let rivals = Self.designs.map {
                pairs(.mixture(controlRate: $0.0, suspectRate: $0.1, pseudocount: TwoProportionBet.standardPseudocount))
            }
            let mean = standard.reduce(0, +)
            for (design, rival) in zip(Self.designs, rivals) {
                #expect(mean <= 1.01 * rival.reduce(0, +), "cap \(cap): \(design) \(rival), standard \(standard)")
            }
            for (index, truth) in truths.enumerated() {
                let best = rivals.map { $0[index] }.min() ?? 0
                #expect(standard[index] <= 1.1 * best, "cap \(cap) \(truth): \(standard[index]) against \(best)")
            }
        }
    }

    /// Gross leakage is found with at most half of the documents of the fixed design, and the design's own alternative
    /// is found by the hybrid with a tenth more documents than the fixed design needs.
    @Test func savesWhenLeakageIsGrossAndKeepsItsPower() throws {
        let own = try TrueRates(suspect: 0.08, control: 0.005)
        guard
            case .reachable(let fixed, _) = try documentsNeeded(
                for: own, procedure: .fixed, level: Self.level, seed: 1)
        else {
            Issue.record("the design's own alternative is reachable")
            return
        }
        #expect(fixed == 153)
        let cap = fixed + fixed / 8
        let forecaster = try PowerForecaster(
            HybridDesign(level: Self.level, suspectDocuments: cap, controlDocuments: cap))
        let atOwn = try forecaster.forecast(own, replicates: 1000, seed: 1)
        #expect(atOwn.hybridPower.value >= 0.8, "\(atOwn)")
        let gross = try forecaster.forecast(TrueRates(suspect: 0.2, control: 0.01), replicates: 1000, seed: 1)
        #expect(2 * gross.expectedPairs.value <= Double(fixed), "\(gross)")
    }
}
