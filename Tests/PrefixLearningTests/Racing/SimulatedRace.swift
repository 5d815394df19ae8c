import Corpus
import PrefixLearning
import Randomness
import RealModule

/// A made-up target whose lifts are known.
struct SimulatedRace {
    var prompts = 64
    var documents = 256
    var controls = 256
    /// The prompt that helps, if any.
    var useful: Int?
    var usefulShare = 0.6
    var usefulLift = 1.0
    var noise = 0.7
    /// The spread of controls' lifts, where it is another.
    var controlNoise: Double?
    /// The share of scores that never come.
    var missing = 0.0

    var promptIDs: [PromptID] { (0..<prompts).map { PromptID(rawValue: "p\($0)") } }
    var suspectIDs: [DocumentID] { (0..<documents).map { DocumentID("s\($0)") } }
    var controlIDs: [DocumentID] { (0..<controls).map { DocumentID("c\($0)") } }

    func plan(budget: Int = 10_000) throws -> RacePlan {
        try RaceDesign(candidates: prompts, suspects: documents, controls: controls, budgetInCalls: budget).plan()
    }

    /// Runs a race to its end and returns it.
    func run(plan: RacePlan, seed: UInt64) throws -> SequentialHalving {
        var race = try SequentialHalving(
            prompts: promptIDs, suspects: suspectIDs, controls: controlIDs, plan: plan, seed: seed)
        var generator = SeededGenerator(seed: seed, stream: "simulated-race")
        while race.outcome == nil {
            for cell in race.nextRequests {
                race.take(generator.nextUnit() < missing ? nil : score(of: cell, &generator), for: cell)
            }
        }
        return race
    }

    func score(of cell: ScoreCell, _ generator: inout SeededGenerator) -> Double {
        if cell.prompt == .none { return -3 }
        let spread = cell.document.arm == .control ? controlNoise ?? noise : noise
        var lift = spread * generator.nextNormal()
        if cell.document.arm == .suspect, cell.prompt.rawValue == useful.map({ "p\($0)" }),
            generator.nextUnit() < usefulShare
        {
            lift += usefulLift
        }
        return -3 + lift
    }
}

extension SeededGenerator {
    /// A standard normal number (Box and Muller, 1958).
    mutating func nextNormal() -> Double {
        (-2 * .log(1 - nextUnit())).squareRoot() * .cos(2 * .pi * nextUnit())
    }
}
