/// Builds the JSON text of a request body byte by byte, in a fixed member order.
///
/// Requests are hashed and replayed, so their bytes must not depend on a dictionary's order or an encoder's release.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// Creates an empty text with room for about `capacity` bytes.
    init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    /// Appends text that is JSON already.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends an integer.
    ///
    /// Prompts are long lists of these; a detour over `String` would cost more than all the rest of a request.
    mutating func integer(_ value: some FixedWidthInteger) {
        // 20 digits and a sign hold every 64-bit integer.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
            var start = digits.count
            var rest = UInt64(value.magnitude)
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = quotient
            } while rest > 0
            if value < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: digits[start...])
        }
    }

    /// Appends a finite number in its shortest form that reads back to the same value.
    mutating func number(_ value: Double) {
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Appends a quoted string with the escapes that JSON requires.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // Whole stretches at a time: a grammar is several hundred bytes without anything to escape.
            var plain = utf8.startIndex
            for index in utf8.indices where Self.mustEscape(utf8[index]) {
                bytes.append(contentsOf: utf8[plain..<index])
                escape(utf8[index])
                plain = index + 1
            }
            bytes.append(contentsOf: utf8[plain...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        guard byte < 0x20 else {
            bytes.append(byte)
            return
        }
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
    }

    /// Appends an array of integers.
    mutating func integers(_ values: some Sequence<Int32>) {
        bytes.append(UInt8(ascii: "["))
        var first = true
        for value in values {
            if !first { bytes.append(UInt8(ascii: ",")) }
            first = false
            integer(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
