/// A request on its way to the event loop, with the task that waits for its outcome.
///
/// It is a class so that it travels from queue to queue as one pointer.
final class PostedRequest: Sendable {
    typealias Outcome = Result<HTTPReply, TransportError>

    /// Unique within one transport; a cancellation names it.
    let id: UInt64
    let request: HTTPRequest
    /// When it was posted.
    let postedAt: ContinuousClock.Instant
    /// When it has failed at the latest, wherever it is then.
    let expiry: ContinuousClock.Instant?
    private let continuation: CheckedContinuation<Outcome, Never>

    init(
        id: UInt64, request: HTTPRequest, postedAt: ContinuousClock.Instant, expiry: ContinuousClock.Instant?,
        continuation: CheckedContinuation<Outcome, Never>
    ) {
        self.id = id
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
