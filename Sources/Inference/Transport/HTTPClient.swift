import Randomness

/// Sends requests to a server until they succeed or there is no point in trying again.
///
/// It adds the API key and the retries to a transport; the decisions are those of ``RetryState``.
public struct HTTPClient: Sendable {
    /// What carries the attempts.
    public let transport: HTTPTransport
    /// How often and how long a request is tried.
    public let policy: RetryPolicy
    private let apiKey: APIKey?
    private let seed: UInt64
    private let clock: RetryClock

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - transport: What carries the attempts; clients may share one.
    ///   - policy: How often and how long a request is tried.
    ///   - apiKey: The key sent with every request that does not bring its own.
    ///   - seed: The seed that the waits between attempts are drawn from.
    ///   - clock: The time, replaceable in tests.
    public init(
        transport: HTTPTransport, policy: RetryPolicy = RetryPolicy(), apiKey: APIKey? = nil, seed: UInt64 = 0,
        clock: RetryClock = .system
    ) {
        self.transport = transport
        self.policy = policy
        self.apiKey = apiKey
        self.seed = seed
        self.clock = clock
    }

    /// Sends a request, again if need be, and returns the reply of the attempt that succeeded.
    ///
    /// Connection failures, silence, 408, 429 and 5xx are tried again; other 4xx and a 5xx that comes back three times
    /// word for word are not. A 503 that says the model is loading is waited for.
    ///
    /// - Parameter request: What to send; each attempt gets its deadlines, cut to what is left of the total deadline.
    /// - Returns: A reply with a status from 200 to 299.
    /// - Throws: ``HTTPFailure`` that names the last attempt's failure.
    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPReply {
        var request = request
        request.apiKey = request.apiKey ?? apiKey
        let start = clock.now()
        var state: RetryState?
        var attempts = 0
        var left = policy.totalDeadline
        while true {
            attempts += 1
            let outcome: AttemptOutcome
            do throws(TransportError) {
                let reply = try await transport.send(request, within: max(left, .zero))
                if reply.isSuccess { return reply }
                outcome = .replied(reply)
            } catch {
                outcome = .failed(error)
            }
            var current = state ?? begin(request)
            let action = current.next(after: outcome, elapsed: clock.now() - start, wallClock: clock.wallClock())
            state = current
            switch action {
            case .succeed(let reply):
                return reply
            case .fail(let failure):
                throw failure
            case .retry(let delay):
                do throws(CancellationError) {
                    try await clock.sleep(delay)
                } catch {
                    let detail = "cancelled while waiting to try again"
                    throw .transport(
                        TransportError(kind: .cancelled, url: request.url, detail: detail), attempts: attempts)
                }
                left = policy.totalDeadline - (clock.now() - start)
            }
        }
    }

    /// Begins the course of a request that did not succeed at once; most never need one.
    private func begin(_ request: HTTPRequest) -> RetryState {
        // Requests that fail together must not wait alike, so each has a stream of its own.
        let stream = "retry \(transport.nextRetryNumber()) \(request.url)"
        return RetryState(
            policy: policy, url: request.url, apiKey: request.apiKey,
            generator: SeededGenerator(seed: seed, stream: stream))
    }
}
