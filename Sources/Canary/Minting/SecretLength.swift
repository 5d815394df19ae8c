/// How long secrets are: random characters of five bits each.
public struct SecretLength: Sendable, Hashable {
    /// The 32 characters of which secrets are made: small letters and digits without `l`, `o`, `0` and `1`, which are
    /// easily taken for each other.
    public static let alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    /// Bits that one character of the alphabet holds.
    static let bitsPerCharacter = 5
    /// How many bits may be asked for: with fewer the siblings of a canary would soon be the same.
    public static let allowedBits = 20...320

    /// Number of characters.
    public let characters: Int

    /// Random bits in one secret: each of 2^bits secrets is equally likely.
    public var bits: Int { characters * Self.bitsPerCharacter }

    /// The shortest length that holds some number of bits.
    ///
    /// - Parameter bits: Least number of random bits, rounded up to whole characters.
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)``.
    public init(bits: Int) throws(CanaryError) {
        guard Self.allowedBits.contains(bits) else {
            throw .invalidOption(
                name: "bits", value: "\(bits)",
                requirement: "from \(Self.allowedBits.lowerBound) to \(Self.allowedBits.upperBound)")
        }
        characters = (bits + Self.bitsPerCharacter - 1) / Self.bitsPerCharacter
    }
}
