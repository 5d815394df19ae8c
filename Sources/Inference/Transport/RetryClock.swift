#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The time as retries see it, replaceable by tests that do not want to wait.
public struct RetryClock: Sendable {
    /// The time since some fixed moment; never runs backwards.
    public let now: @Sendable () -> Duration
    /// The seconds since 1970-01-01T00:00:00Z.
    public let wallClock: @Sendable () -> Int
    /// Waits, and throws when the task is cancelled meanwhile.
    public let sleep: @Sendable (Duration) async throws(CancellationError) -> Void

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - now: The time since some fixed moment.
    ///   - wallClock: The seconds since 1970.
    ///   - sleep: Waits, and throws when the task is cancelled meanwhile.
    public init(
        now: @escaping @Sendable () -> Duration, wallClock: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
    ) {
        self.now = now
        self.wallClock = wallClock
        self.sleep = sleep
    }

    /// The clock of this machine.
    public static let system: RetryClock = {
        let start = ContinuousClock.now
        return RetryClock(
            now: { start.duration(to: .now) },
            wallClock: { Int(clamping: Int64(Date().timeIntervalSince1970)) },
            sleep: { duration async throws(CancellationError) in
                do {
                    try await Task.sleep(for: duration)
                } catch {
                    throw CancellationError()
                }
            })
    }()
}
