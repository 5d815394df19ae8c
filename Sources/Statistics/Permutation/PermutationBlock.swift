import Randomness

/// The documents of one stratum, whose arm labels are exchangeable among themselves.
struct PermutationBlock {
    /// Scores minus the stratum's mean, suspects first; random arrangements reorder them.
    private var values: [Double]
    private let suspects: Int
    private let studentized: Bool
    private let total: Double
    private let totalSquares: Double
    /// n₁n₀/(n₁+n₀), the stratum's weight in the overall difference.
    let weight: Double
    /// Σ|value|, the size of the numbers being added.
    let spread: Double
    /// The score of the arrangement that was observed.
    private(set) var observed = ArrangementScore()

    private init(suspect: [Double], control: [Double], studentized: Bool) {
        let pool = suspect + control
        let mean = pool.compensatedSum / Double(pool.count)
        values = pool.map { $0 - mean }
        suspects = suspect.count
        self.studentized = studentized
        total = values.compensatedSum
        totalSquares = values.map { $0 * $0 }.compensatedSum
        let distinct = pool.contains { $0 != pool[0] }
        spread = distinct ? values.reduce(0) { $0 + abs($1) } : 0
        weight = Double(suspect.count) * Double(control.count) / Double(pool.count)
        let chosen = values[..<suspects]
        observed = score(
            sum: chosen.compensatedSum, squares: studentized ? chosen.map { $0 * $0 }.compensatedSum : 0)
    }

    /// Sorts documents into strata, in ascending order of the stratum's number.
    static func blocks(
        suspect: [Double], control: [Double], strata: DocumentStrata?, studentized: Bool
    ) throws(StatisticsError) -> [PermutationBlock] {
        try Require.sample(suspect, "suspect scores")
        try Require.sample(control, "control scores")
        var grouped: [Int: (suspect: [Double], control: [Double])] = [:]
        if let strata {
            guard strata.suspect.count == suspect.count else {
                throw .lengthMismatch(
                    name: "suspect scores", count: suspect.count, other: "suspect strata",
                    otherCount: strata.suspect.count)
            }
            guard strata.control.count == control.count else {
                throw .lengthMismatch(
                    name: "control scores", count: control.count, other: "control strata",
                    otherCount: strata.control.count)
            }
            for (score, stratum) in zip(suspect, strata.suspect) {
                grouped[stratum, default: ([], [])].suspect.append(score)
            }
            for (score, stratum) in zip(control, strata.control) {
                grouped[stratum, default: ([], [])].control.append(score)
            }
        } else {
            grouped[0] = (suspect, control)
        }
        var blocks: [PermutationBlock] = []
        for (stratum, arms) in grouped.sorted(by: { $0.key < $1.key })
        where !arms.suspect.isEmpty && !arms.control.isEmpty {
            let smaller = min(arms.suspect.count, arms.control.count)
            if studentized, smaller < 2 {
                throw .sampleTooSmall(name: "the smaller arm of stratum \(stratum)", count: smaller, minimum: 2)
            }
            let block = PermutationBlock(suspect: arms.suspect, control: arms.control, studentized: studentized)
            guard block.spread.isFinite, !studentized || block.totalSquares.isFinite else {
                throw .outOfRange(name: "scores", value: block.spread, requirement: "small enough to be summed")
            }
            blocks.append(block)
        }
        if blocks.isEmpty {
            throw .undefined(quantity: "the permutation test", reason: "no stratum holds documents of both arms")
        }
        return blocks
    }

    /// The number of arrangements of all blocks together, or `nil` above `limit`.
    static func arrangements(of blocks: [PermutationBlock], upTo limit: Int) -> Int? {
        var product = 1
        for block in blocks {
            let size = block.values.count
            var choices = 1
            for step in 0..<min(block.suspects, size - block.suspects) {
                let (next, overflow) = choices.multipliedReportingOverflow(by: size - step)
                guard !overflow else { return nil }
                // C(n, j+1) = C(n, j)(n−j)/(j+1) is an integer, and rises up to the middle.
                choices = next / (step + 1)
                if choices > limit { return nil }
            }
            product *= choices
            if product > limit { return nil }
        }
        return product
    }

    /// The scores of all C(n, n₁) arrangements, in lexicographic order of the chosen documents.
    func allArrangements() -> [ArrangementScore] {
        var chosen = Array(0..<suspects)
        var scores: [ArrangementScore] = []
        while true {
            var sum = 0.0
            var squares = 0.0
            for index in chosen {
                sum += values[index]
                squares += values[index] * values[index]
            }
            scores.append(score(sum: sum, squares: squares))
            guard let place = chosen.indices.last(where: { chosen[$0] < values.count - suspects + $0 }) else {
                return scores
            }
            chosen[place] += 1
            for later in (place + 1)..<max(place + 1, suspects) { chosen[later] = chosen[later - 1] + 1 }
        }
    }

    /// Draws a uniformly random set of suspects and scores it.
    mutating func randomArrangement(_ generator: inout SeededGenerator) -> ArrangementScore {
        let size = values.count
        let picks = min(suspects, size - suspects)
        let needsSquares = studentized
        var (sum, squares) = (0.0, 0.0)
        values.withUnsafeMutableBufferPointer { values in
            for place in 0..<picks {
                let chosen = place + generator.next(below: size - place)
                let value = values[chosen]
                values[chosen] = values[place]
                values[place] = value
                sum += value
                if needsSquares { squares += value * value }
            }
        }
        return picks == suspects
            ? score(sum: sum, squares: squares) : score(sum: total - sum, squares: totalSquares - squares)
    }

    /// The weighted difference of means and its variance, from the suspects' sum and sum of squares.
    private func score(sum: Double, squares: Double) -> ArrangementScore {
        let (n1, n0) = (Double(suspects), Double(values.count - suspects))
        let difference = sum / n1 - (total - sum) / n0
        guard studentized else { return ArrangementScore(difference: weight * difference) }
        let variance1 = max(0, squares - sum * sum / n1) / (n1 - 1)
        let rest = total - sum
        let variance0 = max(0, totalSquares - squares - rest * rest / n0) / (n0 - 1)
        return ArrangementScore(
            difference: weight * difference, variance: weight * weight * (variance1 / n1 + variance0 / n0))
    }
}
