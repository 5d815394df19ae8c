/// The header lines of a reply, kept as the bytes that arrived and read only when asked for.
///
/// Most replies are never asked for more than one header, so nothing is parsed or copied before that.
public struct HTTPHeaders: Sendable, Hashable {
    /// The lines `name: value`, each ended by CR LF or LF, without the status line.
    private let block: [UInt8]

    /// Creates headers from the lines of a reply.
    ///
    /// - Parameter block: The lines `name: value`, each ended by CR LF or LF, without the status line. Lines without a
    ///   colon are ignored.
    public init(block: [UInt8] = []) {
        self.block = block
    }

    /// Returns the value of the first header with a name, compared without regard to ASCII case.
    ///
    /// - Parameter name: The field name, for example `Retry-After`.
    /// - Returns: The value without surrounding white space, or nil if there is no such header. Bytes that are not
    ///   UTF-8 become U+FFFD.
    /// - Complexity: O(*n*) in the size of the headers.
    public subscript(name: String) -> String? {
        let wanted = Array(name.utf8)
        for (nameBytes, valueBytes) in fields where Self.equalIgnoringCase(nameBytes, wanted) {
            return String(decoding: valueBytes, as: UTF8.self)
        }
        return nil
    }

    /// Every header in the order of arrival.
    public var all: [HTTPHeader] {
        fields.map { name, value in
            HTTPHeader(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        }
    }

    private var fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        block.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }).compactMap { line in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            return (Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...]))
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    private static func equalIgnoringCase(_ left: ArraySlice<UInt8>, _ right: [UInt8]) -> Bool {
        func lower(_ byte: UInt8) -> UInt8 {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        return left.count == right.count && zip(left, right).allSatisfy { lower($0) == lower($1) }
    }
}
