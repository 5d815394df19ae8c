/// The number of one token in a model's vocabulary.
public struct TokenID: RawRepresentable, Hashable, Comparable, Codable, Sendable, ExpressibleByIntegerLiteral,
    CustomStringConvertible
{
    /// The vocabulary index, as servers write it.
    public let rawValue: Int32

    /// Creates a token from its vocabulary index.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Creates a token from its vocabulary index.
    public init(_ rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Creates a token from a literal vocabulary index.
    public init(integerLiteral value: Int32) {
        self.rawValue = value
    }

    /// The vocabulary index in decimal digits.
    public var description: String { String(rawValue) }

    /// Orders tokens by vocabulary index.
    public static func < (left: TokenID, right: TokenID) -> Bool {
        left.rawValue < right.rawValue
    }
}
