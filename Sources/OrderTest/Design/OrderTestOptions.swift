import Inference
import RealModule

/// What a user decides about a test of the published order.
public struct OrderTestOptions: Sendable, Hashable {
    /// Probability of calling an innocent model guilty, at most.
    public let alpha: Double
    /// Documents of one shard that change places.
    public let places: Int
    /// Tokens of a document's beginning that are scored.
    public let openingTokens: Int
    /// Tokens of a document's end that the model is given.
    public let tailTokens: Int
    /// What stands between two documents.
    public let separator: String
    /// Most shards that are asked about; which ones is drawn at random.
    public let shards: Int
    /// Seed of every random choice.
    public let seed: UInt64
    /// Whether one slot and no cache are used.
    public let strictness: Strictness
    /// Fields of which the user says that they were numbered after the order was drawn.
    public let ignoredFields: [String]

    /// The values of ``places`` that can be asked for.
    public static let allowedPlaces = 2...5
    /// The value of ``places`` where nobody asks for another.
    public static let standardPlaces = 3
    /// The value of ``openingTokens`` where nobody asks for another.
    public static let standardOpeningTokens = 16
    /// The value of ``tailTokens`` where nobody asks for another.
    public static let standardTailTokens = 50
    /// The value of ``shards`` where nobody asks for another.
    public static let standardShards = 250
    /// The largest value of ``shards``.
    public static let mostShards = 2_000

    /// Checks and takes the options.
    ///
    /// - Parameters:
    ///   - alpha: From 10⁻¹² to less than 1.
    ///   - places: From 2 to 5; see ``ShardLayout``.
    ///   - openingTokens: From 1 to 256.
    ///   - tailTokens: From 1 to 4096.
    ///   - separator: At most 64 bytes; may be empty.
    ///   - shards: From 1 to 2000.
    ///   - seed: Any.
    ///   - strictness: How carefully servers are used.
    ///   - ignoredFields: Names of metadata fields, or `id`.
    /// - Throws: ``OrderTestError/invalidOption(name:value:requirement:)``.
    public init(
        alpha: Double = 0.01, places: Int = standardPlaces, openingTokens: Int = standardOpeningTokens,
        tailTokens: Int = standardTailTokens,
        separator: String = "\n\n", shards: Int = standardShards, seed: UInt64 = 1, strictness: Strictness = .fast,
        ignoredFields: [String] = []
    ) throws(OrderTestError) {
        func require(_ holds: Bool, _ name: String, _ value: String, _ requirement: String) throws(OrderTestError) {
            guard holds else { throw .invalidOption(name: name, value: value, requirement: requirement) }
        }
        try require(alpha >= 1e-12 && alpha < 1, "alpha", "\(alpha)", "from 1e-12 to less than 1")
        try require(Self.allowedPlaces.contains(places), "places", "\(places)", "from 2 to 5")
        try require((1...256).contains(openingTokens), "opening-tokens", "\(openingTokens)", "from 1 to 256")
        try require((1...4096).contains(tailTokens), "tail-tokens", "\(tailTokens)", "from 1 to 4096")
        try require(separator.utf8.count <= 64, "separator", "(\(separator.utf8.count) bytes)", "at most 64 bytes")
        try require((1...Self.mostShards).contains(shards), "shards", "\(shards)", "from 1 to \(Self.mostShards)")
        self.alpha = alpha
        self.places = places
        self.openingTokens = openingTokens
        self.tailTokens = tailTokens
        self.separator = separator
        self.shards = shards
        self.seed = seed
        self.strictness = strictness
        self.ignoredFields = ignoredFields.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Fewest shards that have an outcome with p ≤ α: (places!)^shards ≥ 1/α.
    public var leastShards: Int {
        let orders = (1...places).reduce(1.0) { $0 * Double($1) }
        return max(1, Int((-Double.log(alpha) / .log(orders) - 1e-12).rounded(.up)))
    }
}
