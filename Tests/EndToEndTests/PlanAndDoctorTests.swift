import Foundation
import Synchronization
import Testing

extension WithRealServer {
    /// `rote plan` and `rote doctor`, which look and do not touch.
    @Suite struct PlanAndDoctorTests {
        @Test func aPlanShowsWhatTheAuditWillSendAndSendsNothing() async throws {
            let scratch = try Scratch()
            let real = try await TestServer.shared()
            let sent = Mutex<[[Int]]>([])
            let watching = try FaultServer(before: real.port) { request in
                if request.path == "/completion",
                    let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any],
                    let prompt = body["prompt"] as? [Int]
                {
                    sent.withLock { $0.append(prompt) }
                }
                return nil
            }
            defer { watching.stop() }
            let command = try scratch.demoAudit(documents: 6, servers: [watching.url])
            // Strict, because the cost depends on the way of forcing, which is chosen by the clock otherwise.
            let ending = try await rote(command.arguments(verb: "plan") + ["--strict", "--json", "--requests"])
            #expect(ending.status == 0, "\(ending)")
            let lines = try expectLines(ending)
            let plan = try #require(lines.first)
            #expect(plan.text("event") == "plan" && plan.count("schema") == 1)
            #expect(!exists(command.run), "a plan must not begin a run")
            let requests = lines.dropFirst().map { $0["prompt"] as? [Int] ?? [] }
            #expect(requests.count == plan.count("windows") && !requests.contains([]))
            let sentByPlan = sent.withLock { $0 }
            #expect(!sentByPlan.isEmpty, "the server was not even tested")
            // The beginning of one document serves to time the server.
            #expect(requests.count { sentByPlan.contains($0) } <= 1, "a plan must not send the windows")

            let audited = try expectObject(try await rote(command.arguments() + ["--strict", "--json"]))
            #expect(audited.text("plan") == plan.text("planHash"))
            let observed = try TestJournal(run: command.run).observations
            #expect(Set(observed.map { $0["prefix"] as? [Int] ?? [] }) == Set(requests))
            let requestCount = audited.count("requests")
            #expect(plan.object("ifNothingIsRecited").count("requests") <= requestCount)
        }

        @Test func aPlanForPeopleTellsCostAndPower() async throws {
            let scratch = try Scratch()
            let server = try await TestServer.shared()
            let command = try scratch.demoAudit(documents: 6, servers: [server.url])
            let ending = try await rote(command.arguments(verb: "plan"))
            #expect(ending.status == 0 && ending.output.hasPrefix("Plan "), "\(ending)")
            #expect(ending.output.contains("If no window is recited:"))
            #expect(ending.output.contains("Probability that the extraction test finds memorization"))
            #expect(!exists(command.run))
        }

        @Test func doctorFindsTheDemoServerFit() async throws {
            let server = try await TestServer.shared()
            let finding = try expectObject(try await rote(["doctor", "--server", server.url, "--json"]))
            #expect(finding.text("event") == "server" && finding.count("schema") == 1)
            #expect(finding["canScore"] as? Bool == true)
            let ways = finding.object("server").object("selfTest").objects("ways")
            #expect(ways.filter { $0["obstacle"] == nil }.count >= 3, "\(ways)")
            #expect(finding.object("server").object("properties").count("slots") == 8)
        }

        @Test func doctorStartsAServerForAModel() async throws {
            let ending = try await rote(["doctor", "--model", DemoCorpus.planted, "--slots", "2", "--threads", "1"])
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.output.hasPrefix("Server http://127.0.0.1:"))
            #expect(ending.output.contains("  forced scores: usable; chosen: "))
            #expect(ending.output.contains("  slots     2, "))
        }
    }
}
