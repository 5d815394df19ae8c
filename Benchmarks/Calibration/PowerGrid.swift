import Audit
import Statistics

/// An experiment with true rates, and the ways in which it is made.
struct PowerDesign {
    /// Why there are as many documents.
    let size: Size
    /// Rates and documents.
    let scenario: Scenario
    /// Whether the run may end early; both are judged on the same data.
    let stoppings: [Stopping]

    /// Where a number of documents comes from.
    enum Size: String {
        /// What the default needs for power .8 at the alternative that it bets on.
        case betsOwn = "the default's own for its bet"
        /// What a fixed design needs for power .8 at the bet's alternative.
        case fixedForBet = "a fixed design's for the bet"
        /// What a fixed design needs for power .8 at the true rates.
        case fixedForTruth = "a fixed design's for the truth"
        /// What the default needs for power .8 at the true rates.
        case earlyForTruth = "the default's for the truth"
    }

    var title: String {
        "\(scenario.controlRate) against \(scenario.suspectRate), \(scenario.suspects) + \(scenario.controls) documents"
    }
}

/// The experiments whose power is measured.
enum PowerGrid {
    /// The program's default.
    static let alpha = AuditOptions().alpha
    /// The extraction test's part of it.
    static let level = alpha * AuditOptions().extractionShare
    /// The alternative on which the default bets, control before suspect.
    static let bet = (control: 0.005, suspect: 0.08)
    private static let control = 0.01
    private static let suspects = [0.02, 0.05, 0.1, 0.2, 0.4]
    /// Documents per arm beyond which a size is not measured.
    private static let largest: Int64 = 2_000

    /// The experiments.
    ///
    /// - Throws: `StatisticsError` when a size cannot be planned.
    static func designs(seed: UInt64) throws(StatisticsError) -> [PowerDesign] {
        guard
            let cap = try documents(bet.control, bet.suspect, .hybrid, seed),
            let fixed = try documents(bet.control, bet.suspect, .fixed, seed)
        else { return [] }
        let both = [Stopping.never, .early]
        var designs = [
            PowerDesign(size: .betsOwn, scenario: scenario(bet.control, bet.suspect, cap), stoppings: both),
            PowerDesign(size: .fixedForBet, scenario: scenario(bet.control, bet.suspect, fixed), stoppings: [.never]),
        ]
        for suspect in suspects {
            designs.append(
                PowerDesign(size: .betsOwn, scenario: scenario(control, suspect, cap), stoppings: both))
            designs.append(
                PowerDesign(size: .fixedForBet, scenario: scenario(control, suspect, fixed), stoppings: [.never]))
            if let own = try documents(control, suspect, .fixed, seed) {
                designs.append(
                    PowerDesign(size: .fixedForTruth, scenario: scenario(control, suspect, own), stoppings: [.never]))
            }
            if let own = try documents(control, suspect, .hybrid, seed) {
                designs.append(
                    PowerDesign(size: .earlyForTruth, scenario: scenario(control, suspect, own), stoppings: [.early]))
            }
        }
        return designs
    }

    private static func scenario(_ control: Double, _ suspect: Double, _ documents: Int) -> Scenario {
        Scenario(
            suspectRate: suspect, controlRate: control, suspects: documents, controls: documents, hasScores: false)
    }

    private static func documents(
        _ control: Double, _ suspect: Double, _ procedure: PlannedProcedure, _ seed: UInt64
    ) throws(StatisticsError) -> Int? {
        let needed = try documentsNeeded(
            for: TrueRates(suspect: suspect, control: control), procedure: procedure, level: level, cap: largest,
            seed: seed)
        guard case .reachable(let documents, _) = needed else { return nil }
        return Int(documents)
    }
}
