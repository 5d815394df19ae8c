import Foundation
import Testing

extension WithRealServer {
    /// Several servers that share one audit.
    @Suite struct FleetTests {
        @Test func twoServersShareTheWork() async throws {
            let scratch = try Scratch()
            try await withTwoServers { first, second in
                let command = try scratch.demoAudit(documents: 20, servers: [first.url, second.url])
                _ = try expectObject(try await rote(command.arguments() + ["--json"]))
                let journal = try TestJournal(run: command.run)
                journal.expectComplete()
                let shares = Dictionary(grouping: journal.observations) { $0.text("server") }.mapValues(\.count)
                #expect(shares.keys.sorted() == [first.url, second.url].sorted())
                #expect(shares.values.allSatisfy { $0 > journal.planned / 10 }, "one did nearly everything: \(shares)")
                #expect(journal.records("header").first?.objects("servers").count == 2)
            }
        }

        @Test func theOtherServerFinishesWhenOneDies() async throws {
            let scratch = try Scratch()
            try await withTwoServers { first, second in
                let command = try scratch.demoAudit(documents: 30, servers: [first.url, second.url])
                let ending = try await rote(command.arguments() + ["--json", "--exit-code"]) { _ in
                    try await expectSoon {
                        guard let journal = try? TestJournal(run: command.run) else { return false }
                        return journal.observations.count { $0.text("server") == first.url } > 3
                    }
                    first.crash()
                }
                _ = try expectLines(ending)
                #expect([1, 4].contains(ending.status), "\(ending)")
                let journal = try TestJournal(run: command.run)
                journal.expectComplete()
                let byDead = journal.observations.count { $0.text("server") == first.url }
                #expect(byDead < journal.planned / 2, "the server was not killed in the middle")
                #expect(ending.messages.contains("set aside: "), "\(ending)")
            }
        }

        @Test func serversWithDifferentModelsAreNotMixed() async throws {
            let scratch = try Scratch()
            let planted = try await TestServer.shared()
            let other = try await TestServer.start(model: DemoCorpus.clean, slots: 1)
            let command = try scratch.demoAudit(documents: 6, servers: [planted.url, other.url], "--quiet")
            expectError(
                try await rote(command.arguments()), 2, naming: "servers differ", planted.url, other.url,
                "model-planted.gguf", "model-clean.gguf", "the same model file")
            try await other.stop()
        }

        private func withTwoServers(_ body: (TestServer, TestServer) async throws -> Void) async throws {
            let first = try await TestServer.start(slots: 2)
            let second = try await TestServer.start(slots: 2)
            try await body(first, second)
            try await first.stop()
            try await second.stop()
        }
    }
}
