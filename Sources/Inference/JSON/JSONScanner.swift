/// A fault found while scanning JSON text.
struct JSONScanError: Error, Equatable, CustomStringConvertible {
    /// Byte offset of the fault from the start of the text.
    let offset: Int
    /// What was expected there, as the end of the sentence "expected …".
    let expected: String

    var description: String { "byte \(offset): expected \(expected)" }
}

/// A forward-only reader of JSON text that never builds a tree.
///
/// Probability rows are the hot path of forced scoring: a reply holds hundreds of small values of which a handful are
/// wanted. The scanner walks over the bytes once, hands out the wanted numbers and skips the rest. It accepts exactly
/// the JSON grammar of RFC 8259 for what it reads; `NaN`, `Infinity`, trailing commas and unterminated values are
/// faults with a byte offset. What it skips is followed to its end, without a judgement on the commas and colons in it.
/// Nesting is bounded, so hostile input cannot exhaust the stack.
struct JSONScanner {
    /// Deepest nesting that ``skipValue()`` follows.
    static let maximumDepth = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset: Int

    /// Creates a scanner over bytes that outlive it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        offset = 0
    }

    // MARK: Structure

    /// Enters an object; follow with ``nextKey(_:)`` until it returns `nil`.
    mutating func enterObject() throws(JSONScanError) { try consume(UInt8(ascii: "{"), "an object") }

    /// Enters an array; follow with ``nextElement(_:)`` until it returns `false`.
    mutating func enterArray() throws(JSONScanError) { try consume(UInt8(ascii: "["), "an array") }

    /// Advances to the next member of the object and returns the range of its raw key, or `nil` at the end.
    ///
    /// - Parameter first: `true` before the first call for this object; the scanner sets it to `false`.
    mutating func nextKey(_ first: inout Bool) throws(JSONScanError) -> Range<Int>? {
        guard try advance(to: UInt8(ascii: "}"), &first) else { return nil }
        skipSpace()
        let key = try rawString()
        skipSpace()
        try consume(UInt8(ascii: ":"), "':' after a key")
        return key
    }

    /// Advances to the next element of the array; returns `false` at its end.
    mutating func nextElement(_ first: inout Bool) throws(JSONScanError) -> Bool {
        try advance(to: UInt8(ascii: "]"), &first)
    }

    /// Tells whether a raw key equals an ASCII name.
    func key(_ range: Range<Int>, is name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        let start = name.utf8Start
        for index in 0..<range.count where bytes[range.lowerBound + index] != start[index] { return false }
        return true
    }

    /// Requires that only white space follows.
    mutating func finish() throws(JSONScanError) {
        skipSpace()
        guard offset == bytes.count else { throw fault("the end of the reply") }
    }

    // MARK: Values

    /// Reads an integer; a fraction or exponent is a fault.
    mutating func readInt() throws(JSONScanError) -> Int {
        skipSpace()
        let start = offset
        try skipNumber()
        guard let value = Self.integer(UnsafeBufferPointer(rebasing: bytes[start..<offset])) else {
            throw JSONScanError(offset: start, expected: "an integer that fits 64 bits")
        }
        return value
    }

    /// The integer that a number's text spells, or `nil` if it has a fraction, an exponent or too many digits.
    ///
    /// Token ids are read by the million, so no string is made of them.
    private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value = 0
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            guard isDigit(byte) else { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int(byte - UInt8(ascii: "0"))
            let (next, carry) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
            guard !overflow, !carry else { return nil }
            value = next
        }
        return value
    }

    /// Reads a finite number.
    mutating func readDouble() throws(JSONScanError) -> Double {
        try double(in: try readNumberText())
    }

    /// Walks over a number and returns the range of its text, for a caller that may not need its value.
    mutating func readNumberText() throws(JSONScanError) -> Range<Int> {
        skipSpace()
        let start = offset
        try skipNumber()
        return start..<offset
    }

    /// The finite number that a text spells.
    func double(in text: Range<Int>) throws(JSONScanError) -> Double {
        if let value = DecimalNumber.double(UnsafeBufferPointer(rebasing: bytes[text])) { return value }
        guard let value = Double(String(decoding: UnsafeBufferPointer(rebasing: bytes[text]), as: UTF8.self)),
            value.isFinite
        else { throw JSONScanError(offset: text.lowerBound, expected: "a finite number") }
        return value
    }

    /// Reads a string with its escapes resolved; lone surrogates become U+FFFD.
    mutating func readString() throws(JSONScanError) -> String {
        skipSpace()
        let raw = try rawString()
        let slice = UnsafeBufferPointer(rebasing: bytes[raw])
        guard slice.contains(UInt8(ascii: "\\")) else { return String(decoding: slice, as: UTF8.self) }
        return try unescape(raw)
    }

    /// Reads `true` or `false`.
    mutating func readBool() throws(JSONScanError) -> Bool {
        skipSpace()
        if skipWord("true") { return true }
        if skipWord("false") { return false }
        throw fault("true or false")
    }

    /// Consumes `null` if it is next.
    mutating func skipNull() -> Bool {
        skipSpace()
        return skipWord("null")
    }

    /// The first byte of the next value, or `nil` at the end.
    mutating func peek() -> UInt8? {
        skipSpace()
        return offset < bytes.count ? bytes[offset] : nil
    }

    /// Skips one value of any kind.
    mutating func skipValue() throws(JSONScanError) {
        var depth = 0
        repeat {
            skipSpace()
            guard offset < bytes.count else { throw fault("a value") }
            switch bytes[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= Self.maximumDepth else { throw fault("less than \(Self.maximumDepth) levels") }
                offset += 1
                continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw fault("a value") }
                depth -= 1
                offset += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw fault("a value") }
                offset += 1
                continue
            case UInt8(ascii: "\""): _ = try rawString()
            case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try readBool()
            case UInt8(ascii: "n"): guard skipWord("null") else { throw fault("null") }
            default: try skipNumber()
            }
        } while depth > 0
    }

    // MARK: Pieces

    private func fault(_ expected: String) -> JSONScanError { JSONScanError(offset: offset, expected: expected) }

    /// Inlined, with the other small steps below: they are taken for every few bytes of a reply.
    @inline(__always)
    private mutating func skipSpace() {
        // Replies have next to none, so most of the time one look is enough.
        while offset < bytes.count, bytes[offset] <= 0x20 {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func consume(_ byte: UInt8, _ what: String) throws(JSONScanError) {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == byte else { throw fault(what) }
        offset += 1
    }

    private mutating func advance(to end: UInt8, _ first: inout Bool) throws(JSONScanError) -> Bool {
        skipSpace()
        guard offset < bytes.count else { throw fault("the end of an object or array") }
        if bytes[offset] == end {
            offset += 1
            return false
        }
        if first {
            first = false
        } else {
            try consume(UInt8(ascii: ","), "',' or the end of an object or array")
        }
        return true
    }

    private mutating func skipWord(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        for index in 0..<count where bytes[offset + index] != word.utf8Start[index] { return false }
        offset += count
        return true
    }

    private mutating func rawString() throws(JSONScanError) -> Range<Int> {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw fault("a string") }
        var index = offset + 1
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                offset = index + 1
                return start..<index
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: throw JSONScanError(offset: index, expected: "an escaped control character")
            default: index += 1
            }
        }
        throw fault("the end of a string")
    }

    /// Walks over a number by the grammar of RFC 8259: an optional minus, digits without a leading zero, and perhaps a
    /// fraction and an exponent.
    private mutating func skipNumber() throws(JSONScanError) {
        _ = skipByte(UInt8(ascii: "-"))
        let integer = offset
        try skipDigits("a number")
        guard bytes[integer] != UInt8(ascii: "0") || offset == integer + 1 else {
            throw JSONScanError(offset: integer, expected: "a number without leading zeros")
        }
        if skipByte(UInt8(ascii: ".")) { try skipDigits("a digit") }
        if skipByte(UInt8(ascii: "e")) || skipByte(UInt8(ascii: "E")) {
            _ = skipByte(UInt8(ascii: "+")) || skipByte(UInt8(ascii: "-"))
            try skipDigits("a digit")
        }
    }

    @inline(__always)
    private mutating func skipByte(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    private mutating func skipDigits(_ expected: String) throws(JSONScanError) {
        var index = offset
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
        guard index > offset else { throw fault(expected) }
        offset = index
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// The number that four hexadecimal digits spell, or `nil` if they are something else.
    private func hexadecimal(_ range: Range<Int>) -> UInt16? {
        var unit: UInt16 = 0
        for index in range {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private func unescape(_ raw: Range<Int>) throws(JSONScanError) -> String {
        var units: [UInt16] = []
        var text = ""
        var index = raw.lowerBound
        func flush() {
            guard !units.isEmpty else { return }
            text += String(decoding: units, as: UTF16.self)
            units.removeAll(keepingCapacity: true)
        }
        var plain = index
        while index < raw.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            if plain < index {
                flush()
                text += String(decoding: UnsafeBufferPointer(rebasing: bytes[plain..<index]), as: UTF8.self)
            }
            guard index + 1 < raw.upperBound else {
                throw JSONScanError(offset: index, expected: "a complete escape")
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "u"):
                guard index + 6 <= raw.upperBound, let unit = hexadecimal(index + 2..<index + 6) else {
                    throw JSONScanError(offset: index, expected: "four hexadecimal digits")
                }
                units.append(unit)
                index += 6
            case let letter:
                guard let unit = Self.shortEscapes[letter] else {
                    throw JSONScanError(offset: index, expected: "a known escape")
                }
                units.append(unit)
                index += 2
            }
            plain = index
        }
        flush()
        if plain < raw.upperBound {
            text += String(
                decoding: UnsafeBufferPointer(rebasing: bytes[plain..<raw.upperBound]), as: UTF8.self)
        }
        return text
    }

    private static let shortEscapes: [UInt8: UInt16] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
}
