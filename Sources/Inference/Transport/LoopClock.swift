/// The time as the event loop sees it: looked at once a round, however many sockets, timers and deadlines ask for it.
///
/// A round takes well under a millisecond, less than any deadline resolves, and asking the system for every arriving
/// piece of a reply made up a fiftieth of the client's time. Lives on the event loop's thread only.
final class LoopClock {
    /// The time at the last look.
    private(set) var now = ContinuousClock.now

    /// Looks at the time.
    func look() {
        now = .now
    }
}
