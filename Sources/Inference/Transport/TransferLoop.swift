import CCurl
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The event loop: moves every request from the inbox over the network and back to the task that waits for it.
///
/// Everything here happens on one thread, so there are no locks and no two callbacks at once. A request leaves the
/// loop by exactly one of `finish`, `cancel`, the deadline check or `end`, each of which first takes it out of the
/// place that held it; so every waiting task is resumed exactly once.
final class TransferLoop {
    private let multi: MultiHandle
    private let inbox: TransportInbox
    private let counters: CounterCells
    private let clock: LoopClock
    private var limit: Int
    private var active: [Transfer] = []
    private var free: [Transfer] = []
    private var waiting = WaitingLine<PostedRequest>()
    private var isRunning = true
    private var deadlines = DeadlineBound()

    init(multi: MultiHandle, inbox: TransportInbox, counters: CounterCells, limit: Int) {
        self.multi = multi
        clock = multi.clock
        self.inbox = inbox
        self.counters = counters
        self.limit = limit
    }

    /// How often tasks may answer replies with new requests before the network is waited for again.
    private static let roundsBetweenWaits = 16

    /// Runs until the transport is shut down.
    func run() {
        multi.limitConnections(to: limit)
        end(detail: runUntilStopped())
    }

    /// - Returns: Why it stopped.
    private func runUntilStopped() -> String {
        var batch: [LoopCommand] = []
        while true {
            var rounds = 0
            repeat {
                clock.look()
                inbox.take(into: &batch)
                for command in batch { obey(command) }
                batch.removeAll(keepingCapacity: true)
                guard isRunning else { return "the transport was shut down" }
                startWaiting()
                let advanced = advance()
                guard advanced == CURLM_OK else {
                    return "libcurl's event loop failed: \(String(cString: curl_multi_strerror(advanced)))"
                }
                rounds += 1
            } while rounds < Self.roundsBetweenWaits && !inbox.isEmpty
            checkDeadlines()
            guard multi.wait(milliseconds: inbox.mayFallAsleep() ? deadlines.sleepMilliseconds(from: clock.now) : 0)
            else {
                return "the system refused to wait for the network: \(String(cString: strerror(errno)))"
            }
        }
    }

    private func obey(_ command: LoopCommand) {
        switch command {
        case .start(let posted):
            guard !posted.ticket.isCancelled else {
                fail(posted, .cancelled, "cancelled before it was sent")
                return
            }
            waiting.append(posted, id: posted.ticket.id)
            if let expiry = posted.expiry { deadlines.expect(expiry) }
        case .cancel(let id):
            cancel(id)
        case .limitInFlight(let newLimit):
            limit = newLimit
            multi.limitConnections(to: newLimit)
        case .run(let job, let executor):
            executor.run(job)
        case .shutDown:
            isRunning = false
        }
    }

    /// Gives free places to those who wait.
    private func startWaiting() {
        guard !waiting.isEmpty else {
            counters.waiting.store(0, ordering: .releasing)
            return
        }
        while active.count < limit, let posted = waiting.popFirst() {
            start(posted)
        }
        counters.waiting.store(waiting.count, ordering: .releasing)
    }

    private func start(_ posted: PostedRequest) {
        guard let transfer = free.popLast() ?? Transfer(clock: clock) else {
            fail(posted, .resourceFailure, "no memory for another request")
            return
        }
        do throws(TransportError) {
            try transfer.begin(posted)
        } catch {
            free.append(transfer)
            increase(counters.failed)
            posted.finish(.failure(error))
            return
        }
        let added = multi.add(transfer)
        guard added == CURLM_OK else {
            _ = transfer.release()
            free.append(transfer)
            fail(posted, .resourceFailure, String(cString: curl_multi_strerror(added)))
            return
        }
        transfer.position = active.count
        active.append(transfer)
        deadlines.expect(clock.now + min(posted.request.deadlines.attempt, posted.request.deadlines.stall))
        increase(counters.sent)
        increase(counters.bytesSent, by: posted.request.method == .post ? posted.request.body.count : 0)
        counters.inFlight.store(active.count, ordering: .releasing)
        if active.count > counters.peakInFlight.load(ordering: .relaxed) {
            counters.peakInFlight.store(active.count, ordering: .releasing)
        }
    }

    /// Moves the transfers on; a place that becomes free is given away and started at once.
    private func advance() -> CURLMcode {
        var result = multi.advance()
        while result == CURLM_OK {
            var anyFinished = false
            while let (transfer, code) = multi.nextFinished() {
                anyFinished = true
                finish(transfer, code: code)
            }
            guard anyFinished, !waiting.isEmpty else { break }
            startWaiting()
            result = multi.advanceTimer()
        }
        return result
    }

    private func finish(_ transfer: Transfer, code: CURLcode) {
        guard let posted = transfer.posted else { return }
        let outcome = transfer.outcome(of: posted, code: code)
        if case .success = outcome { increase(counters.replied) } else { increase(counters.failed) }
        vacate(transfer)
        posted.finish(outcome)
    }

    /// Takes a transfer off the network and keeps its handle for the next request.
    private func vacate(_ transfer: Transfer) {
        multi.remove(transfer)
        increase(counters.connectionsOpened, by: transfer.newConnections)
        increase(counters.bytesReceived, by: transfer.bytesReceived)
        _ = transfer.release()
        let position = transfer.position
        active.swapAt(position, active.count - 1)
        active[position].position = position
        active.removeLast()
        free.append(transfer)
        counters.inFlight.store(active.count, ordering: .releasing)
    }

    private func cancel(_ id: UInt64) {
        let detail = "the task that waited for the reply was cancelled"
        if let posted = waiting.remove(id: id) {
            fail(posted, .cancelled, detail)
        } else if let transfer = active.first(where: { $0.posted?.ticket.id == id }), let posted = transfer.posted {
            vacate(transfer)
            fail(posted, .cancelled, detail)
        }
        // Any other id belongs to a request that is finished: its cancellation came too late and means nothing.
    }

    private func fail(_ posted: PostedRequest, _ kind: TransportError.Kind, _ detail: String) {
        increase(counters.failed)
        posted.fail(kind, detail)
    }

    /// Resumes everyone who still waits and closes the door.
    private func end(detail: String) {
        for command in inbox.close() {
            switch command {
            case .start(let posted): fail(posted, .shutDown, detail)
            case .run(let job, let executor): executor.runElsewhere(job)
            case .cancel, .limitInFlight, .shutDown: break
            }
        }
        while let posted = waiting.popFirst() { fail(posted, .shutDown, detail) }
        counters.waiting.store(0, ordering: .releasing)
        while let transfer = active.last, let posted = transfer.posted {
            vacate(transfer)
            fail(posted, .shutDown, detail)
        }
        free.removeAll()
    }

    private func checkDeadlines() {
        let now = clock.now
        guard deadlines.isReached(at: now) else { return }
        for posted in waiting.all {
            guard let expiry = posted.expiry else { continue }
            if expiry <= now {
                _ = waiting.remove(id: posted.ticket.id)
                fail(posted, .totalDeadline, "it was still waiting for a free place among \(limit) requests in flight")
            } else {
                deadlines.expect(max(expiry, now + DeadlineBound.grain))
            }
        }
        // Backwards, because a vacated place is filled by the last transfer, which has been looked at already.
        for transfer in active.reversed() {
            guard let posted = transfer.posted else { continue }
            let allowed = posted.request.deadlines
            let attemptEnd = transfer.startedAt + allowed.attempt
            let stallEnd = transfer.lastHeard + allowed.stall
            let next = min(attemptEnd, stallEnd, posted.expiry ?? attemptEnd)
            if next > now {
                deadlines.expect(max(next, now + DeadlineBound.grain))
                continue
            }
            vacate(transfer)
            if let expiry = posted.expiry, expiry <= now {
                fail(posted, .totalDeadline, "no complete reply when the total deadline was reached")
            } else if attemptEnd <= now {
                fail(posted, .attemptDeadline, "no complete reply within \(allowed.attempt)")
            } else {
                fail(posted, .stalled, "nothing received for \(allowed.stall)")
            }
        }
        startWaiting()
    }

    /// Adds to a counter that only this thread writes.
    private func increase(_ counter: borrowing Atomic<Int>, by amount: Int = 1) {
        if amount != 0 { counter.wrappingAdd(amount, ordering: .releasing) }
    }
}
