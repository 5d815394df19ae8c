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
    /// A first signal ends an audit in order, a second one at once.
    @Suite struct SignalTests {
        @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
        func aSignalStopsAnAuditAndSaysHowToGoOn(_ signal: Int32, _ status: Int32) async throws {
            let scratch = try Scratch()
            let model = try scratch.modelOfOurOwn()
            let command = try scratch.demoAudit(documents: 30, model: model, "--strict", "--json")
            let ending = try await rote(command.arguments()) { process in
                try await expectSoon { TestJournal.lineCount(command.run) > 70 }
                kill(process, signal)
            }
            #expect(ending.status == status, "\(ending)")
            #expect(ending.output.isEmpty)
            let last = ending.messageLines.last ?? ""
            #expect(last.contains("same command") && last.contains("continue"), "\(ending)")
            #expect(!ending.messages.contains("error:"), "\(ending)")
            #expect(try await ProcessList.left(model, within: .seconds(20)).isEmpty)

            let stopped = try TestJournal(run: command.run)
            #expect(!stopped.observations.isEmpty && stopped.observations.count < stopped.planned)
            #expect(try expectObject(try await rote(command.arguments())).text("event") == "verdict")
            let finished = try TestJournal(run: command.run)
            finished.expectComplete()
            #expect(finished.windows.starts(with: stopped.windows))
        }

        @Test func aSignalDuringTheStartStopsToo() async throws {
            let scratch = try Scratch()
            let model = try scratch.modelOfOurOwn()
            let command = try scratch.demoAudit(documents: 6, model: model)
            let ending = try await rote(command.arguments()) { process in
                try await expectSoon { exists("\(command.run)/server.log") }
                kill(process, SIGINT)
            }
            #expect(ending.status == 130, "\(ending)")
            #expect(ending.output.isEmpty && !ending.messages.contains("error:"), "\(ending)")
            #expect(try await ProcessList.left(model, within: .seconds(20)).isEmpty)
        }

        @Test func aSecondSignalDoesNotWait() async throws {
            let scratch = try Scratch()
            // A server that never answers, so that there is something to wait for.
            try await withFaultServer(FaultServer { $0.waitForPeerToLeave() }) { silent in
                let command = try scratch.demoAudit(documents: 6, servers: [silent.url])
                let ending = try await rote(command.arguments()) { process in
                    try await Task.sleep(for: .seconds(1))
                    kill(process, SIGINT)
                    try await Task.sleep(for: .milliseconds(200))
                    kill(process, SIGINT)
                }
                #expect(ending.status == 130, "\(ending)")
            }
        }
    }
}
