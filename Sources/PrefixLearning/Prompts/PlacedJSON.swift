/// A JSON value that knows where it stands in its file, so that a mistake can be shown to whoever made it.
struct PlacedJSON {
    /// A line and a column, both counted from 1; columns count characters (Unicode scalars).
    struct Place: Hashable, Sendable {
        let line: Int
        let column: Int
    }

    /// One member of an object.
    struct Member {
        let key: String
        let keyPlace: Place
        let value: PlacedJSON
    }

    indirect enum Content {
        case null
        case bool(Bool)
        /// The number as it is written, so that no digit is lost.
        case number(String)
        case string(String)
        case array([PlacedJSON])
        /// The members in the order of the text, with distinct keys.
        case object([Member])
    }

    let content: Content
    let place: Place

    /// What the value is, for messages.
    var kindInWords: String {
        switch content {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// The member with a key; nil for other values, too.
    subscript(key: String) -> PlacedJSON? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }
}

/// Where and why a text is not JSON.
struct PlacedJSONError: Error, Equatable {
    let place: PlacedJSON.Place
    let problem: String
}

extension PlacedJSON {
    /// Parses one JSON text (RFC 8259).
    ///
    /// - Parameter text: The text, without byte order mark.
    /// - Throws: ``PlacedJSONError`` for anything else, for a key that stands twice in one object, and for values
    ///   nested deeper than 60 levels.
    /// - Complexity: O(*n*), apart from objects with very many members, whose keys are looked up in a set.
    static func parse(_ text: String) throws(PlacedJSONError) -> PlacedJSON {
        var parser = PlacedJSONParser(text)
        let value = try parser.value(depth: 0)
        try parser.finish()
        return value
    }
}

/// A recursive-descent reader of JSON text that never traps, whatever it is given.
private struct PlacedJSONParser {
    private static let deepest = 60
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private var place: PlacedJSON.Place { PlacedJSON.Place(line: line, column: position - lineStart + 1) }

    private func failure(_ problem: String) -> PlacedJSONError { PlacedJSONError(place: place, problem: problem) }

    private mutating func skipSpace() {
        while let scalar = peek, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
            position += 1
            if scalar == "\n" {
                line += 1
                lineStart = position
            }
        }
    }

    mutating func finish() throws(PlacedJSONError) {
        skipSpace()
        guard peek == nil else { throw failure("something follows the end of the value") }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    mutating func value(depth: Int) throws(PlacedJSONError) -> PlacedJSON {
        skipSpace()
        guard depth < Self.deepest else { throw failure("more than \(Self.deepest) levels of nesting") }
        let start = place
        let content: PlacedJSON.Content
        switch peek {
        case "{": content = .object(try members(depth: depth))
        case "[": content = .array(try elements(depth: depth))
        case "\"": content = .string(try string())
        case nil: throw failure("the file ends where a value should begin")
        default: content = try word()
        }
        return PlacedJSON(content: content, place: start)
    }

    private mutating func members(depth: Int) throws(PlacedJSONError) -> [PlacedJSON.Member] {
        position += 1
        var members: [PlacedJSON.Member] = []
        var seen: Set<[UInt8]> = []
        if take("}") { return [] }
        repeat {
            skipSpace()
            guard peek == "\"" else { throw failure("a key in quotation marks is missing") }
            let keyPlace = place
            let key = try string()
            guard seen.insert(Array(key.utf8)).inserted else {
                throw PlacedJSONError(place: keyPlace, problem: "the key \(quoted(key)) stands here a second time")
            }
            guard take(":") else { throw failure("a colon is missing after the key \(quoted(key))") }
            members.append(PlacedJSON.Member(key: key, keyPlace: keyPlace, value: try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw failure("a comma or } is missing") }
        return members
    }

    private mutating func elements(depth: Int) throws(PlacedJSONError) -> [PlacedJSON] {
        position += 1
        var elements: [PlacedJSON] = []
        if take("]") { return [] }
        repeat { elements.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw failure("a comma or ] is missing") }
        return elements
    }

    private mutating func string() throws(PlacedJSONError) -> String {
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            switch scalar {
            case "\"":
                position += 1
                return String(text)
            case "\\":
                position += 1
                text.append(try escape())
            case "\0"..<" ":
                throw failure("a control character stands in a string: write a line break as \\n")
            default:
                position += 1
                text.append(scalar)
            }
        }
        throw failure("the file ends inside a string")
    }

    private mutating func escape() throws(PlacedJSONError) -> Unicode.Scalar {
        guard let scalar = peek else { throw failure("the file ends inside a string") }
        position += 1
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "b": return "\u{08}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let first = try fourDigits()
            if let plain = Unicode.Scalar(first) { return plain }
            // Two escapes spell a character beyond U+FFFF; half of such a pair is no character.
            guard first < 0xDC00, peek == "\\", position + 1 < scalars.count, scalars[position + 1] == "u" else {
                throw failure("half a surrogate pair is escaped here, which is no character")
            }
            position += 2
            let second = try fourDigits()
            guard (0xDC00..<0xE000).contains(second),
                let joined = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw failure("half a surrogate pair is escaped here, which is no character") }
            return joined
        default:
            throw failure("\\\(scalar) is no escape of JSON: write a backslash as \\\\")
        }
    }

    private mutating func fourDigits() throws(PlacedJSONError) -> UInt32 {
        guard position + 4 <= scalars.count else { throw failure("the file ends inside a string") }
        var value: UInt32 = 0
        for scalar in scalars[position..<position + 4] {
            guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw failure("four hexadecimal digits should follow \\u")
            }
            value = value << 4 + UInt32(digit)
        }
        position += 4
        return value
    }

    /// A number or one of the three JSON words.
    private mutating func word() throws(PlacedJSONError) -> PlacedJSON.Content {
        let start = position
        while let scalar = peek, scalar.isASCII,
            scalar.properties.isAlphabetic || "+-.0123456789".unicodeScalars.contains(scalar)
        {
            position += 1
        }
        var written = String.UnicodeScalarView()
        written.append(contentsOf: scalars[start..<position])
        let text = String(written)
        switch text {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard Self.isNumber(text) else {
                position = start
                throw failure(text.isEmpty ? "a value should begin here" : "\(quoted(text)) is no value of JSON")
            }
            return .number(text)
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil && Double(text)?.isFinite == true
    }
}

/// Puts a name from a file in quotes, shortened and without control characters, so that a message stays one line.
func quoted(_ name: String) -> String {
    var shown = ""
    for scalar in name.unicodeScalars.prefix(120) {
        let isControl = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
        shown.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    let isShortened = name.unicodeScalars.dropFirst(120).first != nil
    return "\"\(shown)\(isShortened ? "…" : "")\""
}
