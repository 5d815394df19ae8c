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
}
