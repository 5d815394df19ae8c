/// Finds out what is best put between a header and its document: both endings are tried, then the better one is kept.
struct HeaderEndings: Hashable, Sendable {
    private var sums: [HeaderEnding: Double] = [:]
    private var counts: [HeaderEnding: Int] = [:]

    /// The ending with the larger mean lift, or `nil` before anything is known.
    var better: HeaderEnding? {
        let means = HeaderEnding.allCases.compactMap { ending in
            counts[ending].map { (ending: ending, mean: (sums[ending] ?? 0) / Double($0)) }
        }
        // Of equal means the first ending, whatever the order of the sums.
        return means.max { $0.mean < $1.mean || ($0.mean == $1.mean && $0.ending == .blankLine) }?.ending
    }

    /// The ending of one of several headers for a document: in turn until something is known.
    func ending(ofDraw number: Int) -> HeaderEnding {
        better ?? HeaderEnding.allCases[number % HeaderEnding.allCases.count]
    }

    /// Takes note of a lift.
    mutating func take(_ lift: Lift, of ending: HeaderEnding) {
        sums[ending, default: 0] += lift.natsPerToken
        counts[ending, default: 0] += 1
    }
}
