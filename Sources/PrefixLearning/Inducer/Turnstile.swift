/// Lets a limited number of tasks work at the same time, in the order in which they came.
///
/// A cancelled task waits for its turn like any other and then does nothing: those at work are cancelled with it and
/// make room at once.
actor Turnstile {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Creates a turnstile for a number of tasks, at least 1.
    init(width: Int) { free = max(1, width) }

    /// Does work when there is room for it.
    func pass<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
        defer {
            if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        }
        try Task.checkCancellation()
        return try await work()
    }
}
