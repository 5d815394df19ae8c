import Foundation
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension WithRealServer {
    /// Runs that end as soon as the evidence decides, which is what `rote audit` does unless told otherwise.
    @Suite struct EarlyEndTests {
        private func command(_ scratch: Scratch, _ run: String, _ stopping: String) throws -> AuditCommand {
            var command = try scratch.demoAudit(documents: 100, run: run, "--json", "--strict")
            command.stopping = stopping
            return command
        }

        @Test func grossLeakageIsDecidedWithAFractionOfTheRequests() async throws {
            let scratch = try Scratch()
            let early = try expectObject(try await rote(try command(scratch, "early", "early").arguments()))
            #expect(early.text("verdict") == "memorized" && early.text("evidence") == "extraction")
            let course = early.object("sequential")
            #expect(course["hasStopped"] as? Bool == true)
            #expect(course.count("pairs") < 60 && course.count("pairsPlanned") > 60)
            #expect(early.number("lnP") <= log(0.0025))
            #expect(early.object("tests")["extraction"] is NSNull)
            let savings = early.object("savings")
            #expect(savings.count("windows") > savings.count("windowsPlanned") / 4, "\(savings)")
            #expect(early.object("suspect").count("documents") == course.count("pairs"))
            let gates = early.objects("gates")
            #expect(gates.allSatisfy { $0["passed"] as? Bool == true }, "\(gates)")
            let whole = try expectObject(try await rote(try command(scratch, "whole", "never").arguments()))
            #expect(whole.text("verdict") == "memorized" && whole["sequential"] is NSNull)
            #expect(whole.count("requests") > early.count("requests"))
        }

        @Test func aKilledRunEndsWhereItWouldHaveEnded() async throws {
            let scratch = try Scratch()
            let model = try scratch.modelOfOurOwn()
            var undisturbed = try command(scratch, "undisturbed", "early")
            undisturbed.model = model
            let expected = try expectObject(try await rote(undisturbed.arguments()))
            let lines = try TestJournal(run: undisturbed.run).lines.count
            var killed = undisturbed
            killed.run = scratch("killed")
            for share in [0.55, 0.8] {
                let moment = Int(Double(lines) * share)
                let run = killed.run
                let ending = try await rote(killed.arguments()) { process in
                    try await expectSoon { TestJournal.lineCount(run) >= moment }
                    kill(process, SIGKILL)
                }
                #expect(ending.status == 128 + SIGKILL, "\(ending)")
                #expect(try await ProcessList.left(model, within: .seconds(20)).isEmpty)
            }
            let verdict = try expectObject(try await rote(killed.arguments()))
            let apart = ["run", "chain", "requests", "savings"]
            #expect(try verdict.canonical(without: apart) == expected.canonical(without: apart))
            // And once it has ended it stays ended.
            let again = try expectObject(try await rote(killed.arguments()))
            #expect(try again.canonical(without: apart) == expected.canonical(without: apart))
            #expect(again.count("requests") == verdict.count("requests"))
        }

        @Test func aCleanModelIsAskedAboutEverything() async throws {
            let scratch = try Scratch()
            var command = try scratch.demoAudit(documents: 30, run: "clean", model: DemoCorpus.clean, "--json")
            command.stopping = "early"
            let verdict = try expectObject(try await rote(command.arguments()))
            #expect(verdict.text("verdict") != "memorized")
            #expect(verdict.object("sequential")["hasStopped"] as? Bool == false)
            #expect(verdict["savings"] is NSNull)
            #expect(verdict.object("tests").object("extraction").text("method").contains("exact"))
        }
    }
}
