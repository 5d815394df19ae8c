import Corpus
import PrefixLearning
import Randomness
import Statistics
import Testing

@Suite struct SequentialHalvingTests {
    @Test func withoutAUsefulPromptTheEmptyOneStays() throws {
        let simulation = SimulatedRace(documents: 320, controls: 320)
        let plan = try simulation.plan()
        let kept = try (0..<100).count {
            try simulation.run(plan: plan, seed: UInt64($0)).outcome?.chosen == PromptID.none
        }
        print("the empty prompt stayed \(kept) times in 100")
        #expect(kept >= 95)
    }

    @Test func unequalSpreadsDoNotMakeAPromptUseful() throws {
        for (suspect, control) in [(1.4, 0.3), (0.3, 1.4)] {
            let simulation = SimulatedRace(
                prompts: 6, documents: 60, controls: 45, noise: suspect, controlNoise: control)
            let plan = try simulation.plan()
            let kept = try (0..<200).count {
                try simulation.run(plan: plan, seed: UInt64($0)).outcome?.chosen == PromptID.none
            }
            print("spreads \(suspect) and \(control): the empty prompt stayed \(kept) times in 200")
            #expect(kept >= 190)
        }
    }

    @Test func oneUsefulPromptAmong64IsFound() throws {
        let simulation = SimulatedRace(documents: 320, controls: 320, useful: 37)
        let plan = try simulation.plan()
        var (found, led) = (0, 0)
        var scores = 0
        for seed in 0..<100 {
            let race = try simulation.run(plan: plan, seed: UInt64(seed))
            if race.outcome?.chosen.rawValue == "p37" { found += 1 }
            if race.outcome?.ranking.first?.prompt.rawValue == "p37" { led += 1 }
            scores = max(scores, race.outcome?.scores ?? 0)
        }
        print("led \(led) and chosen \(found) times in 100, at most \(scores) scores, planned \(plan.mostScores)")
        #expect(found >= 95)
        #expect(scores <= plan.mostScores)
    }

    @Test func theOrderOfAnswersDoesNotMatter() throws {
        for seed in UInt64(0)..<10 {
            let simulation = SimulatedRace(prompts: 9, documents: 40, controls: 30, useful: 4, missing: 0.1)
            let plan = try simulation.plan()
            let first = try simulation.run(plan: plan, seed: seed)
            var second = try SequentialHalving(
                prompts: simulation.promptIDs, suspects: simulation.suspectIDs.reversed(),
                controls: simulation.controlIDs, plan: plan, seed: seed)
            var cells = first.table.prompts.indices.flatMap { prompt in
                first.table.documents.indices.map { (prompt, $0) }
            }
            var generator = SeededGenerator(seed: seed, stream: "order-of-answers")
            cells.shuffle(with: &generator)
            for (prompt, document) in cells {
                let cell = ScoreCell(prompt: first.table.prompts[prompt], document: first.table.documents[document])
                if !first.table.isOpen(cell) {
                    second.take(first.table.score(prompt: prompt, document: document), for: cell)
                }
            }
            let isSame = second == first
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func aLaterGenerationAsksOnlyForWhatIsNew() throws {
        let simulation = SimulatedRace(prompts: 4, documents: 40, controls: 40, useful: 2)
        let plan = RacePlan(candidates: 3, openingDocuments: 16, suspects: 40, controls: 40)
        let first = try simulation.run(plan: plan, seed: 4)
        let newcomer = PromptID(rawValue: "new")
        var second = try SequentialHalving(
            prompts: simulation.promptIDs.suffix(1) + simulation.promptIDs.prefix(1) + [newcomer],
            suspects: simulation.suspectIDs, controls: simulation.controlIDs, plan: plan, seed: 4)
        second.take(answersOf: first.table)
        #expect(second.nextRequests.count == 32)
        #expect(Set(second.nextRequests.map(\.prompt)) == [newcomer, simulation.promptIDs[3]])
        var wider = LiftTable(prompts: first.table.prompts + [newcomer], documents: first.table.documents)
        wider.take(answersOf: first.table)
        #expect(wider.scoredCells == first.table.scoredCells && wider.answers.count == first.table.answers.count)
    }

    @Test func everyPromptIsRankedOnceAndTheRoundsAddUp() throws {
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed, stream: "sizes")
            let simulation = SimulatedRace(
                prompts: generator.next(below: 20), documents: 1 + generator.next(below: 60),
                controls: generator.next(below: 60), useful: 0, missing: generator.nextUnit())
            let plan = try simulation.plan()
            let outcome = try #require(try simulation.run(plan: plan, seed: seed).outcome)
            #expect(outcome.ranking.map(\.prompt).sorted() == simulation.promptIDs.sorted(), "seed \(seed)")
            #expect(zip(outcome.ranking, outcome.ranking.dropFirst()).allSatisfy { $0.rounds >= $1.rounds })
            #expect(outcome.scores <= plan.mostScores)
        }
    }

    @Test func everythingMissingLeavesTheEmptyPrompt() throws {
        let simulation = SimulatedRace(prompts: 5, documents: 20, controls: 20, missing: 1)
        let outcome = try #require(try simulation.run(plan: simulation.plan(), seed: 1).outcome)
        #expect(outcome.chosen == .none)
        #expect(outcome.final == nil)
        #expect(outcome.ranking.allSatisfy { $0.contrast == nil })
    }

    @Test func silenceEndsARoundToo() throws {
        let simulation = SimulatedRace(prompts: 5, documents: 20, controls: 20)
        var race = try SequentialHalving(
            prompts: simulation.promptIDs, suspects: simulation.suspectIDs, controls: simulation.controlIDs,
            plan: simulation.plan(), seed: 1)
        for _ in 0..<10 { race.endRound() }
        #expect(race.outcome?.chosen == PromptID.none)
        #expect(race.nextRequests.isEmpty)
    }

    @Test func aSinglePromptIsJudgedWithoutControls() throws {
        let simulation = SimulatedRace(prompts: 1, documents: 150, controls: 0, useful: 0)
        let outcome = try #require(try simulation.run(plan: simulation.plan(), seed: 3).outcome)
        #expect(outcome.chosen.rawValue == "p0")
        #expect(outcome.final?.contrast?.controls == 0)
    }

    @Test func aPromptThatOnlyHurtsControlsIsNotChosen() throws {
        var race = try SequentialHalving(
            prompts: [PromptID(rawValue: "spoiler")], suspects: (0..<60).map { DocumentID("s\($0)") },
            controls: (0..<60).map { DocumentID("c\($0)") },
            plan: RacePlan(candidates: 1, suspects: 60, controls: 60), seed: 5)
        var generator = SeededGenerator(seed: 5, stream: "spoiler")
        while race.outcome == nil {
            for cell in race.nextRequests {
                let isBare = cell.prompt == .none
                race.take(
                    isBare ? 0 : (cell.document.arm == .control ? -2 : -0.5) + 0.1 * generator.nextNormal(), for: cell)
            }
        }
        #expect(race.outcome?.final?.pValue.value ?? 1 < 0.01)
        #expect(race.outcome?.chosen == PromptID.none)
    }

    @Test func theFirstRoundTakesTheArmsInTurn() throws {
        let simulation = SimulatedRace(prompts: 2)
        let race = try SequentialHalving(
            prompts: simulation.promptIDs, suspects: simulation.suspectIDs, controls: simulation.controlIDs,
            plan: RacePlan(candidates: 2, openingDocuments: 8, suspects: 256, controls: 256), seed: 9)
        #expect(race.nextRequests.count == 24)
        let arms = race.table.documents.prefix(8).map(\.arm)
        #expect(arms == Array(repeating: [Arm.suspect, .control], count: 4).flatMap { $0 })
    }

    @Test func anotherRacesCellsAndSecondAnswersChangeNothing() throws {
        let simulation = SimulatedRace(prompts: 2, documents: 30, controls: 30)
        var race = try SequentialHalving(
            prompts: simulation.promptIDs, suspects: simulation.suspectIDs, controls: simulation.controlIDs,
            plan: simulation.plan(), seed: 9)
        let cell = try #require(race.nextRequests.first)
        let wrongPrompt = ScoreCell(prompt: PromptID(rawValue: "?"), document: cell.document)
        let wrongDocument = ScoreCell(
            prompt: .none, document: ArmedDocument(arm: .control, document: DocumentID("?")))
        #expect(!race.take(1, for: wrongPrompt) && !race.take(1, for: wrongDocument))
        #expect(race.take(.nan, for: cell) && !race.take(1, for: cell))
        #expect(race.table.scoredCells == 0)
    }

    @Test func noSuspectIsRefused() {
        #expect(throws: RaceError.noSuspects) {
            try SequentialHalving(
                prompts: [], suspects: [], controls: [DocumentID("c")],
                plan: RacePlan(candidates: 0, suspects: 0, controls: 1), seed: 1)
        }
    }
}

extension Sequence {
    func count(where isCounted: (Element) throws -> Bool) rethrows -> Int {
        try reduce(0) { try $0 + (isCounted($1) ? 1 : 0) }
    }
}
