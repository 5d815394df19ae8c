import Foundation
import Testing

extension WithRealServer {
    /// The keys that scripts rely on: none may go away or change its type while `schema` stays 1.
    @Suite struct VerdictKeysTests {
        @Test func everyKeyOfTheVerdictIsThere() async throws {
            let run = try await PlantedRun.shared()
            let verdict = try expectObject(run.ending, 1)
            expectKeys(
                verdict,
                [
                    "alpha", "chain", "control", "delta", "doesNotProve", "effect", "elicitation", "event", "evidence",
                    "gates", "groupField", "groups", "learning", "levels", "lnP", "model", "p", "plan", "proves",
                    "reason",
                    "requests", "run", "savings", "schema", "sequential", "suspect", "test", "testLift", "tests",
                    "upperBound", "verdict", "windows",
                ])
            #expect(verdict.text("event") == "verdict")
            #expect(verdict.count("schema") == 1)
            #expect(verdict.number("delta") == 0.01)
            #expect(verdict.text("elicitation") == "none")
            #expect(verdict.text("run") == run.command.run)
            #expect(verdict.text("model").hasPrefix("model-planted.gguf"))
            #expect(verdict.text("plan").count == 64 && verdict.text("chain").count == 64)
            #expect(verdict.text("groupField") == "repetitions")
            #expect(verdict.number("upperBound") > verdict.object("suspect").number("rate"))
            #expect(verdict.count("requests") > 0)
            #expect(verdict.text("test") == "exact Cochran–Mantel–Haenszel test")
            for key in ["reason", "proves", "doesNotProve", "p"] { #expect(!verdict.text(key).isEmpty, "\(key)") }
        }

        @Test func everyKeyBelowTheVerdictIsThere() async throws {
            let run = try await PlantedRun.shared()
            let verdict = try expectObject(run.ending, 1)
            let rates = [verdict.object("suspect"), verdict.object("control")]
            for rate in rates + verdict.objects("groups").map({ $0.object("rate") }) {
                expectKeys(
                    rate,
                    [
                        "confidence", "documents", "extractableWindows", "failures", "hits", "interval", "meanLn",
                        "rate",
                        "reproducedWindows", "windows",
                    ])
                let interval = rate["interval"] as? [Double] ?? []
                #expect(interval.count == 2 && interval[0] <= rate.number("rate") && rate.number("rate") <= interval[1])
            }
            expectKeys(verdict.object("effect"), ["confidence", "interval", "meanLnDifference", "rateDifference"])
            #expect(
                try verdict.object("levels").canonical()
                    == #"{"extraction":0.005,"likelihood":0.005,"sequential":null}"#)
            #expect(
                try verdict.object("windows").canonical() == #"{"perDocument":4,"prefix":32,"scored":8,"suffix":16}"#)
            expectKeys(verdict.object("tests"), ["extraction", "likelihood", "sequential"])
            for test in ["extraction", "likelihood"] {
                expectKeys(
                    verdict.object("tests").object(test),
                    ["alternative", "exactness", "lnP", "method", "sampleSizes", "statistic", "warnings"])
            }
            let gates = verdict.objects("gates")
            #expect(
                gates.map { $0.text("gate") } == [
                    "frozen-plan", "server-self-test", "transport-equality", "replicate-noise",
                    "near-duplicates-between-arms", "blind-baseline", "control-halves",
                ])
            for gate in gates { expectKeys(gate, ["detail", "gate", "passed", "remedy"]) }
            for group in verdict.objects("groups") { expectKeys(group, ["arm", "rate", "value"]) }
        }

        private func expectKeys(
            _ object: [String: Any], _ keys: [String], sourceLocation: SourceLocation = #_sourceLocation
        ) {
            #expect(object.keys.sorted() == keys, sourceLocation: sourceLocation)
        }
    }
}
