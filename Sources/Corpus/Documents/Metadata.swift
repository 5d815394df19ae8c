/// One value of a document's metadata.
public enum MetadataValue: Hashable, Sendable {
    /// A text.
    case string(String)
    /// A finite number that a double holds as precisely as it was written, up to ordinary decimal rounding.
    case number(Double)
    /// A truth value.
    case bool(Bool)
    /// Anything else, kept as the JSON text that was read: null, arrays, objects, numbers too large for a double,
    /// and long whole numbers (identifiers), which a double would round.
    case json(String)

    /// Reads a JSON number as a metadata value without losing digits.
    ///
    /// - Parameter literal: The number as it stands in valid JSON.
    init(numberLiteral literal: String) {
        guard let value = Double(literal), value.isFinite else {
            self = .json(literal)
            return
        }
        let isWholeNumber = !literal.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
        let isExact = Int64(literal).flatMap { Double(exactly: $0) } != nil
        self = isWholeNumber && !isExact ? .json(literal) : .number(value)
    }
}

/// The fields of a document besides its name and text, sorted by the UTF-8 bytes of their keys.
public struct Metadata: Hashable, Sendable {
    /// One key with its value.
    public struct Entry: Hashable, Sendable {
        /// The field name.
        public let key: String
        /// The field's value.
        public let value: MetadataValue

        /// Creates an entry.
        public init(key: String, value: MetadataValue) {
            self.key = key
            self.value = value
        }
    }

    /// The entries in the order of their keys' bytes.
    public let entries: [Entry]

    /// Creates metadata from entries in any order.
    ///
    /// - Parameter entries: Entries with distinct keys; of entries with the same key the first is what a lookup finds.
    public init(_ entries: [Entry] = []) {
        self.entries = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    /// Returns the value of a field, or nil when the document has no such field.
    public subscript(key: String) -> MetadataValue? {
        entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }
}
