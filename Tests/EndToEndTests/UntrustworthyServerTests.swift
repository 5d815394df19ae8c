import Foundation
import Testing

extension WithRealServer {
    /// Servers that answer everything, but not with what was asked for.
    @Suite struct UntrustworthyServerTests {
        private let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// A real server whose log-probabilities are replaced on the way.
        private func server(withEveryLogprob value: String) async throws -> FaultServer {
            try FaultServer(before: try await TestServer.shared().port) { request in
                guard request.path == "/completion" else { return nil }
                return .change { reply in
                    Message.reply(reply.text.replacing(/"logprob":-?[0-9.e-]+/) { _ in "\"logprob\":\(value)" })
                }
            }
        }

        /// Zero is what servers report that compute probabilities after the bias; null is how they write NaN.
        @Test(arguments: ["0.0", "null", "NaN", "\"-1.0\"", "-1e999"])
        func probabilitiesThatCannotBeTrustedAreRefused(_ value: String) async throws {
            let faulty = try await server(withEveryLogprob: value)
            defer { faulty.stop() }
            let command = try scratch.demoAudit(documents: 4, servers: [faulty.url], "--quiet")
            let ending = try await rote(command.arguments())
            expectError(ending, 2, naming: faulty.url, "rote doctor")
            #expect(!exists(TestJournal.path(command.run)))
        }

        @Test func textAloneCanStillBeJudged() async throws {
            let faulty = try await server(withEveryLogprob: "0.0")
            defer { faulty.stop() }
            let command = try scratch.demoAudit(
                documents: 4, servers: [faulty.url], "--quiet", "--staging", "generation-only", "--json")
            let verdict = try expectObject(try await rote(command.arguments()))
            #expect(verdict.object("tests")["likelihood"] is NSNull)
            let doctor = try await rote(["doctor", "--server", faulty.url, "--quiet"])
            #expect(doctor.status == 2 && doctor.output.contains("forced scores: REFUSED"), "\(doctor)")
        }
    }

    /// Servers that want a key.
    @Suite struct APIKeyTests {
        @Test func theRightKeyIsSentAndWrittenNowhere() async throws {
            let scratch = try Scratch()
            let key = "sk-right-9876543210"
            let guarded = try FaultServer(before: try await TestServer.shared().port) { request in
                let isPublic = request.path == "/health"
                let isRight = request.head.contains("Authorization: Bearer \(key)\r\n")
                return isPublic || isRight ? nil : .reply(Message.reply(status: 401, "{}"))
            }
            defer { guarded.stop() }
            let file = try scratch.write("\(key)\n", to: "key.txt")
            let command = try scratch.demoAudit(
                documents: 4, servers: [guarded.url], "--json", "--verbose", "--api-key-file", file)
            let ending = try await rote(command.arguments())
            _ = try expectObject(ending)
            #expect(!ending.messages.contains(key) && !ending.output.contains(key))
            for name in try FileManager.default.subpathsOfDirectory(atPath: command.run) {
                let content = try bytes(of: "\(command.run)/\(name)")
                #expect(content.firstRange(of: Array(key.utf8)) == nil, "the key was written to \(name)")
            }
        }
    }
}
