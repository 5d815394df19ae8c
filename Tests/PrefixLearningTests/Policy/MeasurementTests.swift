import PrefixLearning
import Testing

/// Whether assertions are left out, as they are in release builds.
private let isReleaseBuild: Bool = {
    var isRelease = true
    // An assertion's condition is not evaluated in release builds.
    assert(
        {
            isRelease = false
            return true
        }())
    return isRelease
}()

/// What learning costs and finds at the size of a real audit; only in release builds.
///
///     swift test -c release -Xswiftc -enable-testing --filter PrefixLearningTests.MeasurementTests
@Suite(.serialized, .enabled(if: isReleaseBuild)) struct MeasurementTests {
    @Test(arguments: [8, 16, 32]) func howOftenARaceFindsTheOneUsefulPrompt(openingDocuments: Int) throws {
        let simulation = SimulatedRace(documents: 320, controls: 320, useful: 37)
        let plan = RacePlan(candidates: 64, openingDocuments: openingDocuments, suspects: 320, controls: 320)
        var (found, scores) = (0, 0)
        for seed in UInt64(0)..<400 {
            let outcome = try simulation.run(plan: plan, seed: 1_000 + seed).outcome
            if outcome?.chosen.rawValue == "p37" { found += 1 }
            scores += outcome?.scores ?? 0
        }
        print(
            "first round \(openingDocuments): found \(found) of 400, mean scores \(scores / 400) of \(plan.mostScores)")
        #expect(found >= (openingDocuments == 32 ? 380 : 320))
    }

    @Test func aPolicyOfFiveHundredDocumentsAndSixteenPrompts() throws {
        let made = PolicySource(seed: 6, prompts: 15).table(documents: 500, missing: 0.1)
        let start = ContinuousClock.now
        let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: 6)
        let learned = ContinuousClock.now
        for text in made.texts { _ = policy.choose(text) }
        let chosen = ContinuousClock.now
        print("500 suspects × 16 prompts: learned in \(learned - start), 1,000 choices in \(chosen - learned)")
        #expect(policy.choice != nil)
        #expect(learned - start < .seconds(5))
    }
}
