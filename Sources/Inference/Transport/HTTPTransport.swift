import Synchronization

/// Sends HTTP requests over libcurl from one event loop on a thread of its own.
///
/// Connections are kept and reused. At most ``maximumInFlight`` requests are on the network at once; further ones wait
/// in the order of arrival. Make one transport per server, with as many places as the server has slots, so that the
/// limit is the server's own. A transport that is no longer referenced shuts itself down.
public final class HTTPTransport: Sendable {
    /// The range of the number of requests in flight; the upper end is half of the usual open-file limit of 1024.
    public static let inFlightRange = 1...512

    /// Runs tasks on the event loop's thread: right for tasks that send one request after another.
    public let executor: LoopExecutor
    private let inbox: TransportInbox
    private let cells = CounterCells()
    private let startFailure: String?
    private let lastID = Atomic<UInt64>(0)
    private let retryNumber = Atomic<UInt64>(0)

    /// Starts the event loop.
    ///
    /// If the operating system refuses a thread or libcurl a handle, every `send` fails with
    /// ``TransportError/Kind/resourceFailure``.
    ///
    /// - Parameter maximumInFlight: The most requests on the network at once, brought into ``inFlightRange``.
    public init(maximumInFlight: Int = 8) {
        let limit = Self.clamped(maximumInFlight)
        guard let bell = WakeBell(), let multi = MultiHandle(bell: bell) else {
            inbox = TransportInbox(bell: nil)
            executor = LoopExecutor(inbox: inbox)
            startFailure = "libcurl could not be initialised"
            return
        }
        let inbox = TransportInbox(bell: bell)
        let cells = self.cells
        let started = LoopThread.start {
            TransferLoop(multi: multi, inbox: inbox, counters: cells, limit: limit).run()
        }
        if !started { _ = inbox.close() }
        self.inbox = inbox
        executor = LoopExecutor(inbox: inbox)
        startFailure = started ? nil : "the system refused a thread for the event loop"
    }

    deinit {
        shutDown()
    }

    /// Sends a request once and returns whatever the server replies.
    ///
    /// Cancelling the calling task ends the attempt within milliseconds and closes its connection, so that the server
    /// can stop working too.
    ///
    /// - Parameters:
    ///   - request: What to send and how long to wait.
    ///   - limit: The most time from now until the reply is complete, including the wait for a place; nil for none.
    /// - Returns: The reply, whatever its status.
    /// - Throws: ``TransportError`` if there is no complete reply.
    public func send(_ request: HTTPRequest, within limit: Duration? = nil) async throws(TransportError) -> HTTPReply {
        let inbox = self.inbox
        let ticket = RequestTicket(id: lastID.wrappingAdd(1, ordering: .relaxed).newValue)
        let postedAt = ContinuousClock.now
        let expiry = limit.map { postedAt + $0 }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let posted = PostedRequest(
                    ticket: ticket, request: request, postedAt: postedAt, expiry: expiry, continuation: continuation)
                if !inbox.post(.start(posted)) {
                    // Never accepted, so the loop does not know it and cannot resume it as well.
                    posted.finish(.failure(closedError(url: request.url)))
                }
            }
        } onCancel: {
            ticket.cancel()
            inbox.post(.cancel(id: ticket.id))
        }
        return try outcome.get()
    }

    /// Changes how many requests may be on the network at once; requests already there are not disturbed.
    ///
    /// - Parameter limit: The new limit, brought into ``inFlightRange``.
    public func limitInFlight(to limit: Int) {
        inbox.post(.limitInFlight(Self.clamped(limit)))
    }

    /// Ends the event loop: pending and later requests fail with ``TransportError/Kind/shutDown`` within milliseconds.
    ///
    /// May be called from any thread and more than once.
    public func shutDown() {
        inbox.post(.shutDown)
    }

    /// What has been done so far.
    public var counters: TransportCounters { cells.snapshot }

    /// Returns 1, 2, 3, … for the requests of this transport that had to be retried.
    func nextRetryNumber() -> UInt64 {
        retryNumber.wrappingAdd(1, ordering: .relaxed).newValue
    }

    private static func clamped(_ limit: Int) -> Int {
        min(max(limit, inFlightRange.lowerBound), inFlightRange.upperBound)
    }

    private func closedError(url: String) -> TransportError {
        if let startFailure {
            return TransportError(kind: .resourceFailure, url: url, detail: startFailure)
        }
        return TransportError(kind: .shutDown, url: url, detail: "the transport was shut down")
    }
}
