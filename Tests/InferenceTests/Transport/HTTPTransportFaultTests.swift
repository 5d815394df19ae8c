import Testing

@testable import Inference

@Suite("The transport against servers that misbehave", .timeLimit(.minutes(1)))
struct HTTPTransportFaultTests {
    // The limit that a test is about is short, the others are so long that a busy machine does not meet them.
    private let patient = Deadlines(connect: .seconds(20), attempt: .seconds(20), stall: .seconds(20))
    private let briefStall = Deadlines(connect: .seconds(20), attempt: .seconds(20), stall: .milliseconds(250))
    private let briefAttempt = Deadlines(connect: .seconds(20), attempt: .milliseconds(800), stall: .seconds(20))

    /// Sends one request to a server with a script and returns the error and the time it took.
    private func failure(
        _ script: @escaping FaultServer.Script, deadlines: Deadlines? = nil, maximumReplyBytes: Int = 1 << 20,
        within: Duration? = nil
    ) async throws -> (error: TransportError?, time: Duration) {
        try await FaultServer.with(script) { server in
            let transport = HTTPTransport()
            defer { transport.shutDown() }
            let request = HTTPRequest(
                method: .post, url: server.url, body: [1], deadlines: deadlines ?? patient,
                maximumReplyBytes: maximumReplyBytes)
            let start = ContinuousClock.now
            let error = await #expect(throws: TransportError.self) { try await transport.send(request, within: within) }
            #expect(transport.counters.inFlight == 0 && transport.counters.failed == 1)
            return (error, start.duration(to: .now))
        }
    }

    @Test("nobody listens")
    func refused() async throws {
        let server = try FaultServer { _ in }
        let url = server.url
        server.stop()
        // Until the listener's thread has closed its socket, the kernel may still take connections.
        var kinds: [TransportError.Kind] = []
        for _ in 0..<100 {
            let error = await #expect(throws: TransportError.self) {
                try await HTTPTransport().send(HTTPRequest(method: .get, url: url))
            }
            kinds.append(error?.kind ?? .tls)
            if kinds.last == .couldNotConnect { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(kinds.last == .couldNotConnect)
    }

    @Test("no such host")
    func unknownHost() async throws {
        let error = await #expect(throws: TransportError.self) {
            let deadlines = Deadlines(connect: .seconds(5))
            return try await HTTPTransport().send(
                HTTPRequest(method: .get, url: "http://no-such-host.invalid/", deadlines: deadlines))
        }
        // A resolver without network may time out instead of answering.
        #expect(error?.kind == .couldNotResolve || error?.kind == .connectDeadline)
    }

    @Test("silence after the request is a stall, before the attempt deadline")
    func silence() async throws {
        let script: FaultServer.Script = { connection in
            _ = connection.readRequest()
            connection.waitForPeerToLeave()
        }
        let (error, time) = try await failure(script, deadlines: briefStall)
        #expect(error?.kind == .stalled)
        #expect(time >= .milliseconds(240) && time < .seconds(15))
    }

    @Test("silence in the middle of the body is a stall too")
    func silenceInBody() async throws {
        let script: FaultServer.Script = { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            connection.waitForPeerToLeave()
        }
        let (error, _) = try await failure(script, deadlines: briefStall)
        #expect(error?.kind == .stalled)
    }

    @Test("a dribble is not silence, but meets the attempt deadline")
    func dribble() async throws {
        let script: FaultServer.Script = { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<400 {
                guard connection.write("x") else { break }
                pause(milliseconds: 40)
            }
        }
        let (error, time) = try await failure(script, deadlines: briefAttempt)
        #expect(error?.kind == .attemptDeadline)
        #expect(time >= .milliseconds(790) && time < .seconds(15))
    }

    @Test("a total limit ends an attempt and a wait for a place")
    func totalLimit() async throws {
        let silent: FaultServer.Script = { $0.waitForPeerToLeave() }
        let (error, time) = try await failure(silent, within: .milliseconds(200))
        #expect(error?.kind == .totalDeadline)
        #expect(time >= .milliseconds(190) && time < .seconds(15))
        try await FaultServer.with(silent) { server in
            let transport = HTTPTransport(maximumInFlight: 1)
            let request = HTTPRequest(method: .get, url: server.url, deadlines: patient)
            let holder = Task { try await transport.send(request, within: .seconds(20)) }
            while transport.counters.inFlight == 0 { try await Task.sleep(for: .milliseconds(2)) }
            let waiting = await #expect(throws: TransportError.self) {
                try await transport.send(request, within: .milliseconds(100))
            }
            #expect(waiting?.kind == .totalDeadline)
            #expect(waiting?.detail.contains("waiting for a free place") == true)
            #expect(transport.counters.inFlight == 1)
            transport.shutDown()
            await #expect(throws: TransportError.self) { try await holder.value }
        }
    }

    @Test(
        "a connection cut at any point is lost",
        arguments: [
            "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        ])
    func cut(reply: String) async throws {
        let (error, _) = try await failure { connection in
            _ = connection.readRequest()
            connection.write(reply)
        }
        #expect(error?.kind == .connectionLost)
        #expect(error?.isRetryable == true)
    }

    @Test(
        "what is not HTTP is called that",
        arguments: [
            "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}", "220 mail ESMTP\r\n",
            "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "<html>hello</html>",
        ])
    func garbage(reply: String) async throws {
        let (error, _) = try await failure { connection in
            _ = connection.readRequest()
            connection.write(reply)
        }
        #expect(error?.kind == .malformedReply)
        #expect(error?.isRetryable == false)
    }

    @Test("an announced length above the cap is refused before the body is read")
    func announcedTooLarge() async throws {
        let (error, time) = try await failure { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
            connection.waitForPeerToLeave()
        }
        #expect(error?.kind == .replyTooLarge)
        #expect(time < .seconds(15))
    }

    @Test("a 2 GB reply that does not announce itself is cut at the cap")
    func endlessBody() async throws {
        let (error, _) = try await failure(
            { connection in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                let piece = Array("100000\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + [0x0D, 0x0A]
                for _ in 0..<2048 {
                    guard connection.write(piece) else { break }
                }
            }, deadlines: Deadlines(), maximumReplyBytes: 3 << 20)
        #expect(error?.kind == .replyTooLarge)
        #expect(error?.detail.contains("\(3 << 20)") == true)
    }

    @Test("headers without end are cut as well")
    func endlessHeaders() async throws {
        let (error, _) = try await failure(
            { connection in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\n")
                let line = Array("X-Filler: \(String(repeating: "y", count: 1000))\r\n".utf8)
                for _ in 0..<100_000 {
                    guard connection.write(line) else { break }
                }
            }, deadlines: Deadlines())
        #expect(error?.kind == .replyTooLarge)
    }

    @Test("a body of exactly the cap is accepted, one byte more is not", arguments: [true, false])
    func exactCap(announced: Bool) async throws {
        let script: FaultServer.Script = { connection in
            while let request = connection.readRequest() {
                let body = String(repeating: "z", count: request.contains("/more") ? 1001 : 1000)
                let framing =
                    announced
                    ? "Content-Length: \(body.count)\r\n\r\n\(body)"
                    : "Transfer-Encoding: chunked\r\n\r\n\(String(body.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
                connection.write("HTTP/1.1 200 OK\r\n" + framing)
            }
        }
        try await FaultServer.with(script) { server in
            let transport = HTTPTransport()
            let fits = HTTPRequest(method: .get, url: server.url, maximumReplyBytes: 1000)
            let reply = try await transport.send(fits)
            #expect(reply.body.count == 1000)
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(
                    HTTPRequest(method: .get, url: server.url + "/more", maximumReplyBytes: 1000))
            }
            #expect(error?.kind == .replyTooLarge)
            let again = try await transport.send(fits)
            #expect(again.body.count == 1000)
        }
    }

    @Test("https to a server that speaks http is a TLS error")
    func tls() async throws {
        try await FaultServer.with({ connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForPeerToLeave()
        }) { server in
            let error = await #expect(throws: TransportError.self) {
                try await HTTPTransport().send(
                    HTTPRequest(method: .get, url: "https://127.0.0.1:\(server.port)", deadlines: patient))
            }
            #expect(error?.kind == .tls)
            #expect(error?.hint.contains("http://") == true)
        }
    }
}
