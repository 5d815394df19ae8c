import Corpus
import RealModule

/// Walks through a trie and gathers the candidates.
struct OpeningFinder {
    let trie: OpeningTrie
    let rule: OpeningRule
    let leastSupport: Int
    let endsLine: (TokenID) -> Bool
    private(set) var found: [Opening] = []

    init(trie: OpeningTrie, rule: OpeningRule, leastSupport: Int, endsLine: @escaping (TokenID) -> Bool) {
        self.trie = trie
        self.rule = rule
        self.leastSupport = leastSupport
        self.endsLine = endsLine
    }

    /// Visits a node and all that is frequent below it.
    ///
    /// - Parameters:
    ///   - node: The node; only as many levels as the largest length are visited.
    ///   - isFirm: Whether at least half of the texts of the node above come here.
    mutating func visit(_ node: OpeningTrie.Node, isFirm: Bool) {
        let children = trie.children(of: node)
        let goesOn = children.filter { $0.support >= leastSupport }
        if node.depth < rule.lengths.upperBound {
            for child in goesOn { visit(child, isFirm: 2 * child.support >= node.support) }
        }
        let tokens = trie.tokens(of: node)
        guard isFirm, node.support >= leastSupport, rule.lengths.contains(node.depth), let last = tokens.last else {
            return
        }
        let isLineEnd = endsLine(last)
        let isOpen = goesOn.allSatisfy { 2 * $0.support < node.support }
        guard isLineEnd || isOpen || node.depth == rule.lengths.upperBound else { return }
        let ending = node.support - children.reduce(0) { $0 + $1.support }
        let largest = children.reduce(ending) { max($0, $1.support) }
        found.append(
            Opening(
                tokens: tokens, support: node.support,
                branching: .log2(Double(node.support)) - .log2(Double(largest)), endsLine: isLineEnd))
    }
}
