/// One canary: a sentence of which several versions were drawn and one was published.
public struct Canary: Sendable, Hashable {
    /// Its name, for example `canary-07`.
    public let id: String
    /// The sentence around the secret.
    public let carrier: Carrier
    /// The secrets of all siblings, no two the same, in the order in which they were drawn.
    public let secrets: [String]
    /// Index of the sibling that is published.
    public let published: Int

    /// The secret that is published.
    public var publishedSecret: String { secrets[published] }

    /// The sentence of one sibling.
    func sentence(_ sibling: Int) -> String { carrier.sentence(carrying: secrets[sibling]) }

    /// The text to plant.
    public var publishedText: String { sentence(published) }
}

/// A set of canaries as it was minted.
///
/// Which siblings exist and which is published follows from design and key alone: minting again with both gives the
/// same set, and no set exists that was not minted.
public struct CanarySet: Sendable, Hashable {
    /// What the canaries are like.
    public let design: CanaryDesign
    /// The secret from which everything follows.
    public let key: CanaryKey
    /// The canaries.
    public let canaries: [Canary]

    /// Mints canaries.
    ///
    /// - Parameters:
    ///   - design: What they are like.
    ///   - key: ``CanaryKey/random()`` for real use.
    /// - Complexity: O(*count* × *siblings*).
    public init(minting design: CanaryDesign, with key: CanaryKey) {
        self.design = design
        self.key = key
        let source = SecretSource(key, design)
        let width = String(design.count).count
        canaries = (0..<design.count).map { index in
            let number = String(index + 1)
            return Canary(
                id: "canary-" + String(repeating: "0", count: width - number.count) + number,
                carrier: design.carriers[index % design.carriers.count],
                secrets: source.siblings(ofCanary: index), published: source.published(ofCanary: index))
        }
    }
}
