import Corpus

/// The distance of a growing token sequence to the start of an expected one, while it can still end within a radius.
struct PathDistance: Sendable {
    private enum State: Sendable {
        /// Places that differ so far.
        case hamming(Int)
        /// For every length of the expected sequence the least number of changes from it to the path (Wagner and
        /// Fischer, 1974).
        case levenshtein([Int])
    }

    private var state: State
    /// The number of tokens of the path.
    private var count = 0
    private let radius: Int

    /// Begins with an empty path.
    init(_ distance: ConstrainedSearch.Distance, expected: Int, radius: Int) {
        self.radius = radius
        switch distance {
        case .hamming: state = .hamming(0)
        case .levenshtein: state = .levenshtein(Array(0...expected))
        }
    }

    /// The distance after one more token, or `nil` when no sequence of the expected length that begins so lies within
    /// the radius.
    func extended(by token: TokenID, in expected: [TokenID]) -> PathDistance? {
        var next = self
        next.count += 1
        switch state {
        case .hamming(let differing):
            let now = differing + (expected[count] == token ? 0 : 1)
            guard now <= radius else { return nil }
            next.state = .hamming(now)
        case .levenshtein(let row):
            var new = [row[0] + 1]
            new.reserveCapacity(row.count)
            for (place, other) in expected.enumerated() {
                let replaced = row[place] + (other == token ? 0 : 1)
                new.append(min(replaced, row[place + 1] + 1, new[place] + 1))
            }
            // What is left of both sequences differs in length by |place − count| and costs at least that.
            let least = new.indices.lazy.map { new[$0] + abs($0 - next.count) }.min() ?? 0
            guard least <= radius else { return nil }
            next.state = .levenshtein(new)
        }
        return next
    }
}
