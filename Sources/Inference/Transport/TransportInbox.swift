/// What other threads ask of the event loop.
enum LoopCommand: Sendable {
    case start(PostedRequest)
    case cancel(id: UInt64)
    case limitInFlight(Int)
    case run(UnownedJob, LoopExecutor)
    case shutDown
}

/// The one door between the rest of the program and the event loop.
final class TransportInbox: Sendable {
    private struct State {
        var commands: [LoopCommand] = []
        var isOpen = true
        /// Whether the loop waits in `poll`, so that a command must wake it.
        ///
        /// A busy loop looks here by itself, which saves two system calls per request under load.
        var loopSleeps = false
    }

    private let state: Guarded<State>
    private let bell: WakeBell?

    /// Creates an inbox whose loop waits for a bell, or without one an inbox that is closed from the start.
    init(bell: WakeBell?) {
        self.bell = bell
        state = Guarded(State(isOpen: bell != nil))
    }

    /// Leaves a command for the loop.
    ///
    /// - Returns: Whether the loop will see it; false once the inbox is closed.
    @discardableResult
    func post(_ command: LoopCommand) -> Bool {
        let (accepted, sleeps) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            if case .shutDown = command { state.isOpen = false }
            state.commands.append(command)
            defer { state.loopSleeps = false }
            return (true, state.loopSleeps)
        }
        // Outside the lock: the loop that wakes up takes the lock at once.
        if sleeps { bell?.ring() }
        return accepted
    }

    /// Moves the waiting commands into an empty array, keeping the storage of both.
    func take(into batch: inout [LoopCommand]) {
        state.withLock { state in
            state.loopSleeps = false
            swap(&state.commands, &batch)
        }
    }

    /// Whether there are commands.
    var isEmpty: Bool { state.withLock { $0.commands.isEmpty } }

    /// Announces that the loop is about to wait.
    ///
    /// - Returns: False if there are commands after all, in which case it must not wait.
    func mayFallAsleep() -> Bool {
        state.withLock { state in
            state.loopSleeps = state.commands.isEmpty
            return state.loopSleeps
        }
    }

    /// Refuses further commands; called by the loop when it ends.
    ///
    /// - Returns: The commands that were still waiting.
    func close() -> [LoopCommand] {
        state.withLock { state in
            state.isOpen = false
            state.loopSleeps = false
            defer { state.commands = [] }
            return state.commands
        }
    }
}
