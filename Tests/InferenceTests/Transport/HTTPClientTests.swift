import Testing

@testable import Inference

@Suite("The client: retries over real sockets on a clock that does not wait", .timeLimit(.minutes(1)))
struct HTTPClientTests {
    /// A clock that jumps over every wait and remembers it.
    private final class JumpingClock: Sendable {
        private let state = Guarded<(now: Duration, waits: [Duration])>((.zero, []))

        var waits: [Duration] { state.withLock { $0.waits } }

        var clock: RetryClock {
            RetryClock(
                now: { self.state.withLock { $0.now } }, wallClock: { 0 },
                sleep: { duration async throws(CancellationError) in
                    self.state.withLock { state in
                        state.now += duration
                        state.waits.append(duration)
                    }
                })
        }
    }

    /// Serves a list of replies, one per request, the last one for ever.
    private func sequence(_ replies: [[UInt8]]) -> FaultServer.Script {
        let served = Counter()
        return FaultServer.replying { _ in replies[min(served.next(), replies.count - 1)] }
    }

    private final class Counter: Sendable {
        private let value = Guarded(0)
        func next() -> Int {
            value.withLock { value in
                defer { value += 1 }
                return value
            }
        }
    }

    private func send(
        _ replies: [[UInt8]], policy: RetryPolicy = RetryPolicy(), apiKey: APIKey? = nil
    ) async throws -> (result: Result<HTTPReply, HTTPFailure>, waits: [Duration], sent: Int) {
        try await FaultServer.with(sequence(replies)) { server in
            let time = JumpingClock()
            let transport = HTTPTransport()
            let client = HTTPClient(transport: transport, policy: policy, apiKey: apiKey, seed: 3, clock: time.clock)
            let request = HTTPRequest(method: .post, url: server.url + "/completion", body: [1])
            do throws(HTTPFailure) {
                return (.success(try await client.send(request)), time.waits, transport.counters.sent)
            } catch {
                return (.failure(error), time.waits, transport.counters.sent)
            }
        }
    }

    private func failure(_ result: Result<HTTPReply, HTTPFailure>) -> HTTPFailure? {
        if case .failure(let failure) = result { failure } else { nil }
    }

    @Test("429 with Retry-After, then 200")
    func rateLimited() async throws {
        let (result, waits, sent) = try await send([httpReply(429, headers: ["Retry-After: 7"]), httpReply(body: "ok")])
        #expect(try result.get().body == Array("ok".utf8))
        #expect(waits == [.seconds(7)] && sent == 2)
    }

    @Test("a loading model, then 200")
    func loading() async throws {
        let loading = httpReply(
            503, body: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#)
        let (result, waits, _) = try await send(Array(repeating: loading, count: 20) + [httpReply()])
        #expect(try result.get().status == 200)
        #expect(waits == Array(repeating: .milliseconds(500), count: 20))
    }

    @Test("a model that never loads")
    func neverLoads() async throws {
        let policy = RetryPolicy(loadingDeadline: .seconds(5), loadingDelay: .seconds(1))
        let (result, waits, _) = try await send([httpReply(503, body: "Loading model")], policy: policy)
        #expect(failure(result)?.status == 503)
        #expect(waits.count == 5)
    }

    @Test("the same 500 three times")
    func permanent() async throws {
        let broken = httpReply(500, body: #"{"error":{"message":"Unexpected empty grammar stack"}}"#)
        let (result, _, sent) = try await send([broken], policy: RetryPolicy(maximumAttempts: 50))
        #expect(sent == 3)
        #expect(failure(result)?.description.contains("Unexpected empty grammar stack") == true)
        #expect(failure(result)?.description.contains("after 3 attempts") == true)
    }

    @Test("a web page instead of an API")
    func webPage() async throws {
        let page = httpReply(404, headers: ["Content-Type: text/html"], body: "<html><body>nginx</body></html>")
        let (result, waits, sent) = try await send([page])
        #expect(sent == 1 && waits.isEmpty)
        #expect(failure(result)?.hint.contains("not an inference server") == true)
    }

    @Test("a missing key")
    func unauthorized() async throws {
        let key = try APIKey(variable: "K", in: ["K": "sk-very-secret"])
        let body = #"{"error":{"message":"Invalid API Key sk-very-secret","type":"authentication_error"}}"#
        let (result, _, sent) = try await send([httpReply(401, body: body)], apiKey: key)
        let error = try #require(failure(result))
        #expect(sent == 1)
        #expect(error.hint.contains("API key"))
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!"\(error)\(dumped)\(String(reflecting: error))".contains("very-secret"))
    }

    @Test("connection failures use up the attempts and say so")
    func unreachable() async throws {
        let (result, waits, sent) = try await FaultServer.with({ _ in }) { server in
            let time = JumpingClock()
            let transport = HTTPTransport()
            let policy = RetryPolicy(maximumAttempts: 4)
            let client = HTTPClient(transport: transport, policy: policy, seed: 1, clock: time.clock)
            do throws(HTTPFailure) {
                let reply = try await client.send(HTTPRequest(method: .post, url: server.url, body: [1]))
                return (Result<HTTPReply, HTTPFailure>.success(reply), time.waits, transport.counters.sent)
            } catch {
                return (.failure(error), time.waits, transport.counters.sent)
            }
        }
        guard case .transport(let error, let attempts)? = failure(result) else {
            Issue.record("\(result)")
            return
        }
        #expect(error.kind == .connectionLost)
        #expect(attempts == 4 && waits.count == 3 && sent == 4)
    }

    @Test("the total deadline ends the retries")
    func totalDeadline() async throws {
        let policy = RetryPolicy(maximumAttempts: 1000, maximumDelay: .seconds(9), totalDeadline: .seconds(30))
        let (result, waits, _) = try await send([httpReply(429, headers: ["Retry-After: 9"])], policy: policy)
        #expect(failure(result)?.status == 429)
        #expect(waits.count == 3)
    }

    @Test("cancellation during a wait between attempts is prompt")
    func cancelledWait() async throws {
        try await FaultServer.with(sequence([httpReply(429, headers: ["Retry-After: 25"])])) { server in
            let transport = HTTPTransport()
            let client = HTTPClient(transport: transport)
            let task = Task { () -> HTTPFailure? in
                do throws(HTTPFailure) {
                    _ = try await client.send(HTTPRequest(method: .get, url: server.url))
                    return nil
                } catch {
                    return error
                }
            }
            for _ in 0..<1000 where transport.counters.replied == 0 { try await Task.sleep(for: .milliseconds(2)) }
            task.cancel()
            #expect(await task.value?.isCancellation == true)
        }
    }
}
