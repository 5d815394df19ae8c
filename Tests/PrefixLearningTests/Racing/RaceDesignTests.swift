import PrefixLearning
import Randomness
import Testing

@Suite struct RaceDesignTests {
    @Test func everyPlanFitsItsBudgetAndTheNamedSmallestOneDoes() throws {
        for seed in UInt64(0)..<300 {
            var generator = SeededGenerator(seed: seed, stream: "race-design")
            var design = RaceDesign(
                candidates: generator.next(below: 200), suspects: 1 + generator.next(below: 500),
                controls: generator.next(below: 500), budgetInCalls: generator.next(below: 20_000),
                callsPerScore: 1 + generator.next(below: 50))
            do {
                let plan = try design.plan()
                #expect(plan.mostScores * design.callsPerScore <= design.budgetInCalls, "seed \(seed)")
                #expect(plan.candidates <= design.candidates)
                #expect(plan.suspects + plan.heldBackSuspects == design.suspects)
            } catch let error {
                guard case .budgetTooSmall(_, let smallest) = error else {
                    Issue.record("seed \(seed): \(error)")
                    continue
                }
                design.budgetInCalls = smallest
                #expect(try design.plan().candidates == 1, "seed \(seed)")
                design.budgetInCalls = smallest - 1
                #expect(throws: RaceError.self) { try design.plan() }
            }
        }
    }

    @Test func aLargerBudgetNeverMeansFewerCandidates() throws {
        var before = 0
        for budget in stride(from: 100, through: 10_000, by: 100) {
            let design = RaceDesign(candidates: 64, suspects: 300, controls: 300, budgetInCalls: budget)
            let candidates = (try? design.plan().candidates) ?? 0
            #expect(candidates >= before)
            before = candidates
        }
        #expect(before == 64)
    }

    @Test func sixtyFourPromptsFromEightDocumentsCostWhatTheAlgorithmSays() {
        // 64·8 + 32·8 + 16·16 + 8·32 + 4·64 + 2·128 prompts' scores and 256 of the bare windows.
        let plan = RacePlan(candidates: 64, openingDocuments: 8, suspects: 500, controls: 500, mostHeldBack: 0)
        #expect(plan.rounds.map(\.candidates) == [64, 32, 16, 8, 4, 2, 1])
        #expect(plan.mostScores == 1_792 + 256 + 257 - 1 + 256)
    }

    @Test func impossibleNumbersAreRefused() {
        #expect(throws: RaceError.noSuspects) {
            try RaceDesign(candidates: 1, suspects: 0, controls: 5, budgetInCalls: 100).plan()
        }
        #expect(throws: RaceError.self) {
            try RaceDesign(candidates: -1, suspects: 5, controls: 5, budgetInCalls: 100).plan()
        }
        #expect(throws: RaceError.self) {
            try RaceDesign(candidates: .max, suspects: .max, controls: 5, budgetInCalls: .max).plan()
        }
    }
}
