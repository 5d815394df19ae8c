import Synchronization

/// Which servers of a fleet are set aside, since when none is left, and whether anything gets done at all.
final class FleetHealth: Sendable {
    private struct State {
        var healthy: Set<String>
        var emptySince: ContinuousClock.Instant?
        var failuresInARow = 0
    }

    private let state: Mutex<State>

    init(servers: [String]) {
        state = Mutex(State(healthy: Set(servers)))
    }

    /// Notes that a server failed at an item; returns how many failures there were since anything was done.
    func noteFailure() -> Int {
        state.withLock { state in
            state.failuresInARow += 1
            return state.failuresInARow
        }
    }

    /// Notes that an item was done.
    func noteSuccess() {
        state.withLock { $0.failuresInARow = 0 }
    }

    /// Sets a server aside; returns whether it was at work until now.
    func eject(_ server: String) -> Bool {
        state.withLock { state in
            let wasHealthy = state.healthy.remove(server) != nil
            if state.healthy.isEmpty, state.emptySince == nil { state.emptySince = ContinuousClock.now }
            return wasHealthy
        }
    }

    /// Whether a server is set aside.
    func isAway(_ server: String) -> Bool {
        state.withLock { !$0.healthy.contains(server) }
    }

    /// Takes a server back; returns whether it was set aside until now.
    func readmit(_ server: String) -> Bool {
        state.withLock { state in
            state.emptySince = nil
            return state.healthy.insert(server).inserted
        }
    }

    /// How long no server at all has been at work, or `nil` if one is.
    func timeWithoutAnyServer() -> Duration? {
        state.withLock { $0.emptySince.map { ContinuousClock.now - $0 } }
    }
}
