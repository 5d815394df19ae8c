/// Textbook versions, quadratic and plain, that the fast ones are held against.
enum Naive {
    /// The longest run by trying every pair of starts; earliest in the source, then in the reply.
    static func longestCommonRun<E: Equatable>(_ source: [E], _ reply: [E]) -> (source: Int, reply: Int, count: Int)? {
        var best: (source: Int, reply: Int, count: Int)?
        for start in source.indices {
            for other in reply.indices {
                var count = 0
                while start + count < source.count, other + count < reply.count,
                    source[start + count] == reply[other + count]
                { count += 1 }
                if count > best?.count ?? 0 { best = (start, other, count) }
            }
        }
        return best
    }

    /// The length of the longest common subsequence by the full table.
    static func longestCommonSubsequence<E: Equatable>(_ one: [E], _ other: [E]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: other.count + 1), count: one.count + 1)
        for (i, left) in one.enumerated() {
            for (j, right) in other.enumerated() {
                table[i + 1][j + 1] = left == right ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
            }
        }
        return table[one.count][other.count]
    }

    /// For every place of the source the longest run that ends there, and its first end in the reply.
    static func endingRuns<E: Equatable>(_ source: [E], _ reply: [E]) -> [(length: Int, place: Int)] {
        source.indices.map { end in
            var best = (length: 0, place: -1)
            for place in reply.indices {
                var length = 0
                while length <= min(end, place), source[end - length] == reply[place - length] { length += 1 }
                if length > best.length { best = (length, place) }
            }
            return best
        }
    }

    /// The matching blocks by taking the longest run again and again, not yet joined where they touch.
    static func matchingBlocks<E: Equatable>(_ source: ArraySlice<E>, _ reply: ArraySlice<E>) -> [[Int]] {
        guard let best = longestCommonRun(Array(source), Array(reply)) else { return [] }
        let start = source.startIndex + best.source
        let place = reply.startIndex + best.reply
        return matchingBlocks(source[..<start], reply[..<place]) + [[start, place, best.count]]
            + matchingBlocks(source[(start + best.count)...], reply[(place + best.count)...])
    }

    /// The distance of Levenshtein by the full table.
    static func editDistance<E: Equatable>(_ one: [E], _ other: [E]) -> Int {
        var row = Array(0...other.count)
        for (i, left) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in other.enumerated() {
                let next = min(row[j], row[j + 1]) + 1
                (diagonal, row[j + 1]) = (row[j + 1], min(next, diagonal + (left == right ? 0 : 1)))
            }
        }
        return row[other.count]
    }
}
