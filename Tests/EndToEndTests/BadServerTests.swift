import Foundation
import Testing

/// Servers that are away, or are something else than they should be, from the first request on.
@Suite struct BadServerTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func audit(_ server: String, _ options: String...) async throws -> Ending {
        let command = try scratch.demoAudit(documents: 4, servers: [server], "--quiet", "--wait", "1s")
        return try await rote(command.arguments() + options)
    }

    @Test func aServerThatIsDown() async throws {
        let url = "http://127.0.0.1:\(try Socket.freePort())"
        expectError(
            try await audit(url), 75, naming: "no connection to the server", url, "check that the server is running")
        expectError(
            try await rote(["doctor", "--quiet", "--server", url]), 75, naming: "no connection to the server", url)
    }

    @Test func aServerThatSaysNothing() async throws {
        try await withFaultServer(FaultServer { $0.waitForPeerToLeave() }) { server in
            let ending = try await audit(server.url, "--request-timeout", "1s")
            expectError(ending, 75, naming: "the reply took too long", server.url)
        }
    }

    @Test func aServerThatHangsUp() async throws {
        try await withFaultServer(FaultServer { _ = $0.readMessage() }) { server in
            expectError(try await audit(server.url), 75, naming: "connection lost", server.url)
        }
    }

    @Test func somethingThatDoesNotSpeakHTTP() async throws {
        let server = try FaultServer { connection in
            _ = connection.readMessage()
            connection.write(Array("SSH-2.0-OpenSSH_9.2\r\n\u{1b}[2J garbage".utf8))
        }
        try await withFaultServer(server) { server in
            let ending = try await audit(server.url)
            expectError(ending, 2, naming: server.url, "check the port")
            #expect(!ending.messages.contains("\u{1b}"))
        }
    }

    @Test func aWebSite() async throws {
        let page = "<!DOCTYPE html><html><body>Welcome</body></html>"
        try await withFaultServer(FaultServer(replying: { _ in Message.reply(type: "text/html", page) })) { server in
            expectError(
                try await audit(server.url), 2, naming: "\(server.url)/props", "check that this is a llama.cpp server")
        }
        try await withFaultServer(FaultServer(replying: { _ in Message.reply(status: 404, type: "text/html", page) })) {
            server in
            expectError(try await audit(server.url), 2, naming: "404", "web page", "check host, port and path")
        }
    }

    @Test(arguments: ["{\"total_slots\": \"eight\"}", "[]", "{", "{\"total_slots\": 1e99}", "null"])
    func wrongTypes(_ props: String) async throws {
        try await withFaultServer(FaultServer(replying: { _ in Message.reply(props) })) { server in
            expectError(try await audit(server.url), 2, naming: "unusable reply", "\(server.url)/props", "llama.cpp")
        }
    }

    /// Two gigabytes, announced or not; neither may be waited for, nor held in memory.
    @Test(arguments: [true, false])
    func aReplyWithoutEnd(_ isAnnounced: Bool) async throws {
        let server = try FaultServer { connection in
            while let request = connection.readMessage() {
                guard request.path == "/props" else {
                    connection.write(Message.reply("{}"))
                    continue
                }
                let size = 2 << 30
                let length = isAnnounced ? "Content-Length: \(size)\r\n" : "Connection: close\r\n"
                connection.write(Array("HTTP/1.1 200 OK\r\n\(length)\r\n".utf8))
                let chunk = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
                for _ in 0..<size / chunk.count { guard connection.write(chunk) else { return } }
            }
        }
        try await withFaultServer(server) { server in
            let start = ContinuousClock.now
            expectError(try await audit(server.url), 2, naming: "reply too large", "\(server.url)/props")
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func aWrongKeyIsNamedByItsSourceAndNeverShown() async throws {
        let key = "sk-very-secret-0123456789"
        let server = try FaultServer(replying: { request in
            // A server that repeats the key it was given, as some do.
            let given = request.head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization") } ?? ""
            return request.path == "/health"
                ? Message.reply("{\"status\":\"ok\"}")
                : Message.reply(status: 401, "{\"error\":{\"message\":\"Invalid API Key: \(given)\"}}")
        })
        try await withFaultServer(server) { server in
            var command = RoteCommand()
            command.variables = ["ROTE_API_KEY": key]
            let audit = try scratch.demoAudit(documents: 4, servers: [server.url], "--verbose")
            let ending = try await command.run(audit.arguments())
            #expect(ending.status == 2, "waiting does not help: \(ending)")
            let error = ending.messageLines.filter { $0.hasPrefix("error: ") }
            #expect(error.count == 1 && error[0].contains("401") && error[0].contains("ROTE_API_KEY"), "\(ending)")
            #expect(!ending.messages.contains(key) && !ending.output.contains(key))

            let file = try scratch.write(key + "\n", to: "key.txt")
            let fromFile = try await self.audit(server.url, "--api-key-file", file)
            expectError(fromFile, 2, naming: "401", file)
            #expect(!fromFile.messages.contains(key))
            let none = try await self.audit(server.url)
            expectError(none, 2, naming: "401", "none was sent")
            for name in try FileManager.default.subpathsOfDirectory(atPath: audit.run) {
                let content = try bytes(of: "\(audit.run)/\(name)")
                #expect(content.firstRange(of: Array(key.utf8)) == nil, "the key was written to \(name)")
            }
        }
    }
}
