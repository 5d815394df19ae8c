import Corpus
import Randomness

/// New prefixes made of old ones, token by token.
///
/// One edit of a parent inserts or replaces one token by one that the target itself finds likely at that place, or
/// deletes one; of two parents, the head of one is joined to a tail of the other, or one is put before the other. All
/// possible edits are listed, each result once, and a seeded choice is made among them with the kinds taking turns, so
/// that the few deletions are not lost among the many insertions. Results are never empty, never longer than the cap,
/// never a parent.
public struct TokenEdits: Hashable, Sendable {
    /// The largest number of tokens of a result.
    public let longest: Int

    /// Creates a maker of edits.
    ///
    /// - Parameter longest: The largest number of tokens of a result, from 1 to 512; other numbers are brought inside.
    public init(longest: Int = 64) {
        self.longest = min(max(1, longest), 512)
    }

    /// Edits of one prefix.
    ///
    /// - Parameters:
    ///   - parent: The prefix, at most 512 tokens of which are looked at.
    ///   - suggestions: The tokens that the target finds likely at each place: element *i* for the place after the
    ///     parent's first *i* tokens. Places without an element have none; the last place is the parent's end.
    ///   - count: The number of edits wished for; there are fewer when there are not so many.
    ///   - excluded: Prefixes that are known already.
    ///   - generator: The seeded stream that chooses.
    /// - Complexity: O(tokens² · suggestions per place).
    public func edits(
        of parent: [TokenID], suggestions: [[TokenID]], count: Int, excluding excluded: Set<[TokenID]> = [],
        with generator: inout SeededGenerator
    ) -> [EditedPrefix] {
        let parent = Array(parent.prefix(512))
        var (insertions, replacements, deletions): ([[TokenID]], [[TokenID]], [[TokenID]]) = ([], [], [])
        for place in 0...parent.count {
            for token in place < suggestions.count ? suggestions[place] : [] {
                insertions.append(parent[..<place] + [token] + parent[place...])
                if place < parent.count {
                    replacements.append(parent[..<place] + [token] + parent[(place + 1)...])
                }
            }
            if place < parent.count { deletions.append(Array(parent[..<place] + parent[(place + 1)...])) }
        }
        return chosen(
            from: [(.insertion, insertions), (.replacement, replacements), (.deletion, deletions)], count: count,
            excluding: excluded.union([parent]), with: &generator)
    }

    /// Crosses of two prefixes.
    ///
    /// - Parameters:
    ///   - first: A prefix that did well, at most 512 tokens of which are looked at.
    ///   - second: Another one.
    ///   - count: The number of crosses wished for; there are fewer when there are not so many.
    ///   - excluded: Prefixes that are known already.
    ///   - generator: The seeded stream that chooses.
    /// - Complexity: O(first · second · longest result).
    public func crosses(
        of first: [TokenID], and second: [TokenID], count: Int, excluding excluded: Set<[TokenID]> = [],
        with generator: inout SeededGenerator
    ) -> [EditedPrefix] {
        let parents = [Array(first.prefix(512)), Array(second.prefix(512))]
        var crossovers: [[TokenID]] = []
        for (head, tail) in [(parents[0], parents[1]), (parents[1], parents[0])] where !head.isEmpty {
            for end in 1...head.count {
                for start in tail.indices.dropFirst() where end + tail.count - start <= longest {
                    crossovers.append(Array(head[..<end] + tail[start...]))
                }
            }
        }
        return chosen(
            from: [
                (.crossover, crossovers), (.concatenation, [parents[0] + parents[1], parents[1] + parents[0]]),
            ], count: count, excluding: excluded.union(parents), with: &generator)
    }

    /// Takes from the shuffled kinds in turn.
    private func chosen(
        from kinds: [(EditedPrefix.Kind, [[TokenID]])], count: Int, excluding excluded: Set<[TokenID]>,
        with generator: inout SeededGenerator
    ) -> [EditedPrefix] {
        var seen = excluded
        var waiting = kinds.map { kind, results in
            var results = results.filter { !$0.isEmpty && $0.count <= longest }
            results.shuffle(with: &generator)
            return (kind: kind, results: results)
        }
        var chosen: [EditedPrefix] = []
        while chosen.count < count, waiting.contains(where: { !$0.results.isEmpty }) {
            for turn in waiting.indices where chosen.count < count {
                while let tokens = waiting[turn].results.popLast() {
                    guard seen.insert(tokens).inserted else { continue }
                    chosen.append(EditedPrefix(kind: waiting[turn].kind, tokens: tokens))
                    break
                }
            }
        }
        return chosen
    }
}

/// A prefix that was made from others.
public struct EditedPrefix: Hashable, Codable, Sendable {
    /// How a prefix was made.
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        /// One token was put in.
        case insertion
        /// One token was exchanged.
        case replacement
        /// One token was taken out.
        case deletion
        /// The head of one prefix and a tail of another.
        case crossover
        /// One prefix and then another.
        case concatenation
    }

    /// How it was made.
    public let kind: Kind
    /// Its tokens.
    public let tokens: [TokenID]
}
