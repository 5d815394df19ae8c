import Corpus
import PrefixLearning
import Randomness
import Testing

@Suite struct ExplorationPlanTests {
    /// Prompt "good" helps every suspect a little, "rare" helps a few much and hurts the others; controls stay as they
    /// are.
    private func table(known: Int) -> LiftTable {
        let documents = (0..<40).map {
            ArmedDocument(arm: $0 % 2 == 0 ? .suspect : .control, document: DocumentID("\($0)"))
        }
        var table = LiftTable(
            prompts: ["good", "useless", "bad", "rare"].map { PromptID(rawValue: $0) }, documents: documents)
        for (index, document) in documents.prefix(known).enumerated() {
            for (prompt, score) in [
                ("none", -2.0), ("good", -1.7), ("useless", -2.1), ("bad", -2.5), ("rare", index % 10 == 0 ? -0.5 : -3),
            ] {
                let cell = ScoreCell(prompt: PromptID(rawValue: prompt), document: document)
                table.take(document.arm == .suspect ? score : -2, for: cell)
            }
        }
        return table
    }

    @Test func aPromptThatIsBestOnFewDocumentsSurvives() {
        let plan = ExplorationPlan(table: table(known: 20), poolSize: 3, budgetInCells: 1_000, seed: 1)
        #expect(plan.pool.map(\.rawValue) == ["good", "none", "rare"])
        #expect(plan.cells.count == 20 * 3 && plan.leftOpen == 0)
    }

    @Test func theBudgetIsKeptAndRowsAreCompleted() {
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed, stream: "exploration-test")
            let budget = generator.next(below: 100)
            var table = table(known: generator.next(below: 40))
            let plan = ExplorationPlan(
                table: table, poolSize: generator.next(below: 6), budgetInCells: budget, seed: seed)
            #expect(plan.cells.count <= budget && Set(plan.cells).count == plan.cells.count)
            #expect(plan.cells.count == budget || plan.leftOpen == 0)
            for cell in plan.cells {
                let isNew = table.take(-1, for: cell)
                #expect(isNew, "seed \(seed)")
            }
            let after = ExplorationPlan(table: table, budgetInCells: -3, seed: seed)
            #expect(after.cells.isEmpty)
        }
    }

    @Test func controlsAreStrewnAmongSuspects() {
        let plan = ExplorationPlan(table: table(known: 20), poolSize: 3, budgetInCells: 24, seed: 1)
        let controls = Set(plan.cells.map(\.document)).count { $0.arm == .control }
        #expect(plan.cells.count == 24 && controls == 2)
    }

    @Test func anEmptyTableGivesAPlan() {
        let plan = ExplorationPlan(table: LiftTable(prompts: [], documents: []), budgetInCells: 5, seed: 1)
        #expect(plan.pool == [.none] && plan.cells.isEmpty)
    }
}
