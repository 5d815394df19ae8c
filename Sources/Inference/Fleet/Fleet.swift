import Logging

/// Several servers that share one job.
///
/// Each slot of each server draws the next item when it is free, so work goes to whoever is least busy without anybody
/// keeping accounts. A server that fails hands its items back, is given nothing more and is asked for its health, less
/// and less often, until it returns, the others have finished the job, or all have been away for too long.
public struct Fleet: Sendable {
    /// A place where work is done: one slot of one server.
    public struct Place: Sendable {
        /// The server.
        public let session: ServerSession
        /// The slot that is ours alone while the work lasts.
        public let slot: SlotID
    }

    /// What becomes of an item.
    public enum Outcome<Value: Sendable>: Sendable {
        /// The work was done.
        case done(Value)
        /// This item cannot be done, by this or any other server.
        case failed(InferenceError)
    }

    /// What an outcome means for the rest of the job.
    public enum Continuation: Sendable {
        /// The other items are still wanted.
        case goOn
        /// Nothing more is wanted: what is under way is cancelled, what waits is not begun.
        case stop
    }

    /// The servers, all tested and holding the same model.
    public let sessions: [ServerSession]
    /// Longest time without any healthy server before the job is given up.
    public let patience: Duration
    /// Slots used per server, or `nil` for all.
    public let slotLimit: Int?
    private let logger: Logger

    /// How often an item may be handed back by failing servers before it is held to be what makes them fail.
    static let maximumReturns = 3
    static let idlePoll = Duration.milliseconds(10)
    static let firstHealthCheck = Duration.milliseconds(250)
    static let slowestHealthCheck = Duration.seconds(5)

    /// Creates a fleet.
    ///
    /// - Parameters:
    ///   - sessions: The servers.
    ///   - slotLimit: Slots used per server, at least 1; `nil` uses all of them.
    ///   - patience: Longest time without any healthy server before the job is given up.
    ///   - logger: Receives one line when a server fails and one when it returns.
    /// - Throws: ``InferenceError/differentModels(_:_:detail:)`` when the servers do not run the same model.
    public init(
        sessions: [ServerSession], slotLimit: Int? = nil, patience: Duration = .seconds(60), logger: Logger
    ) throws(InferenceError) {
        if let first = sessions.first {
            for other in sessions.dropFirst()
            where other.properties.modelIdentity != first.properties.modelIdentity {
                throw .differentModels(
                    first.server.name, other.server.name,
                    detail: "\(first.properties.modelIdentity) against \(other.properties.modelIdentity)")
            }
        }
        self.sessions = sessions
        self.slotLimit = slotLimit.map { max(1, $0) }
        self.patience = patience
        self.logger = logger
    }

    /// Number of items worked on at once.
    public var width: Int {
        sessions.reduce(0) { $0 + min($1.properties.slots, slotLimit ?? .max) }
    }

    /// Does a job.
    ///
    /// - Parameters:
    ///   - items: The items, handed out in this order.
    ///   - work: What to do with an item at a place; runs on the thread that carries the server's requests, so it must
    ///     not compute for long between two of them.
    ///   - finished: Called once for every item that was worked on, from many tasks at once; its answer may end the job
    ///     before all items are done, and throwing fails it.
    /// - Throws: What `finished` throws; ``InferenceError`` of a failing server when none returned in time, or when
    ///   servers that say they are well get nothing done; `CancellationError` or a cancelling ``InferenceError`` when
    ///   the task was cancelled. Items finished before are not lost.
    public func run<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        work: @escaping @Sendable (Item, Place) async throws(InferenceError) -> Value,
        finished: @escaping @Sendable (Item, Outcome<Value>) async throws -> Continuation
    ) async throws {
        guard !items.isEmpty else { return }
        guard !sessions.isEmpty else {
            throw InferenceError.notStarted(detail: "no server to work with", hint: "give --server or --model")
        }
        let pool = WorkPool(items)
        let health = FleetHealth(servers: sessions.map(\.server.name))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for session in sessions {
                for slot in 0..<min(session.properties.slots, slotLimit ?? .max) {
                    let place = Place(session: session, slot: SlotID(rawValue: slot))
                    group.addTask(executorPreference: session.server.executor) {
                        try await serve(pool, at: place, health, work, finished)
                    }
                }
            }
            // The first place that finds nothing left ends the job for those that wait for a server to come back; the
            // first error ends it for all.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Most failures in a row, with nothing done between them, that one bad item can cause: each of its first tries may
    /// take down everything that is at work beside it, the later ones are made alone.
    private var mostFailuresOfOneItem: Int {
        let together = WorkPool<Never>.suspiciousReturns
        return together * width + Self.maximumReturns + 1 - together
    }

    private func serve<Item: Sendable, Value: Sendable>(
        _ pool: WorkPool<Item>, at place: Place, _ health: FleetHealth,
        _ work: @Sendable (Item, Place) async throws(InferenceError) -> Value,
        _ finished: @Sendable (Item, Outcome<Value>) async throws -> Continuation
    ) async throws {
        let server = place.session.server
        while true {
            try Task.checkCancellation()
            // Given to a server that is away, an item would use up its tries on one place after the other.
            if health.isAway(server.name) {
                try await Task.sleep(for: Self.idlePoll)
                continue
            }
            switch pool.take() {
            case .done: return
            case .wait: try await Task.sleep(for: Self.idlePoll)
            case .work(let assignment):
                let outcome: Outcome<Value>
                var fault: InferenceError?
                do throws(InferenceError) {
                    outcome = .done(try await work(assignment.item, place))
                    health.noteSuccess()
                } catch {
                    if error.isCancellation { throw error }
                    if error.isServerFault {
                        // Servers that say they are well and do nothing are as good as gone.
                        guard health.noteFailure() <= mostFailuresOfOneItem else { throw error }
                        fault = error
                    }
                    outcome = .failed(error)
                }
                if fault != nil, assignment.returns < Self.maximumReturns {
                    pool.handBack(assignment)
                } else {
                    // Writing things down must not hold up the other requests of this server.
                    let continuation = try await withTaskExecutorPreference(globalConcurrentExecutor) {
                        try await finished(assignment.item, outcome)
                    }
                    if continuation == .stop { return }
                    pool.finish()
                }
                // One place asks for the server's health, the others wait for the answer.
                if let fault, health.eject(server.name) { try await recover(server, health, after: fault) }
            }
        }
    }

    /// Waits until a server that failed answers again.
    private func recover(_ server: LlamaServer, _ health: FleetHealth, after error: InferenceError) async throws {
        logger.warning("set aside: \(error.description)")
        var pause = Self.firstHealthCheck
        while true {
            try await Task.sleep(for: pause)
            if await server.isHealthy() {
                if health.readmit(server.name) { logger.notice("back at work: \(server.name)") }
                return
            }
            if let silence = health.timeWithoutAnyServer(), silence > patience { throw error }
            pause = min(pause * 2, Self.slowestHealthCheck)
        }
    }
}
