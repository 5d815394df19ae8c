import Synchronization

/// Items of work that several servers draw from, with a way back for what a failing server could not finish.
///
/// Every item is handed out, finished exactly once, or handed back; none is lost when a server fails. An item that has
/// come back more than once may be what makes servers fail, so it is handed out alone: then only it can be blamed.
final class WorkPool<Item: Sendable>: Sendable {
    /// An item together with how often a failing server has handed it back.
    struct Assignment: Sendable {
        let item: Item
        var returns = 0
    }

    /// The answer to a request for work.
    enum Answer: Sendable {
        /// Do this.
        case work(Assignment)
        /// Nothing now, but something may come back.
        case wait
        /// Everything is finished.
        case done
    }

    private struct State {
        var waiting: [Assignment]
        var inFlight = 0
        /// Whether the one item in flight is under suspicion, so that nothing may join it.
        var isAlone = false
    }

    /// How often an item must have come back to be under suspicion.
    static var suspiciousReturns: Int { 2 }

    private let state: Mutex<State>

    /// Creates a pool; items are handed out in the given order.
    init(_ items: [Item]) {
        state = Mutex(State(waiting: items.reversed().map { Assignment(item: $0) }))
    }

    /// Takes the next item.
    ///
    /// - Complexity: O(*k*) for *k* items under suspicion.
    func take() -> Answer {
        state.withLock { state in
            guard !state.isAlone else { return .wait }
            if let next = state.waiting.lastIndex(where: { $0.returns < Self.suspiciousReturns }) {
                state.inFlight += 1
                return .work(state.waiting.remove(at: next))
            }
            guard state.inFlight == 0 else { return .wait }
            guard let suspect = state.waiting.popLast() else { return .done }
            state.inFlight = 1
            state.isAlone = true
            return .work(suspect)
        }
    }

    /// Marks an item as finished.
    func finish() {
        state.withLock { state in
            state.inFlight -= 1
            state.isAlone = false
        }
    }

    /// Puts an item back, to be handed out next.
    func handBack(_ assignment: Assignment) {
        state.withLock { state in
            state.inFlight -= 1
            state.isAlone = false
            state.waiting.append(Assignment(item: assignment.item, returns: assignment.returns + 1))
        }
    }

    /// Number of items not finished yet.
    var remaining: Int { state.withLock { $0.waiting.count + $0.inFlight } }
}
