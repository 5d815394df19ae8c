import Randomness

/// What one attempt brought.
public enum AttemptOutcome: Sendable {
    /// A complete reply, whatever its status.
    case replied(HTTPReply)
    /// No complete reply.
    case failed(TransportError)
}

/// What to do after an attempt.
public enum RetryAction: Sendable {
    /// Send the same request again after a wait.
    case retry(after: Duration)
    /// Give up.
    case fail(HTTPFailure)
    /// Use this reply.
    case succeed(HTTPReply)
}

/// The course of one request through its attempts: a pure value that is told what happened and says what to do.
///
/// It opens no socket, reads no clock and sleeps nowhere, so every path is tested by feeding it outcomes.
///
/// Waits follow "full jitter" (Brooker, 2015): uniformly distributed between zero and
/// min(`maximumDelay`, `firstDelay` · 2ᵏ) after the *k*-th failure, so that clients that failed together do not return
/// together. A `Retry-After` replaces the draw.
public struct RetryState: Sendable {
    /// A server that gives this many identical 5xx replies will give the same one for ever.
    public static let identicalRepliesThatArePermanent = 3

    private let policy: RetryPolicy
    private let url: String
    private let apiKey: APIKey?
    private var generator: SeededGenerator
    /// Attempts that count against ``RetryPolicy/maximumAttempts``.
    private var countedAttempts = 0
    /// All attempts, those that met a loading model included.
    private var attempts = 0
    private var loadingSince: Duration?
    private var lastServerError: (status: Int, body: [UInt8])?
    private var identicalServerErrors = 0

    /// Begins the course of a request.
    ///
    /// - Parameters:
    ///   - policy: How often and how long it is tried.
    ///   - url: The URL that is asked, for error messages.
    ///   - apiKey: The key that is sent and that must not show up in error messages.
    ///   - generator: The seeded stream that the waits are drawn from.
    public init(policy: RetryPolicy, url: String, apiKey: APIKey? = nil, generator: SeededGenerator) {
        self.policy = policy
        self.url = url
        self.apiKey = apiKey
        self.generator = generator
    }

    /// Decides what to do after an attempt.
    ///
    /// - Parameters:
    ///   - outcome: What the attempt brought.
    ///   - elapsed: The time since the request was first sent.
    ///   - wallClock: The seconds since 1970, to read a `Retry-After` that is a date; the reply's own `Date` is
    ///     preferred, since the server's clock wrote both.
    public mutating func next(after outcome: AttemptOutcome, elapsed: Duration, wallClock: Int) -> RetryAction {
        attempts += 1
        switch outcome {
        case .failed(let error):
            return next(after: error, elapsed: elapsed)
        case .replied(let reply) where reply.isSuccess:
            return .succeed(reply)
        case .replied(let reply):
            return next(after: reply, elapsed: elapsed, wallClock: wallClock)
        }
    }

    private mutating func next(after error: TransportError, elapsed: Duration) -> RetryAction {
        countedAttempts += 1
        // Two server errors with a lost connection between them are not one deterministic failure.
        forgetServerErrors()
        guard error.isRetryable, countedAttempts < policy.maximumAttempts else {
            return .fail(.transport(error, attempts: attempts))
        }
        return waiting(backoff(), elapsed: elapsed, orFail: .transport(error, attempts: attempts))
    }

    private mutating func next(after reply: HTTPReply, elapsed: Duration, wallClock: Int) -> RetryAction {
        let refusal = HTTPRefusal(reply: reply, url: url, attempts: attempts, apiKey: apiKey)
        if reply.saysModelIsLoading {
            let since = loadingSince ?? elapsed
            loadingSince = since
            guard elapsed - since < policy.loadingDeadline else { return .fail(.refused(refusal)) }
            return waiting(policy.loadingDelay, elapsed: elapsed, orFail: .refused(refusal))
        }
        loadingSince = nil
        countedAttempts += 1
        guard reply.isWorthRetrying, countedAttempts < policy.maximumAttempts else { return .fail(.refused(refusal)) }
        let asked = reply.retryAfter(wallClock: wallClock)
        if reply.status >= 500, asked == nil {
            guard !isPermanent(reply) else { return .fail(.refused(refusal)) }
        } else {
            forgetServerErrors()
        }
        let delay = asked.map { min($0, policy.maximumDelay) } ?? backoff()
        return waiting(delay, elapsed: elapsed, orFail: .refused(refusal))
    }

    /// Waits if the total deadline leaves time for it.
    private func waiting(_ delay: Duration, elapsed: Duration, orFail failure: HTTPFailure) -> RetryAction {
        elapsed + delay < policy.totalDeadline ? .retry(after: delay) : .fail(failure)
    }

    private mutating func backoff() -> Duration {
        var ceiling = max(.zero, policy.firstDelay)
        var doublings = countedAttempts - 1
        // Stops at the longest delay, before a product could overflow.
        while doublings > 0, ceiling > .zero, ceiling < policy.maximumDelay {
            ceiling *= 2
            doublings -= 1
        }
        return max(.zero, min(ceiling, policy.maximumDelay)) * generator.nextUnit()
    }

    private mutating func isPermanent(_ reply: HTTPReply) -> Bool {
        if let last = lastServerError, last.status == reply.status, last.body == reply.body {
            identicalServerErrors += 1
        } else {
            lastServerError = (reply.status, reply.body)
            identicalServerErrors = 1
        }
        return identicalServerErrors >= Self.identicalRepliesThatArePermanent
    }

    private mutating func forgetServerErrors() {
        lastServerError = nil
        identicalServerErrors = 0
    }
}

extension HTTPReply {
    /// Whether a llama.cpp server says that it will be ready later.
    var saysModelIsLoading: Bool {
        status == 503 && body.prefix(4096).firstRange(of: Array("Loading model".utf8)) != nil
    }

    /// Whether the status is about the moment and not about the request.
    fileprivate var isWorthRetrying: Bool { status == 408 || status == 429 || status >= 500 }

    /// The wait that the server asks for, or nil if it asks for none.
    ///
    /// - Parameter wallClock: The seconds since 1970, used for a date when the reply does not carry its own.
    func retryAfter(wallClock: Int) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than an Int holds still mean "very long".
            return .seconds(min(Int(text) ?? .max, 1 << 40))
        }
        guard let moment = HTTPDate.seconds(text) else { return nil }
        let now = headers["Date"].flatMap(HTTPDate.seconds) ?? wallClock
        return .seconds(max(0, moment - now))
    }
}
