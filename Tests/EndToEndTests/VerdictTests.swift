import Foundation
import Testing

extension WithRealServer {
    /// What `rote audit` says about models of which the truth is known.
    @Suite struct VerdictTests {
        @Test func aModelThatWasTrainedOnTheCorpusIsFoundOut() async throws {
            let run = try await PlantedRun.shared()
            let verdict = try expectObject(run.ending, 1)
            #expect(verdict.text("verdict") == "memorized", "\(run.ending)")
            #expect(verdict.text("evidence") == "extraction")
            #expect(verdict.number("alpha") == 0.01)
            #expect(verdict.number("lnP") < log(0.005))
            #expect(verdict.object("suspect").count("documents") == 60)
            #expect(verdict.object("suspect").count("hits") > verdict.object("control").count("hits"))
            #expect(verdict.objects("gates").allSatisfy { $0["passed"] as? Bool == true })
            try TestJournal(run: run.command.run).expectComplete()
        }

        @Test func whatWasRepeatedMoreIsRecitedMore() async throws {
            let run = try await PlantedRun.shared()
            let groups = try expectObject(run.ending, 1).objects("groups").filter { $0.text("arm") == "suspect" }
            #expect(groups.map { $0.text("value") } == ["0", "1", "4", "16", "64"])
            let rates = groups.map { $0.object("rate").number("rate") }
            let lns = groups.map { $0.object("rate").number("meanLn") }
            try #require(rates.count == 5)
            #expect(rates[0] == 0, "text that was never seen cannot come back")
            #expect(rates[4] > 0.5)
            #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 <= $1 }, "\(rates)")
            #expect(lns[4] > lns[3] && lns[3] > lns[2] && lns[2] > lns[0], "\(lns)")
        }

        @Test func theSecondPrintingIsTheFirst() async throws {
            let run = try await PlantedRun.shared()
            let journal = try bytes(of: TestJournal.path(run.command.run))
            let again = try await rote(run.command.arguments())
            #expect(again.output == run.ending.output && again.status == 1, "\(again)")
            #expect(try bytes(of: TestJournal.path(run.command.run)) == journal)
        }

        @Test func analyzeComputesTheSameObjectFromTheJournalAlone() async throws {
            let run = try await PlantedRun.shared()
            let analyzed = try await rote(["analyze", run.command.run] + PlantedRun.printing)
            #expect(analyzed.output == run.ending.output && analyzed.status == 1, "\(analyzed)")
            #expect(analyzed.messages.isEmpty)
        }

        @Test func peopleGetAPageOfText() async throws {
            let run = try await PlantedRun.shared()
            let analyzed = try await rote(["analyze", run.command.run, "--by", "repetitions"])
            #expect(analyzed.status == 0, "without --exit-code a verdict is no failure")
            #expect(
                analyzed.output.hasPrefix("Verdict: MEMORIZED (evidence: extraction), at α = 0.01\n"), "\(analyzed)")
            #expect(analyzed.output.contains("\nGate frozen-plan: passed"))
        }

        @Test func reportsAreWritten() async throws {
            let run = try await PlantedRun.shared()
            let scratch = try Scratch()
            let ending = try await rote(
                [
                    "report", run.command.run, "-o", scratch("report.md"), "-o", scratch("report.json"), "--by",
                    "repetitions",
                ])
            #expect(ending.status == 0 && ending.output.isEmpty, "\(ending)")
            let page = String(decoding: try bytes(of: scratch("report.md")), as: UTF8.self)
            #expect(page.hasPrefix("# ") && page.contains("emorized"))
            let object =
                try JSONSerialization.jsonObject(with: Data(bytes(of: scratch("report.json")))) as? [String: Any]
            let verdict = try expectObject(run.ending, 1)
            #expect(try object?.canonical(without: "documents") == verdict.canonical())
            #expect(object?.objects("documents").count == 120)
        }

        @Test func textThatNobodyPlantedIsNotCalledMemorized() async throws {
            let scratch = try Scratch()
            let server = try await TestServer.shared()
            var swapped = try scratch.demoAudit(documents: 60, run: "swapped", servers: [server.url])
            (swapped.suspect, swapped.control) = (try #require(swapped.control), swapped.suspect)
            try await expectNothingFound(swapped)

            let halves = AuditCommand(
                suspect: try scratch.write(lines: DemoCorpus.control(0..<60), to: "first.jsonl"),
                control: try scratch.write(lines: DemoCorpus.control(60..<120), to: "second.jsonl"),
                run: scratch("halves"), servers: [server.url])
            try await expectNothingFound(halves)
        }

        @Test func aModelThatNeverSawTheCorpusIsNotCalledGuilty() async throws {
            let scratch = try Scratch()
            let command = try scratch.demoAudit(documents: 60, model: DemoCorpus.clean, "--slots", "8")
            try await expectNothingFound(command)
        }

        /// Sixty documents are too few to clear a model above the default δ, so the honest answer is "inconclusive".
        private func expectNothingFound(
            _ command: AuditCommand, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let ending = try await rote(command.arguments() + ["--json", "--exit-code"])
            let verdict = try expectObject(ending, 4, sourceLocation: sourceLocation)
            #expect(verdict.text("verdict") == "inconclusive", "\(ending)", sourceLocation: sourceLocation)
            #expect(verdict.text("evidence") == "none", sourceLocation: sourceLocation)
            #expect(
                verdict.objects("gates").allSatisfy { $0["passed"] as? Bool == true }, sourceLocation: sourceLocation)
            try TestJournal(run: command.run).expectComplete(sourceLocation: sourceLocation)
        }

        @Test func withoutControlsThereAreEstimatesAndNoVerdict() async throws {
            let scratch = try Scratch()
            let server = try await TestServer.shared()
            var command = try scratch.demoAudit(documents: 12, servers: [server.url])
            command.control = nil
            let verdict = try expectObject(try await rote(command.arguments() + ["--json"]))
            #expect(verdict.text("verdict") == "inconclusive")
            #expect(verdict["control"] is NSNull && verdict["effect"] is NSNull && verdict["lnP"] is NSNull)
            #expect(verdict.object("suspect").count("documents") == 12)
        }
    }
}
