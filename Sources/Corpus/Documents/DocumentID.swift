/// The name of one document, unique within its arm.
///
/// Two names are the same only when their UTF-8 bytes are the same. Swift's `String` also calls canonically
/// equivalent spellings equal (a composed and a decomposed "é"), which the files on disk do not.
public struct DocumentID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The name as it was read.
    public let rawValue: String

    /// Creates a name from its text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates a name from its text.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name itself.
    public var description: String { rawValue }

    /// Compares the UTF-8 bytes of two names for equality.
    public static func == (left: DocumentID, right: DocumentID) -> Bool {
        left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
    }

    /// Compares the UTF-8 bytes of two names for difference.
    ///
    /// Written out because the standard library's `!=` for raw-representable types compares the raw values instead.
    public static func != (left: DocumentID, right: DocumentID) -> Bool {
        !(left == right)
    }

    /// Orders names by their UTF-8 bytes, in no locale's order.
    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// Feeds the UTF-8 bytes of the name to a hasher.
    public func hash(into hasher: inout Hasher) {
        ExactText.hash(rawValue, into: &hasher)
    }
}
