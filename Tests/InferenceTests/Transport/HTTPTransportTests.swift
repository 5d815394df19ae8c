import Testing

@testable import Inference

@Suite("The transport over real sockets", .timeLimit(.minutes(1)))
struct HTTPTransportTests {
    @Test("200 requests at once over a real server all get their own reply")
    func concurrent() async throws {
        try await withFlyingFox { path, body in
            (200, Array(path.utf8) + body)
        } _: { url in
            let transport = HTTPTransport(maximumInFlight: 16)
            let replies = try await withThrowingTaskGroup(of: (Int, HTTPReply).self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let request = HTTPRequest(method: .post, url: "\(url)/echo", body: Array("-\(index)".utf8))
                        return (index, try await transport.send(request))
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(replies.count == 200)
            for (index, reply) in replies {
                #expect(reply.status == 200)
                #expect(String(decoding: reply.body, as: UTF8.self) == "/echo-\(index)")
                #expect(reply.headers["content-type"] == "application/json")
            }
            let counters = transport.counters
            #expect(counters.sent == 200 && counters.replied == 200 && counters.failed == 0)
            #expect(counters.inFlight == 0 && counters.waiting == 0)
            #expect(counters.peakInFlight == 16)
            transport.shutDown()
        }
    }

    @Test("connections are kept: as many are opened as requests may be in flight", arguments: [1, 4, 16])
    func keepAlive(limit: Int) async throws {
        try await FaultServer.with(FaultServer.replying { _ in httpReply() }) { server in
            let transport = HTTPTransport(maximumInFlight: limit)
            try await withThrowingTaskGroup(of: HTTPReply.self) { group in
                for _ in 0..<400 {
                    group.addTask { try await transport.send(HTTPRequest(method: .post, url: server.url, body: [1])) }
                }
                try await group.waitForAll()
            }
            #expect(server.accepted == limit)
            #expect(transport.counters.connectionsOpened == limit)
            #expect(transport.counters.peakInFlight == limit)
        }
    }

    @Test("what is sent arrives as it should")
    func requestOnTheWire() async throws {
        let echo = FaultServer.replying { request in httpReply(body: request) }
        try await FaultServer.with(echo) { server in
            let transport = HTTPTransport()
            func sent(_ request: HTTPRequest) async throws -> String {
                String(decoding: try await transport.send(request).body, as: UTF8.self)
            }
            let key = try APIKey(variable: "K", in: ["K": "sesame"])
            let body = [UInt8](repeating: UInt8(ascii: "b"), count: 200_000)
            let headers = [HTTPHeader(name: "X-A", value: "1"), HTTPHeader(name: "X-Empty", value: "")]
            let post = try await sent(
                HTTPRequest(method: .post, url: server.url + "/p", headers: headers, body: body, apiKey: key))
            #expect(post.hasPrefix("POST /p HTTP/1.1\r\n"))
            for line in [
                "Content-Type: application/json", "Authorization: Bearer sesame", "X-A: 1", "X-Empty:",
                "User-Agent: rote",
                "Content-Length: 200000",
            ] {
                #expect(post.contains("\r\n\(line)\r\n"), "\(line)")
            }
            #expect(!post.contains("Expect:"))
            #expect(post.utf8.suffix(200_000).allSatisfy { $0 == UInt8(ascii: "b") })
            let empty = try await sent(HTTPRequest(method: .post, url: server.url))
            #expect(empty.contains("\r\nContent-Length: 0\r\n"))
            // The same handle serves a plain get after a post: nothing may be left over.
            let get = try await sent(HTTPRequest(method: .get, url: server.url + "/g", body: body))
            #expect(get.hasPrefix("GET /g HTTP/1.1\r\n"))
            #expect(!get.contains("Authorization") && !get.contains("Content-") && get.hasSuffix("\r\n\r\n"))
            let typed = try await sent(
                HTTPRequest(
                    method: .post, url: server.url, headers: [HTTPHeader(name: "content-type", value: "text/plain")]))
            #expect(typed.contains("content-type: text/plain") && !typed.contains("application/json"))
        }
    }

    @Test("requests that would smuggle a line or another scheme are refused")
    func invalidRequests() async throws {
        let transport = HTTPTransport()
        let bad = [
            HTTPRequest(method: .get, url: "http://127.0.0.1:1", headers: [HTTPHeader(name: "A", value: "b\r\nC: d")]),
            HTTPRequest(method: .get, url: "http://127.0.0.1:1", headers: [HTTPHeader(name: "A: b\r\nC", value: "d")]),
            HTTPRequest(method: .get, url: "http://127.0.0.1:1", headers: [HTTPHeader(name: "", value: "d")]),
            HTTPRequest(method: .get, url: ""), HTTPRequest(method: .get, url: "file:///etc/passwd"),
            HTTPRequest(method: .get, url: "http://"), HTTPRequest(method: .get, url: "http://h:99999999/"),
            HTTPRequest(method: .get, url: "http://127.0.0.1:1/\u{0}"),
        ]
        for request in bad {
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error?.kind == .invalidRequest, "\(request.url): \(error?.description ?? "")")
        }
        #expect(transport.counters.inFlight == 0)
    }

    @Test("interim replies and trailers do not confuse the headers")
    func interim() async throws {
        let script: FaultServer.Script = { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            connection.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Final: 1\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n"
            )
        }
        try await FaultServer.with(script) { server in
            let reply = try await HTTPTransport().send(HTTPRequest(method: .get, url: server.url))
            #expect(reply.status == 200 && reply.body == Array("abcde".utf8))
            #expect(reply.headers["x-early"] == nil && reply.headers["x-final"] == "1")
            #expect(reply.timing.total > .zero && !reply.timing.reusedConnection)
        }
    }

    @Test("a server that closes an idle connection costs a new one, not an error")
    func staleConnection() async throws {
        let oneReplyEach: FaultServer.Script = { connection in
            if connection.readRequest() != nil { connection.write(httpReply()) }
        }
        try await FaultServer.with(oneReplyEach) { server in
            let transport = HTTPTransport(maximumInFlight: 1)
            // A request that crosses the server's close on the wire is lost whoever sends it; that is what the client's
            // retries are for, and all that may be left of it here.
            let client = HTTPClient(transport: transport, policy: RetryPolicy(firstDelay: .milliseconds(1)))
            for _ in 0..<20 {
                let reply = try await client.send(HTTPRequest(method: .post, url: server.url, body: [1]))
                #expect(reply.status == 200)
            }
            #expect(transport.counters.connectionsOpened >= 20)
        }
    }

    @Test("the limit can be changed while requests wait")
    func changedLimit() async throws {
        let slow: FaultServer.Script = FaultServer.replying { _ in
            pause(milliseconds: 20)
            return httpReply()
        }
        try await FaultServer.with(slow) { server in
            let transport = HTTPTransport(maximumInFlight: 1)
            try await withThrowingTaskGroup(of: HTTPReply.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await transport.send(HTTPRequest(method: .get, url: server.url)) }
                }
                transport.limitInFlight(to: 12)
                try await group.waitForAll()
            }
            #expect(transport.counters.peakInFlight == 12)
            transport.limitInFlight(to: Int.min)
            let reply = try await transport.send(HTTPRequest(method: .get, url: server.url))
            #expect(reply.status == 200)
        }
    }
}
