import Corpus

/// All beginnings of some texts, as a tree whose nodes know how many texts pass through them.
///
/// The texts are sorted, so that a node is a stretch of neighbours and nothing but the texts is stored.
struct OpeningTrie {
    /// A beginning, as the sorted texts that share it.
    struct Node {
        let texts: Range<Int>
        let depth: Int

        var support: Int { texts.count }
    }

    private let texts: [ArraySlice<TokenID>]

    /// Sorts texts, cut to `deepest` tokens and one more, which tells how the deepest openings go on.
    init(texts: [[TokenID]], deepest: Int) {
        self.texts = texts.map { $0.prefix(deepest + 1) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The empty beginning.
    var root: Node { Node(texts: texts.indices, depth: 0) }

    /// The tokens of a beginning.
    func tokens(of node: Node) -> [TokenID] {
        Array((texts[node.texts].first ?? []).prefix(node.depth))
    }

    /// The beginnings that are one token longer, in order of that token; texts that end here are in none.
    func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var start = node.texts.lowerBound
        // Texts that end come first.
        while start < node.texts.upperBound, texts[start].count <= node.depth { start += 1 }
        while start < node.texts.upperBound {
            let token = texts[start][node.depth]
            var end = start + 1
            while end < node.texts.upperBound, texts[end][node.depth] == token { end += 1 }
            children.append(Node(texts: start..<end, depth: node.depth + 1))
            start = end
        }
        return children
    }
}
