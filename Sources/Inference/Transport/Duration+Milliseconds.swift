extension Duration {
    /// The duration in milliseconds, rounded up, at least 1 and at most about 24 days.
    var wholeMilliseconds: Int {
        guard self > .zero else { return 1 }
        guard self < .milliseconds(Int32.max) else { return Int(Int32.max) }
        let (seconds, attoseconds) = components
        let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(1, Int(seconds) * 1_000 + Int(milliseconds))
    }
}
