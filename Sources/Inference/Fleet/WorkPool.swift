import Synchronization

/// Items of work that several servers draw from, with a way back for what a failing server could not finish.
///
/// Every item is handed out, finished exactly once, or handed back; none is lost when a server fails.
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
    }

    private let state: Mutex<State>

    /// Creates a pool; items are handed out in the given order.
    init(_ items: [Item]) {
        state = Mutex(State(waiting: items.reversed().map { Assignment(item: $0) }))
    }

    /// Takes the next item.
    func take() -> Answer {
        state.withLock { state in
            if let next = state.waiting.popLast() {
                state.inFlight += 1
                return .work(next)
            }
            return state.inFlight == 0 ? .done : .wait
        }
    }

    /// Marks an item as finished.
    func finish() {
        state.withLock { $0.inFlight -= 1 }
    }

    /// Puts an item back, to be handed out next.
    func handBack(_ assignment: Assignment) {
        state.withLock { state in
            state.inFlight -= 1
            state.waiting.append(Assignment(item: assignment.item, returns: assignment.returns + 1))
        }
    }

    /// Number of items not finished yet.
    var remaining: Int { state.withLock { $0.waiting.count + $0.inFlight } }
}
