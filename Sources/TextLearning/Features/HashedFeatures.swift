import RealModule

/// A text as a sparse vector of hashed word features with Euclidean length 1.
///
/// The entry of a feature that occurs c times is proportional to 1 + ln c, so that repeating a word adds little.
public struct HashedFeatures: Sendable, Hashable {
    /// What made the features.
    public let hasher: FeatureHasher
    /// The places that are not zero, ascending, each below ``FeatureHasher/dimension``.
    public let places: [UInt32]
    /// The values at ``places``, all positive, with squares that add up to 1; empty for a text without words.
    public let values: [Float]

    init(hasher: FeatureHasher, counts: FeatureCounts) {
        self.hasher = hasher
        places = counts.places
        let damped = counts.counts.map { 1 + Double.log(Double($0)) }
        let length = damped.reduce(0) { $0 + $1 * $1 }.squareRoot()
        values = damped.map { Float($0 / length) }
    }
}
