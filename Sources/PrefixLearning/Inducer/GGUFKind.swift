import Foundation

/// What a GGUF file holds, by its own account.
public enum GGUFKind: String, Hashable, Codable, Sendable {
    /// A whole model.
    case model
    /// A low-rank adapter for another model.
    case adapter

    /// Bytes at the beginning of a file in which its kind is looked for; writers put it among the first entries.
    static let searchedBytes = 1 << 16

    /// Looks into a file.
    ///
    /// A file is an adapter when the metadata entry `general.type` near its beginning says so.
    ///
    /// - Returns: `nil` when the file cannot be read or does not begin as a GGUF file of a known byte order does.
    public init?(file path: String) {
        guard let handle = FileHandle(forReadingAtPath: path),
            let head = try? handle.read(upToCount: Self.searchedBytes), head.count >= Self.headBytes,
            head.starts(with: Array("GGUF".utf8))
        else { return nil }
        let bytes = Array(head)
        // A string: its length in eight bytes, then its bytes; the value's type in four bytes stands before the value.
        let key = Self.string("general.type")
        guard let place = bytes.firstRange(of: key) else {
            self = .model
            return
        }
        let value = bytes[place.upperBound...].dropFirst(4)
        self = value.starts(with: Self.string("adapter")) ? .adapter : .model
    }

    /// Magic number, version, number of tensors and of metadata entries.
    private static let headBytes = 24

    /// A string as it stands in a little-endian file.
    private static func string(_ text: String) -> [UInt8] {
        let count = UInt64(text.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(text.utf8)
    }
}
