/// A stretch of the published order in which every second document may change places with its like.
///
/// With k places a shard has k + 1 *anchors* and, between them, k *movers*: a₀ m₁ a₁ m₂ a₂ … m_k a_k. Neighbouring shards
/// share an anchor, so that every two neighbours of the published order stand in one shard. What is compared is the
/// published order of the movers with their k! orders, the anchors staying where they are.
///
/// Why so, and not all orders of the shard: how hard a document's beginning is to guess differs between documents by far
/// more than what the document before it changes. Here every order holds the same anchors and movers, each once after and
/// once before something, so all of that cancels without being estimated. With as many requests that finds more than all
/// orders of four or five documents do with the means of rows and columns taken off.
///
/// Why that is exact: let the published order be a uniformly random order of the set of documents, independent of the
/// model. Given which documents are anchors and where they stand, and which documents are movers of which shard, the
/// orders of the movers are uniform and independent between shards; and whatever is computed from the unordered movers,
/// scores of a model included, does not change that.
public struct ShardLayout: Sendable, Hashable {
    /// Indices of the documents that stay, in the published order.
    public let anchors: [Int]
    /// Indices of the documents that change places, in an order that has nothing to do with the published one.
    public let movers: [Int]
    /// For each place, which of ``movers`` stands there in the published order.
    public let published: [Int]

    /// Number of documents that change places.
    public var places: Int { movers.count }

    /// Number of questions that the scores of a shard take, 2·places².
    static func questions(places: Int) -> Int { 2 * places * places }

    /// Cuts a published order into shards.
    ///
    /// - Parameters:
    ///   - keys: For every document, in the published order, a key that follows from its text alone.
    ///   - places: Movers of one shard, at least 1.
    /// - Returns: (n − 1)/(2·places) shards, from the first document on; what is left over takes no part.
    /// - Complexity: O(*n* log *places*).
    static func cut(keys: [String], places: Int) -> [ShardLayout] {
        let length = 2 * places
        guard places > 0, keys.count > length else { return [] }
        return (0..<(keys.count - 1) / length).map { number in
            let start = number * length
            let standing = (0..<places).map { start + 2 * $0 + 1 }
            // Numbered by their keys, the movers tell nothing of where they stand: neither their numbers, nor the order of
            // the questions about them, nor anything that changes on a server meanwhile can favour the published order.
            let order = standing.indices.sorted { (keys[standing[$0]], $0) < (keys[standing[$1]], $1) }
            var published = [Int](repeating: 0, count: places)
            for (number, place) in order.enumerated() { published[place] = number }
            return ShardLayout(
                anchors: (0...places).map { start + 2 * $0 }, movers: order.map { standing[$0] }, published: published)
        }
    }
}
