/// The moment before which no deadline lies, so that the event loop need not look at every deadline every time.
///
/// Arriving bytes only push deadlines back and finished requests only take theirs away, so the bound stays true; all
/// deadlines are looked at only when it is reached, and a new bound is built from what is found.
struct DeadlineBound {
    /// Deadlines that fall this close together are handled by one look.
    static let grain = Duration.milliseconds(2)
    private static let longestSleep = Duration.seconds(60)

    private var moment: ContinuousClock.Instant?

    /// Takes a new deadline into account.
    mutating func expect(_ deadline: ContinuousClock.Instant) {
        if let moment, moment <= deadline { return }
        moment = deadline
    }

    /// Forgets the bound once it is reached, to be built anew.
    ///
    /// - Returns: Whether a deadline may have passed.
    mutating func isReached(at now: ContinuousClock.Instant) -> Bool {
        guard let moment, now >= moment else { return false }
        self.moment = nil
        return true
    }

    /// How long the loop may sleep without missing a deadline, in milliseconds.
    func sleepMilliseconds(from now: ContinuousClock.Instant) -> Int32 {
        guard let moment else { return Int32(Self.longestSleep.wholeMilliseconds) }
        let left = now.duration(to: moment)
        return left <= .zero ? 0 : Int32(min(left, Self.longestSleep).wholeMilliseconds)
    }
}
