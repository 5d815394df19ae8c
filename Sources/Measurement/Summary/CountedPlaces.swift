/// Stretches of places of which each counts once, however many of them hold it.
struct CountedPlaces {
    /// The stretches, ascending, without overlap.
    let ranges: [Range<Int>]

    /// Joins stretches that overlap or touch.
    ///
    /// - Complexity: O(*n* log *n*).
    init(_ ranges: some Sequence<Range<Int>>) {
        var joined: [Range<Int>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    /// The number of places.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }
}
