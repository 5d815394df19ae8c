import Randomness
import Testing

@testable import Inference

@Suite("Retry decisions, without sockets")
struct RetryStateTests {
    private let url = "http://127.0.0.1:8080/completion"
    private let policy = RetryPolicy(
        maximumAttempts: 4, firstDelay: .seconds(1), maximumDelay: .seconds(10), loadingDeadline: .seconds(60),
        loadingDelay: .seconds(2), totalDeadline: .seconds(300))

    private func state(_ policy: RetryPolicy? = nil, key: APIKey? = nil, seed: UInt64 = 7) -> RetryState {
        RetryState(
            policy: policy ?? self.policy, url: url, apiKey: key,
            generator: SeededGenerator(seed: seed, stream: "test"))
    }

    private func reply(_ status: Int, _ body: String = "", headers: String = "") -> AttemptOutcome {
        .replied(HTTPReply(status: status, headers: HTTPHeaders(block: Array(headers.utf8)), body: Array(body.utf8)))
    }

    private func failure(_ kind: TransportError.Kind) -> AttemptOutcome {
        .failed(TransportError(kind: kind, url: url, detail: "test"))
    }

    private func delay(_ action: RetryAction) -> Duration? {
        if case .retry(let delay) = action { delay } else { nil }
    }

    private func failure(_ action: RetryAction) -> HTTPFailure? {
        if case .fail(let failure) = action { failure } else { nil }
    }

    @Test("2xx succeeds", arguments: [200, 201, 204, 299])
    func success(status: Int) {
        var state = state()
        guard case .succeed(let reply) = state.next(after: reply(status, "x"), elapsed: .zero, wallClock: 0) else {
            Issue.record("not a success")
            return
        }
        #expect(reply.status == status)
    }

    @Test("every kind of transport error is retried exactly if it says so", arguments: TransportError.Kind.allCases)
    func transportErrors(kind: TransportError.Kind) {
        var state = state()
        let action = state.next(after: failure(kind), elapsed: .zero, wallClock: 0)
        let expected: Set<TransportError.Kind> = [
            .couldNotResolve, .couldNotConnect, .connectDeadline, .attemptDeadline, .stalled, .connectionLost,
        ]
        #expect((delay(action) != nil) == expected.contains(kind))
    }

    @Test("attempts are bounded and counted")
    func boundedAttempts() {
        var state = state()
        for _ in 1..<4 {
            #expect(delay(state.next(after: failure(.couldNotConnect), elapsed: .zero, wallClock: 0)) != nil)
        }
        let last = failure(state.next(after: failure(.couldNotConnect), elapsed: .zero, wallClock: 0))
        #expect(last?.attempts == 4)
        #expect(last?.description.contains("(after 4 attempts)") == true)
    }

    @Test("waits are drawn below a doubling ceiling, spread out, and the same for the same seed")
    func fullJitter() {
        var largest = [Duration](repeating: .zero, count: 8)
        var smallest = [Duration](repeating: .seconds(1000), count: 8)
        let patient = RetryPolicy(
            maximumAttempts: 9, firstDelay: .seconds(1), maximumDelay: .seconds(10), totalDeadline: .seconds(300))
        for seed in UInt64(0)..<300 {
            var first = state(patient, seed: seed)
            var second = state(patient, seed: seed)
            for index in 0..<8 {
                let one =
                    delay(first.next(after: failure(.connectionLost), elapsed: .zero, wallClock: 0)) ?? .seconds(-1)
                let two = delay(second.next(after: failure(.connectionLost), elapsed: .zero, wallClock: 0))
                #expect(one == two, "seed \(seed)")
                largest[index] = max(largest[index], one)
                smallest[index] = min(smallest[index], one)
            }
        }
        for (index, ceiling) in [1.0, 2, 4, 8, 10, 10, 10, 10].enumerated() {
            // 300 uniform draws miss the upper or lower tenth with probability 2e-14.
            #expect(largest[index] < .seconds(ceiling) && largest[index] > .seconds(ceiling * 0.9))
            #expect(smallest[index] >= .zero && smallest[index] < .seconds(ceiling * 0.1))
        }
    }

    @Test("4xx other than 408 and 429 are final", arguments: [400, 401, 403, 404, 405, 413, 422, 499])
    func clientErrors(status: Int) {
        var state = state()
        #expect(failure(state.next(after: reply(status), elapsed: .zero, wallClock: 0))?.status == status)
    }

    @Test("redirects are final and not followed", arguments: [301, 302, 307, 308])
    func redirects(status: Int) {
        var state = state()
        let refused = failure(state.next(after: reply(status), elapsed: .zero, wallClock: 0))
        #expect(refused?.hint.contains("redirect") == true)
    }

    @Test("408, 429 and 5xx are tried again", arguments: [408, 429, 500, 502, 503, 504, 529])
    func momentaryErrors(status: Int) {
        var state = state()
        #expect(delay(state.next(after: reply(status), elapsed: .zero, wallClock: 0)) != nil)
    }

    @Test(
        "Retry-After is honoured and capped",
        arguments: [
            ("Retry-After: 3\r\n", Duration.seconds(3)), ("retry-after:0\r\n", .zero),
            ("Retry-After: 99999999999999999999999999\r\n", .seconds(10)),
            ("Retry-After: Thu, 01 Jan 1970 00:16:45 GMT\r\n", .seconds(5)),
            ("Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", .zero),
            // The server's clock is an hour ahead of ours; both dates are the server's.
            (
                "Date: Thu, 01 Jan 1970 01:16:40 GMT\r\nRetry-After: Thu, 01 Jan 1970 01:16:47 GMT\r\n",
                .seconds(7)
            ),
        ])
    func retryAfter(headers: String, expected: Duration) {
        for status in [429, 503] {
            var state = state()
            let action = state.next(after: reply(status, headers: headers), elapsed: .zero, wallClock: 1000)
            #expect(delay(action) == expected)
        }
    }

    @Test(
        "a Retry-After that is neither seconds nor a date leaves the choice to the policy",
        arguments: ["soon", "-1", "1.5", ""])
    func strangeRetryAfter(value: String) throws {
        var state = state()
        let action = state.next(after: reply(429, headers: "Retry-After: \(value)\r\n"), elapsed: .zero, wallClock: 0)
        let wait = try #require(delay(action))
        #expect(wait >= .zero && wait < .seconds(1))
    }

    @Test("a wait beyond the total deadline is not begun")
    func totalDeadline() {
        var state = state()
        let busy = reply(429, headers: "Retry-After: 9\r\n")
        #expect(delay(state.next(after: busy, elapsed: .seconds(290), wallClock: 0)) == .seconds(9))
        #expect(failure(state.next(after: busy, elapsed: .seconds(292), wallClock: 0))?.status == 429)
    }

    @Test("a loading model is waited for without using up attempts, until its deadline")
    func loading() {
        var state = state()
        let loading = reply(503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#)
        for second in 0..<30 {
            let action = state.next(after: loading, elapsed: .seconds(5 + 2 * second), wallClock: 0)
            #expect(delay(action) == .seconds(2))
        }
        let refused = failure(state.next(after: loading, elapsed: .seconds(65), wallClock: 0))
        #expect(refused?.hint.contains("still loading") == true)
        #expect(refused?.attempts == 31)
    }

    @Test("the third identical 5xx is permanent")
    func identicalServerErrors() {
        let patient = RetryPolicy(maximumAttempts: 100, firstDelay: .zero)
        var state = state(patient)
        let broken = reply(500, #"{"error":{"message":"Unexpected empty grammar stack"}}"#)
        #expect(delay(state.next(after: broken, elapsed: .zero, wallClock: 0)) != nil)
        #expect(delay(state.next(after: broken, elapsed: .zero, wallClock: 0)) != nil)
        let refused = failure(state.next(after: broken, elapsed: .zero, wallClock: 0))
        #expect(refused?.attempts == 3)
        #expect(refused?.description.contains("Unexpected empty grammar stack") == true)
    }

    @Test("5xx that differ, or come back after something else, are not yet permanent")
    func differingServerErrors() {
        let patient = RetryPolicy(maximumAttempts: 100, firstDelay: .zero)
        for between in [reply(500, "other"), reply(502, "same"), reply(429), failure(.connectionLost)] {
            var state = state(patient)
            for _ in 0..<5 {
                #expect(delay(state.next(after: reply(500, "same"), elapsed: .zero, wallClock: 0)) != nil)
                #expect(delay(state.next(after: reply(500, "same"), elapsed: .zero, wallClock: 0)) != nil)
                #expect(delay(state.next(after: between, elapsed: .zero, wallClock: 0)) != nil)
            }
        }
    }

    @Test("extreme policies neither trap nor hang")
    func extremePolicies() {
        let zero = RetryPolicy(
            maximumAttempts: Int.min, firstDelay: .zero, maximumDelay: .zero, loadingDeadline: .zero,
            totalDeadline: .zero)
        var first = state(zero)
        #expect(failure(first.next(after: failure(.stalled), elapsed: .zero, wallClock: 0)) != nil)
        let long = RetryPolicy(
            maximumAttempts: Int.max, firstDelay: .seconds(Int64.max), maximumDelay: .seconds(Int64.max),
            totalDeadline: .seconds(Int64.max))
        var second = state(long)
        for _ in 0..<100 {
            #expect(delay(second.next(after: failure(.stalled), elapsed: .zero, wallClock: .max)) != nil)
        }
    }

    @Test("HTTP dates are read as RFC 9110 writes them")
    func dates() {
        #expect(HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        #expect(HTTPDate.seconds("Thu, 29 Feb 2024 23:59:59 GMT") == 1_709_251_199)
        #expect(HTTPDate.seconds("Fri, 31 Dec 9999 23:59:59 GMT") == 253_402_300_799)
        for bad in [
            "", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        ] {
            #expect(HTTPDate.seconds(bad) == nil, "\(bad)")
        }
    }
}
