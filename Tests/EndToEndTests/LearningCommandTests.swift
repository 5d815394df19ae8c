import Foundation
import Testing

extension WithRealServer {
    /// `rote audit --learn` and `rote learn` on models whose memory depends on a header.
    @Suite struct LearningCommandTests {
        private static let corpus = "\(Places.corpora)/house-header"
        private static let planted = "\(corpus)/model-planted.gguf"
        private static let clean = "\(Places.corpora)/header-twin/model-clean.gguf"

        /// A part of the fixture, written to files.
        private func command(
            _ scratch: Scratch, _ documents: Int, model: String = planted, run: String = "run", _ options: String...
        ) throws -> AuditCommand {
            func lines(_ arm: String) throws -> [String] {
                let text = try String(contentsOfFile: "\(Self.corpus)/\(arm).jsonl", encoding: .utf8)
                return Array(text.split(separator: "\n").map(String.init).prefix(documents))
            }
            var command = AuditCommand(
                suspect: try scratch.write(lines: try lines("suspect"), to: "suspect.jsonl"),
                control: try scratch.write(lines: try lines("control"), to: "control.jsonl"), run: scratch(run),
                model: model, options: ["--json"] + options)
            command.shape = ["--prefix-tokens", "32", "--suffix-tokens", "16"]
            return command
        }

        @Test func theHeaderIsFoundAndTheRestIsTestedWithIt() async throws {
            let scratch = try Scratch()
            let command = try command(scratch, 120, "--learn", "universal", "--budget", "1500")
            let verdict = try expectObject(try await rote(command.arguments()))
            #expect(verdict.text("verdict") == "memorized")
            let learning = verdict.object("learning")
            #expect(learning.text("mode") == "universal" && learning.text("budget") == "1500")
            #expect(learning.count("calls") <= 1500 && learning.count("calls") > 300)
            #expect(learning.count("suspectDocuments") == 30 && learning.count("controlDocuments") == 30)
            #expect(learning.object("lift").number("mean") > 0.1)
            #expect(verdict.text("elicitation").hasPrefix("opening.") || verdict.text("elicitation").hasPrefix("edit."))
            #expect(verdict.object("testLift").object("suspect").number("mean") > 0.1)
            #expect(verdict.object("suspect").count("documents") <= 90)
            let header = try #require(try TestJournal(run: command.run).records("header").first)
            #expect(header.object("plan").objects("elicitations").count == 2)
            // Nothing is learned again, and the verdict stays.
            let again = try await rote(command.arguments())
            #expect(again.messages.contains("learned in an earlier sitting"), "\(again)")
            #expect(try expectObject(again).canonical() == verdict.canonical())
            // Other settings of learning are refused, with what differs.
            var other = command
            other.options[other.options.count - 1] = "900"
            other.options.append("--quiet")
            expectError(try await rote(other.arguments()), 2, naming: "learning.json", "budget: 1500 → 900")
        }

        @Test func theSameSeedLearnsTheSame() async throws {
            let scratch = try Scratch()
            var files: [String] = []
            for name in ["a", "b"] {
                let output = scratch("\(name).json")
                var command = try command(scratch, 48, run: name, "--budget", "700", "--strict")
                command.run = scratch(name)
                var arguments = command.arguments(verb: "learn")
                // It tests nothing, so it has neither a run directory nor an end to choose.
                for flag in ["--run", "--stopping"] {
                    if let place = arguments.firstIndex(of: flag) { arguments.removeSubrange(place...place + 1) }
                }
                let event = try expectObject(try await rote(arguments + ["--output", output]))
                #expect(event.text("event") == "learned" && event.text("mode") == "universal", "\(event)")
                files.append(try String(contentsOfFile: output, encoding: .utf8))
                expectError(try await rote(arguments + ["--output", output]), 2, naming: output, "it exists")
            }
            #expect(files[0] == files[1])
        }

        @Test func aModelThatKnowsNothingKeepsTheBarePrefix() async throws {
            let scratch = try Scratch()
            let command = try command(scratch, 60, model: Self.clean, "--learn", "policy", "--budget", "900")
            let verdict = try expectObject(try await rote(command.arguments()))
            #expect(verdict.text("verdict") == "inconclusive" && verdict.text("elicitation") == "none")
            #expect(verdict.object("learning").text("mode") == "none")
            #expect(verdict.object("learning").count("calls") <= 900)
            #expect(verdict["testLift"] is NSNull)
        }

        @Test func wrongSettingsAreNamed() async throws {
            let scratch = try Scratch()
            let small = try command(scratch, 40, "--quiet", "--learn", "universal", "--budget", "10")
            expectError(try await rote(small.arguments()), 64, naming: "a budget of 10 calls", "give it at least")
            let few = try command(scratch, 8, run: "few", "--quiet", "--learn", "universal")
            expectError(try await rote(few.arguments()), 2, naming: "2 suspect documents and needs 6")
            let mode = try command(scratch, 40, run: "mode", "--learn", "magic")
            expectError(try await rote(mode.arguments()), 64, naming: "magic", "universal")
            let budget = try command(scratch, 40, run: "budget", "--learn", "universal", "--budget", "soon")
            expectError(try await rote(budget.arguments()), 64, naming: "soon", "90s, 10m or 1h")
            let missing = try command(
                scratch, 40, run: "p", "--quiet", "--learn", "universal", "--prompts", scratch("none.json"))
            expectError(try await rote(missing.arguments()), 2, naming: "none.json")
            let prompts = try scratch.write(
                #"{"format":1,"family":"f","licence":"l","provenance":"p","prompts":[{"id":"a","kind":"completion","template":"{prefix}{prefix}"}]}"#,
                to: "bad.json")
            let twice = try command(scratch, 40, run: "q", "--quiet", "--learn", "universal", "--prompts", prompts)
            expectError(try await rote(twice.arguments()), 2, naming: "bad.json", "prefix")
        }
    }
}
