import Audit
import Corpus
import Randomness

/// A corpus in the order in which it was published, cut into shards of which some are to be tested.
public struct PublishedOrder: Sendable {
    /// The documents in the published order.
    public let documents: [Document]
    /// All shards of the corpus.
    public let allShards: [ShardLayout]
    /// The shards that are tested, in the published order.
    public let shards: [ShardLayout]
    /// What the order itself says about whether it can have been drawn at random.
    public let gates: [OrderGate]
    /// SHA-256 over names and texts in the published order.
    public let digest: String
    /// Number of records that were dropped because an earlier one has the same text.
    public let droppedDuplicates: Int
    /// The options.
    public let options: OrderTestOptions

    /// Cuts and checks a corpus.
    ///
    /// - Parameters:
    ///   - corpus: The corpus; the order of its file is taken for the published one.
    ///   - options: The options.
    /// - Throws: ``OrderTestError`` when the corpus has no order, or too few documents.
    /// - Complexity: O(*n* log *n*) in the bytes of the corpus.
    public init(_ corpus: LoadedCorpus, options: OrderTestOptions) throws(OrderTestError) {
        let documents = corpus.documents
        if let text = documents.first(where: { $0.source.line == nil }) {
            throw .noPublishedOrder(path: text.source.file)
        }
        let needed = options.leastShards
        let keys = documents.map { sha256Hex($0.text.utf8) }
        allShards = ShardLayout.cut(keys: keys, places: options.places)
        guard allShards.count >= needed else {
            throw .tooFewDocuments(found: documents.count, needed: needed * 2 * options.places + 1)
        }
        guard options.shards >= needed else { throw .tooFewShards(asked: options.shards, needed: needed) }
        shards = Self.some(options.shards, of: allShards, seed: options.seed, stream: "order-shards")
        let names = documents.map { document in "\(sha256Hex(document.id.rawValue.utf8))\n" }
        digest = sha256Hex(zip(names, keys).flatMap { Array(($0 + $1).utf8) })
        droppedDuplicates = corpus.notices.count {
            if case .duplicateTextDropped = $0 { true } else { false }
        }
        gates = [
            FieldOrder(documents, ignoring: options.ignoredFields).gate,
            try WordingOrder(
                documents,
                Self.some(WordingOrder.mostShards, of: allShards, seed: options.seed, stream: "order-wording")
            ).gate,
        ]
        self.documents = documents
        self.options = options
    }

    /// A random choice of shards in their published order; it depends on their numbers only.
    private static func some(_ count: Int, of shards: [ShardLayout], seed: UInt64, stream: String) -> [ShardLayout] {
        guard count < shards.count else { return shards }
        var numbers = Array(shards.indices)
        var generator = SeededGenerator(seed: seed, stream: stream)
        numbers.shuffle(with: &generator)
        return numbers.prefix(count).sorted().map { shards[$0] }
    }
}
