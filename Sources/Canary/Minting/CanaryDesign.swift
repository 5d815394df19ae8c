import RealModule

/// What a set of canaries is like, apart from its secrets.
///
/// A design that exists is within all limits.
public struct CanaryDesign: Sendable, Hashable {
    /// How many canaries there may be.
    public static let allowedCounts = 1...1000
    /// How many unpublished siblings a canary may have.
    public static let allowedReferences = 1...99_999
    /// How often one canary may have to be planted.
    public static let allowedRepetitions = 1...10_000
    /// Most siblings of all canaries together, and most texts to plant.
    public static let largestTotal = 1_000_000

    /// Number of canaries.
    public let count: Int
    /// Number of unpublished siblings of each canary.
    public let references: Int
    /// Length of the secrets.
    public let secret: SecretLength
    /// How often each canary is to be planted.
    public let repetitions: Int
    /// The carriers, used in turn.
    public let carriers: [Carrier]

    /// Checks a design.
    ///
    /// - Parameters:
    ///   - count: Number of canaries.
    ///   - references: Number of unpublished siblings of each canary.
    ///   - secret: Length of the secrets.
    ///   - repetitions: How often each canary is to be planted.
    ///   - carriers: At least one sentence; canary *j* uses the *j*-th, beginning again after the last.
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)``.
    public init(
        count: Int, references: Int, secret: SecretLength, repetitions: Int = 1, carriers: [Carrier]
    ) throws(CanaryError) {
        try Self.require(count, in: Self.allowedCounts, "count")
        try Self.require(references, in: Self.allowedReferences, "references")
        try Self.require(repetitions, in: Self.allowedRepetitions, "repetitions")
        guard count * (references + 1) <= Self.largestTotal else {
            throw .invalidOption(
                name: "references", value: "\(references)",
                requirement: "at most \(Self.largestTotal / count - 1) with \(count) canaries")
        }
        guard count * repetitions <= Self.largestTotal else {
            throw .invalidOption(
                name: "repetitions", value: "\(repetitions)",
                requirement: "at most \(Self.largestTotal / count) with \(count) canaries")
        }
        guard !carriers.isEmpty else {
            throw .invalidOption(name: "carrier", value: "(none)", requirement: "at least one sentence")
        }
        self.count = count
        self.references = references
        self.secret = secret
        self.repetitions = repetitions
        self.carriers = carriers
    }

    /// Siblings of one canary: the published one and the references.
    public var siblings: Int { references + 1 }

    /// Makes sure that a single canary can decide a test.
    ///
    /// The smallest p-value of one canary is 1/(references + 1), which must reach the level of the rank test.
    ///
    /// - Parameter levels: The levels of the test that is to come.
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)`` naming the references or bits that are needed.
    public func requirePower(at levels: CanaryLevels) throws(CanaryError) {
        let needed = (1 / levels.rank - 1 - 1e-9).rounded(.up)
        guard Double(references) >= needed else {
            throw .invalidOption(
                name: "references", value: "\(references)",
                requirement: "at least \(Int(exactly: needed).map(String.init) ?? "\(needed)") for --alpha "
                    + "\(levels.alpha): the smallest p-value of a canary is 1/(references + 1), and the rank test has "
                    + "the level \(levels.rank)")
        }
        guard ExtractionBound.ln(reproduced: 1, of: count, bits: secret.bits) <= .log(levels.extraction) else {
            throw .invalidOption(
                name: "bits", value: "\(secret.bits)",
                requirement: "more for \(count) canaries and --alpha \(levels.alpha): one reproduced secret must be "
                    + "too unlikely to be a lucky guess")
        }
    }

    /// Makes sure that the canaries together can decide a test.
    ///
    /// - Parameter levels: The levels of the test.
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)`` when even perfect ranks would not reach α.
    public func requirePossibleDecision(at levels: CanaryLevels) throws(CanaryError) {
        let smallest = -Double(count) * .log(Double(siblings))
        guard smallest <= .log(levels.rank) + 1e-9 else {
            throw .invalidOption(
                name: "alpha", value: "\(levels.alpha)",
                requirement: "larger: \(count == 1 ? "one canary" : "\(count) canaries") with \(references) references "
                    + "cannot give a p-value below \(Double.exp(smallest))")
        }
    }

    private static func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(CanaryError) {
        guard range.contains(value) else {
            throw .invalidOption(
                name: name, value: "\(value)", requirement: "from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

extension CanaryDesign: Codable {
    private enum CodingKeys: CodingKey { case count, references, bits, alphabet, repetitions, carriers }

    /// Reads a design and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.decode(String.self, forKey: .alphabet) == SecretLength.alphabet else {
            throw DecodingError.dataCorruptedError(
                forKey: .alphabet, in: container, debugDescription: "an alphabet that this version does not use")
        }
        let bits = try container.decode(Int.self, forKey: .bits)
        do {
            try self.init(
                count: container.decode(Int.self, forKey: .count),
                references: container.decode(Int.self, forKey: .references), secret: SecretLength(bits: bits),
                repetitions: container.decode(Int.self, forKey: .repetitions),
                carriers: container.decode([Carrier].self, forKey: .carriers))
        } catch let error as CanaryError {
            throw DecodingError.dataCorruptedError(
                forKey: .count, in: container, debugDescription: error.description)
        }
    }

    /// Writes the design.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(references, forKey: .references)
        try container.encode(secret.bits, forKey: .bits)
        try container.encode(SecretLength.alphabet, forKey: .alphabet)
        try container.encode(repetitions, forKey: .repetitions)
        try container.encode(carriers, forKey: .carriers)
    }
}
