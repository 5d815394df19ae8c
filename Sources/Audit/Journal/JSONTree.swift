/// A parsed JSON text whose numbers keep their spelling, so that no two different numbers look equal.
indirect enum JSONTree: Equatable {
    /// A number, `true`, `false`, `null` or a string with its quotation marks, exactly as written.
    case scalar([UInt8])
    case array([JSONTree])
    /// Members in the order of the text; a key is as written, without its quotation marks and with its escapes.
    case object([(key: String, value: JSONTree)])

    /// Parses one JSON text; `nil` when it is not one, or nests deeper than 200 levels.
    init?(_ bytes: [UInt8]) {
        var parser = JSONTreeParser(bytes: bytes)
        guard let tree = parser.value(depth: 0), parser.isAtEnd else { return nil }
        self = tree
    }

    static func == (left: JSONTree, right: JSONTree) -> Bool {
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value }
        default: false
        }
    }

    /// The text of the value again, without white space.
    var bytes: [UInt8] {
        switch self {
        case .scalar(let written):
            return written
        case .array(let elements):
            return Array("[".utf8) + elements.map(\.bytes).joined(separator: ",".utf8) + Array("]".utf8)
        case .object(let members):
            let parts = members.map { Array("\"\($0.key)\":".utf8) + $0.value.bytes }
            return Array("{".utf8) + parts.joined(separator: ",".utf8) + Array("}".utf8)
        }
    }
}

/// A recursive-descent reader of JSON text that never traps, whatever it is given.
private struct JSONTreeParser {
    private static let deepest = 200
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == bytes.count
        }
    }

    mutating func value(depth: Int) -> JSONTree? {
        guard depth < Self.deepest else { return nil }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { JSONTree.scalar(Array($0)) }
        default: return word().map(JSONTree.scalar)
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func object(depth: Int) -> JSONTree? {
        position += 1
        var members: [(key: String, value: JSONTree)] = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\""), let written = string(),
                let key = String(validating: written.dropFirst().dropLast(), as: UTF8.self), take(":"),
                let value = value(depth: depth + 1)
            else { return nil }
            members.append((key, value))
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONTree? {
        position += 1
        var elements: [JSONTree] = []
        if take("]") { return .array([]) }
        repeat {
            guard let element = value(depth: depth + 1) else { return nil }
            elements.append(element)
        } while take(",")
        return take("]") ? .array(elements) : nil
    }

    /// The bytes of a string with its quotation marks.
    private mutating func string() -> ArraySlice<UInt8>? {
        let start = position
        position += 1
        while let byte = peek {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return bytes[start..<position] }
            if byte < 0x20 { return nil }
        }
        return nil
    }

    /// A number or one of the three JSON words.
    private mutating func word() -> [UInt8]? {
        let start = position
        while let byte = peek, !Array(",]}: \t\n\r\"[{".utf8).contains(byte) { position += 1 }
        let written = Array(bytes[start..<position])
        let text = String(decoding: written, as: UTF8.self)
        if ["true", "false", "null"].contains(text) { return written }
        guard let first = written.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
            written.allSatisfy({ Array("0123456789+-.eE".utf8).contains($0) }), Double(text) != nil
        else { return nil }
        return written
    }
}
