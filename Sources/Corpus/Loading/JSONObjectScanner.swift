/// Reads one JSON object (RFC 8259) from a range of bytes that are known to be UTF-8, and says where it breaks.
///
/// Foundation's decoder names no position and loads a tree; this reads the fields of the object in order, decodes only
/// its strings, and keeps nested values as their text.
struct JSONObjectScanner {
    /// A field's value.
    enum Value {
        case string(String)
        case number(String)
        case bool(Bool)
        case null
        case nested(String)

        /// What the value is, in words for a message.
        var kind: String {
            switch self {
            case .string: "a string"
            case .number: "a number"
            case .bool: "a truth value"
            case .null: "null"
            case .nested(let text): text.utf8.first == UInt8(ascii: "[") ? "an array" : "an object"
            }
        }
    }

    /// Why and at which byte the text is not a JSON object.
    struct Problem: Error {
        let position: Int
        let message: String
    }

    /// Arrays and objects may be nested this deep; the limit keeps hostile input from exhausting the stack.
    static let maximumDepth = 128

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// The number of `\u` escapes so far that named half a surrogate pair and were read as U+FFFD.
    private(set) var loneSurrogates = 0

    /// Creates a scanner.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - range: Where the object stands in it, white space around it included.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    /// Reads the object and checks that nothing follows it.
    mutating func fields() throws(Problem) -> [(key: String, value: Value)] {
        var fields: [(key: String, value: Value)] = []
        var keys = Set<ExactText>()
        skipSpace()
        guard peek() == UInt8(ascii: "{") else {
            throw problem(
                peek() == UInt8(ascii: "[")
                    ? "the line begins an array; write one object per line (jq -c '.[]' does)"
                    : "expected an object, which begins with {")
        }
        position += 1
        skipSpace()
        if peek() == UInt8(ascii: "}") {
            position += 1
        } else {
            repeat {
                skipSpace()
                let keyPosition = position
                guard peek() == UInt8(ascii: "\"") else { throw problem("expected a field name in double quotes") }
                let key = try string()
                guard keys.insert(ExactText(text: key)).inserted else {
                    throw Problem(position: keyPosition, message: "the field \(quoted(key)) appears twice")
                }
                skipSpace()
                guard take(":") else { throw problem("expected : after the field name") }
                skipSpace()
                fields.append((key, try value()))
                skipSpace()
            } while take(",")
            guard take("}") else { throw problem("expected , or } after the value") }
        }
        skipSpace()
        guard position == end else { throw problem("expected the line to end after the object") }
        return fields
    }

    private mutating func value() throws(Problem) -> Value {
        let start = position
        switch peek() {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try skipValue(depth: 1)
            return .nested(text(from: start))
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default:
            try number()
            return .number(text(from: start))
        }
    }

    private mutating func skipValue(depth: Int) throws(Problem) {
        switch peek() {
        case UInt8(ascii: "{"):
            try skipMembers(depth: depth, close: "}", named: true)
        case UInt8(ascii: "["):
            try skipMembers(depth: depth, close: "]", named: false)
        default:
            _ = try value()
        }
    }

    private mutating func skipMembers(depth: Int, close: Unicode.Scalar, named: Bool) throws(Problem) {
        guard depth <= Self.maximumDepth else { throw problem("nested deeper than \(Self.maximumDepth) levels") }
        position += 1
        skipSpace()
        if take(close) { return }
        repeat {
            skipSpace()
            if named {
                guard peek() == UInt8(ascii: "\"") else { throw problem("expected a field name in double quotes") }
                _ = try string()
                skipSpace()
                guard take(":") else { throw problem("expected : after the field name") }
                skipSpace()
            }
            try skipValue(depth: depth + 1)
            skipSpace()
        } while take(",")
        guard take(close) else { throw problem("expected , or \(close) after the value") }
    }

    private mutating func number() throws(Problem) {
        let start = position
        _ = take("-")
        if !take("0") {
            guard skipDigits() else {
                position = start
                throw problem("expected a value")
            }
        }
        if take("."), !skipDigits() { throw problem("expected a digit after the decimal point") }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard skipDigits() else { throw problem("expected a digit in the exponent") }
        }
    }

    private mutating func string() throws(Problem) -> String {
        let opening = position
        position += 1
        var decoded: [UInt8] = []
        var segment = position
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                if decoded.isEmpty { return text(from: segment) }
                decoded += bytes[segment..<position]
                return String(decoding: decoded, as: UTF8.self)
            case UInt8(ascii: "\\"):
                decoded += bytes[segment..<position]
                position += 1
                decoded.append(contentsOf: String(try escape()).utf8)
                segment = position
            case 0..<0x20:
                throw problem("a control character in a string must be written as an escape")
            default:
                position += 1
            }
        }
        throw Problem(position: opening, message: "the string that begins here does not end on this line")
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        let simple: Unicode.Scalar? =
            switch peek() {
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            case UInt8(ascii: "/"): "/"
            case UInt8(ascii: "b"): "\u{8}"
            case UInt8(ascii: "f"): "\u{C}"
            case UInt8(ascii: "n"): "\n"
            case UInt8(ascii: "r"): "\r"
            case UInt8(ascii: "t"): "\t"
            default: nil
            }
        if let simple {
            position += 1
            return simple
        }
        guard take("u") else { throw problem("unknown escape; a backslash is written as two") }
        let high = try fourHexDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let afterHigh = position
        if high < 0xDC00, take("\\"), take("u") {
            let low = try fourHexDigits()
            if 0xDC00...0xDFFF ~= low,
                let scalar = Unicode.Scalar(0x10000 + (UInt32(high - 0xD800) << 10) + UInt32(low - 0xDC00))
            {
                return scalar
            }
        }
        position = afterHigh
        loneSurrogates += 1
        return "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(Problem) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("expected four hexadecimal digits after \\u")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private mutating func literal(_ word: StaticString) throws(Problem) {
        let start = position
        for index in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[index] else {
                position = start
                throw problem("expected a value")
            }
            position += 1
        }
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = peek(), 0x30...0x39 ~= byte { position += 1 }
        return position > start
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private func peek() -> UInt8? {
        position < end ? bytes[position] : nil
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func problem(_ message: String) -> Problem {
        Problem(position: position, message: position < end ? message : "the line ends before the object does")
    }
}
