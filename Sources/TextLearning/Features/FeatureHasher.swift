/// Turns texts into hashed word features: single words and pairs of neighbouring words.
///
/// The hash is this module's own and depends on the seed alone, never on the process, the platform or a locale, so a
/// stored model reads the same text in the same way years later (feature hashing: Weinberger and others, 2009). What
/// counts as a word is written at `WordScanner`; only characters that a later Unicode version assigns anew can change.
public struct FeatureHasher: Sendable, Hashable {
    /// The binary logarithm of the number of places, 1 … 24.
    public let dimensionBits: Int
    /// The seed of the hash.
    public let seed: UInt64

    /// The allowed range of ``dimensionBits``.
    public static let allowedBits = 1...24
    /// The hasher used where none is chosen: 2¹⁶ places, seed 0.
    public static let standard = FeatureHasher(checkedBits: 16, seed: 0)

    /// The number of places a feature can fall on.
    public var dimension: Int { 1 << dimensionBits }

    /// Chooses a dimension and a seed.
    ///
    /// - Throws: ``TextLearningError/outOfRange(name:value:requirement:)`` when `dimensionBits` is outside 1 … 24.
    public init(dimensionBits: Int, seed: UInt64) throws(TextLearningError) {
        guard Self.allowedBits.contains(dimensionBits) else {
            throw .outOfRange(name: "dimensionBits", value: Double(dimensionBits), requirement: "between 1 and 24")
        }
        self.init(checkedBits: dimensionBits, seed: seed)
    }

    init(checkedBits: Int, seed: UInt64) {
        dimensionBits = checkedBits
        self.seed = seed
    }

    /// Hashes a text.
    ///
    /// - Parameter text: Any text; one without words gives features without entries.
    /// - Returns: The features, scaled to Euclidean length 1.
    /// - Complexity: O(T) hashing and O(W log W) sorting for T bytes and W words; O(W) memory.
    public func features(of text: String) -> HashedFeatures {
        HashedFeatures(hasher: self, counts: counts(of: text))
    }

    /// How often each place is hit by a word or a pair of neighbouring words of a text.
    func counts(of text: String) -> FeatureCounts {
        var places: [UInt32] = []
        places.reserveCapacity(min(text.utf8.count / 3, 1 << 20))
        var previous: UInt64?
        var fingerprint = WordScanner.mixed(seed)
        WordScanner(seed: seed).forEachWord(of: text) { word in
            places.append(place(of: word))
            // The pair's hash differs from that of the reversed pair and from that of any single word.
            if let previous { places.append(place(of: WordScanner.mixed(previous &* 3 ^ word))) }
            previous = word
            fingerprint = WordScanner.mixed(fingerprint ^ word)
        }
        places.sort()
        var counts = FeatureCounts(fingerprint: fingerprint)
        for place in places {
            if place == counts.places.last {
                counts.counts[counts.counts.count - 1] += 1
            } else {
                counts.places.append(place)
                counts.counts.append(1)
            }
        }
        return counts
    }

    private func place(of hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> UInt64(64 - dimensionBits))
    }
}

extension FeatureHasher: Codable {
    private enum CodingKeys: String, CodingKey { case dimensionBits, seed }

    /// Reads a hasher and checks its dimension.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let bits = try container.decode(Int.self, forKey: .dimensionBits)
        let seed = try container.decode(UInt64.self, forKey: .seed)
        do {
            try self.init(dimensionBits: bits, seed: seed)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .dimensionBits, in: container, debugDescription: error.description)
        }
    }
}

/// The places a text hits, ascending, and how often.
struct FeatureCounts {
    /// Depends on the sequence of words alone; texts with the same words in the same order share it.
    var fingerprint: UInt64
    var places: [UInt32] = []
    var counts: [UInt32] = []
}
