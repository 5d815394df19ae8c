/// The name by which a model is told from others that are measured beside it.
public struct TargetName: RawRepresentable, Codable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name as it was given.
    public let rawValue: String

    /// Creates the name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name.
    public var description: String { rawValue }

    /// Orders names by their code points.
    public static func < (first: TargetName, second: TargetName) -> Bool {
        first.rawValue.unicodeScalars.lexicographicallyPrecedes(second.rawValue.unicodeScalars)
    }
}
