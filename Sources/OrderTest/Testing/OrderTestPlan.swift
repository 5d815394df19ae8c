import Audit
import Corpus
import Inference

/// What decides the outcome of a test, fixed before the first question.
public struct OrderTestPlan: Sendable, Hashable, Codable {
    /// Version of the procedure; a change that could alter a verdict raises it.
    public static let currentVersion = 1

    /// Version of the procedure.
    public let version: Int
    /// SHA-256 over names and texts of the documents in the published order.
    public let corpus: String
    /// Number of documents.
    public let documents: Int
    /// Shards of the whole corpus.
    public let availableShards: Int
    /// Shards that are tested.
    public let shards: Int
    /// Documents of one shard that change places.
    public let places: Int
    /// Tokens of a document's beginning that are scored.
    public let openingTokens: Int
    /// Tokens of a document's end that the model is given.
    public let tailTokens: Int
    /// What stands between two documents.
    public let separator: String
    /// Fields of which the user says that they were numbered after the order was drawn.
    public let ignoredFields: [String]
    /// Probability of calling an innocent model guilty, at most.
    public let alpha: Double
    /// Seed of every random choice.
    public let seed: UInt64
    /// Whether one slot and no cache are used.
    public let strictness: Strictness
    /// The model, as its server names it.
    public let model: String
    /// Tokens that are put before every text.
    public let leading: [TokenID]

    /// Fixes a plan.
    public init(_ order: PublishedOrder, model: String, leading: [TokenID]) {
        let options = order.options
        version = Self.currentVersion
        corpus = order.digest
        documents = order.documents.count
        availableShards = order.allShards.count
        shards = order.shards.count
        places = options.places
        openingTokens = options.openingTokens
        tailTokens = options.tailTokens
        separator = options.separator
        ignoredFields = options.ignoredFields
        alpha = options.alpha
        seed = options.seed
        strictness = options.strictness
        self.model = model
        self.leading = leading
    }

    /// Questions of the whole test.
    public var questions: Int { shards * ShardLayout.questions(places: places) }

    /// SHA-256 of the plan's canonical JSON.
    public func hash() throws(CanonicalJSONError) -> String { sha256Hex(try CanonicalJSON.encode(self)) }
}
