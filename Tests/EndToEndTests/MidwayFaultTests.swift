import Foundation
import Synchronization
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension WithRealServer {
    /// Servers that were fine when they were tested and go wrong in the middle of a run.
    @Suite struct MidwayFaultTests {
        private let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test func aServerThatDiesLeavesARunThatGoesOn() async throws {
            let port = try Socket.freePort()
            let mortal = try await TestServer.start(slots: 2, port: port)
            let command = try scratch.demoAudit(documents: 20, servers: [mortal.url], "--quiet", "--wait", "1s")
            let ending = try await rote(command.arguments()) { _ in
                try await expectSoon { TestJournal.lineCount(command.run) > 55 }
                mortal.crash()
            }
            expectError(
                ending, 3, naming: "stopped after ", " windows", mortal.url, "repeat the same command to continue")
            let stopped = try TestJournal(run: command.run)
            #expect(!stopped.observations.isEmpty && stopped.observations.count < stopped.planned)
            try await mortal.stop()

            let reborn = try await TestServer.start(slots: 2, port: port)
            _ = try expectObject(try await rote(command.arguments() + ["--json"]))
            let finished = try TestJournal(run: command.run)
            finished.expectComplete()
            #expect(finished.windows.starts(with: stopped.windows))
            try await reborn.stop()
        }

        @Test func aStartedServerThatDiesLeavesARunThatGoesOn() async throws {
            let model = try scratch.modelOfOurOwn()
            let command = try scratch.demoAudit(documents: 20, model: model, "--strict", "--quiet")
            let ending = try await rote(command.arguments()) { process in
                try await expectSoon { TestJournal.lineCount(command.run) > 55 }
                let servers = try await ProcessList.servers(of: model).filter { $0 != process }
                #expect(servers.count == 1)
                for server in servers { kill(server, SIGKILL) }
            }
            expectError(
                ending, 3, naming: "stopped after ", "server ended", "server.log", "repeat the same command to continue"
            )
            #expect(try await ProcessList.left(model, within: .seconds(20)).isEmpty)
            _ = try expectObject(try await rote(command.arguments() + ["--json"]))
            try TestJournal(run: command.run).expectComplete()
        }

        /// Connections that break now and then cost time and nothing else.
        @Test func lostRepliesAreAskedForAgain() async throws {
            let real = try await TestServer.shared()
            let seen = Mutex(0)
            let faulty = try FaultServer(before: real.port) { request in
                guard request.path == "/completion" else { return nil }
                return seen.withLock { count in
                    count += 1
                    return count % 9 == 0 ? .hangUp : count % 14 == 0 ? .reply(Message.reply(status: 503, "{}")) : nil
                }
            }
            defer { faulty.stop() }
            let plain = try scratch.demoAudit(documents: 6, run: "plain", servers: [real.url], "--strict", "--json")
            let expected = try expectObject(try await rote(plain.arguments()))
            let command = try scratch.demoAudit(documents: 6, servers: [faulty.url], "--strict", "--json")
            let verdict = try expectObject(try await rote(command.arguments()))
            #expect(try verdict.canonical(without: "run", "chain") == expected.canonical(without: "run", "chain"))
            let journal = try TestJournal(run: command.run)
            journal.expectComplete()
            #expect(
                try journal.comparableObservations() == TestJournal(run: plain.run).comparableObservations())
        }

        /// Replies that are no replies make a window unanswered, and too many of them the verdict invalid.
        @Test func unusableRepliesMakeTheVerdictInvalid() async throws {
            let real = try await TestServer.shared()
            let run = scratch("run")
            let seen = Mutex(0)
            let faulty = try FaultServer(before: real.port) { request in
                guard request.path == "/completion", exists(TestJournal.path(run)) else { return nil }
                let turn = seen.withLock { count in
                    count += 1
                    return count % 4
                }
                switch turn {
                case 0:
                    return .change { reply in
                        let text = reply.text.replacing(/"logprob":-?[0-9.e-]+/) { _ in "\"logprob\":NaN" }
                        return Message.reply(text.replacing("\"tokens\":[", with: "\"tokens\":[NaN,"))
                    }
                case 1: return .reply(Message.reply(type: "text/html", "<html>Gateway</html>"))
                case 2: return .reply(Message.reply("{\"tokens\":\"many\",\"completion_probabilities\":{}}"))
                default: return .reply(Message.reply(String(repeating: "\u{0}\u{7f}[{", count: 1000)))
                }
            }
            defer { faulty.stop() }
            let command = try scratch.demoAudit(
                documents: 6, servers: [faulty.url], "--json", "--quiet", "--exit-code")
            let ending = try await rote(command.arguments())
            let verdict = try expectObject(ending, 5)
            #expect(verdict.text("verdict") == "invalid")
            #expect(ending.messages.isEmpty)
            let failed = verdict.objects("gates").filter { $0["passed"] as? Bool == false }
            #expect(failed.map { $0.text("gate") } == ["transport-equality"], "\(verdict)")
            #expect(verdict.object("suspect").count("failures") == verdict.object("suspect").count("windows"))
            for observation in try TestJournal(run: command.run).observations {
                let record = observation.object("result").object("failed")
                #expect(record.text("_0").contains("unusable reply: \(faulty.url)/completion"), "\(observation)")
            }
        }

        /// A server that says it is well and does no work any more is left like one that is gone.
        @Test func aServerThatOnlyClaimsToBeWellLeavesARunThatGoesOn() async throws {
            let real = try await TestServer.shared()
            let run = scratch("run")
            let idle = try FaultServer(before: real.port) { request in
                request.path == "/completion" && TestJournal.lineCount(run) > 15 ? .hangUp : nil
            }
            defer { idle.stop() }
            let command = try scratch.demoAudit(documents: 6, servers: [idle.url], "--quiet", "--wait", "1s")
            let ending = try await rote(command.arguments())
            expectError(ending, 3, naming: "stopped after ", idle.url, "repeat the same command to continue")
            let stopped = try TestJournal(run: run)
            #expect(stopped.observations.allSatisfy { $0.object("result")["seen"] != nil })
            #expect(stopped.observations.count < stopped.planned)
        }
    }
}
