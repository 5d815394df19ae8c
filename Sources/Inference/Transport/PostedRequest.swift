import Synchronization

/// What a request and its cancellation know each other by.
///
/// A cancellation can overtake its request on the way to the event loop. It raises the mark first and posts second, so
/// the loop either sees the mark when the request arrives, or has the request already when the cancellation arrives.
final class RequestTicket: Sendable {
    /// Unique within one transport.
    let id: UInt64
    private let mark = Atomic(false)

    init(id: UInt64) {
        self.id = id
    }

    /// Whether the task that waits for the reply has been cancelled.
    var isCancelled: Bool { mark.load(ordering: .acquiring) }

    func cancel() {
        mark.store(true, ordering: .releasing)
    }
}

/// A request on its way to the event loop, with the task that waits for its outcome.
///
/// It is a class so that it travels from queue to queue as one pointer.
final class PostedRequest: Sendable {
    typealias Outcome = Result<HTTPReply, TransportError>

    let ticket: RequestTicket
    let request: HTTPRequest
    /// When it was posted.
    let postedAt: ContinuousClock.Instant
    /// When it has failed at the latest, wherever it is then.
    let expiry: ContinuousClock.Instant?
    private let continuation: CheckedContinuation<Outcome, Never>

    init(
        ticket: RequestTicket, request: HTTPRequest, postedAt: ContinuousClock.Instant,
        expiry: ContinuousClock.Instant?,
        continuation: CheckedContinuation<Outcome, Never>
    ) {
        self.ticket = ticket
        self.request = request
        self.postedAt = postedAt
        self.expiry = expiry
        self.continuation = continuation
    }

    /// Hands the outcome to the waiting task; called exactly once, by whoever holds the request then.
    func finish(_ outcome: Outcome) {
        continuation.resume(returning: outcome)
    }

    func fail(_ kind: TransportError.Kind, _ detail: String) {
        finish(.failure(TransportError(kind: kind, url: request.url, detail: detail)))
    }
}
