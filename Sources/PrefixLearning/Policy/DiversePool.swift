/// A few prompts of many that together serve many documents.
///
/// Each step adds the prompt that raises Σ over documents of the best lift in the pool the most (greedy coverage of a
/// submodular function: at least 1 − 1/e of the best possible; Nemhauser, Wolsey and Fisher, 1978). A prompt that is
/// poor on average but best on some documents is kept, as in a Pareto front over documents (GEPA, Agrawal and others,
/// 2025).
struct DiversePool {
    /// The prompts by their places, in the order in which they were added: first the best single one, then the empty
    /// one.
    let prompts: [Int]
    /// The best single prompt.
    let universal: Int

    /// The smallest share of what the pool is worth already that another prompt must add.
    static let leastGain = 0.01

    /// Builds a pool.
    ///
    /// - Parameters:
    ///   - rows: The lifts of every prompt on each document, in probability per token; nil where unknown. Prompt 0 is the
    ///     empty one.
    ///   - prompts: The number of prompts, at least 1.
    ///   - universal: The best single prompt; the one with the largest mean lift when nil.
    ///   - size: The largest number of prompts, at least 1; the empty one is only left out when 1 is all there is room
    ///     for.
    /// - Complexity: O(size × prompts × documents).
    init(rows: [[Double?]], prompts count: Int, universal: Int? = nil, size: Int) {
        let means = (0..<count).map { prompt in steadiedMean(rows.compactMap { $0[prompt] }) }
        let first = universal ?? means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
        self.universal = first
        var pool = [first]
        if first != 0, size > 1 { pool.append(0) }
        var best = rows.map { row in pool.reduce(0.0) { max($0, row[$1] ?? 0) } }
        var worth = best.reduce(0, +)
        while pool.count < size {
            var (chosen, gain) = (0, 0.0)
            for prompt in 0..<count where !pool.contains(prompt) {
                let added = zip(rows, best).reduce(0.0) { $0 + max(0, ($1.0[prompt] ?? 0) - $1.1) }
                if added > gain { (chosen, gain) = (prompt, added) }
            }
            guard gain > 0, gain >= Self.leastGain * worth else { break }
            pool.append(chosen)
            best = zip(rows, best).map { row, best in max(best, row[chosen] ?? 0) }
            worth += gain
        }
        prompts = pool
    }
}
