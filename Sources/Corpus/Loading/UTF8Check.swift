/// Returns the offset of the first byte that does not belong to well-formed UTF-8, or nil when all do.
///
/// Well-formed is Table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing above U+10FFFF. The
/// offset is that of the first byte of the broken sequence.
///
/// - Complexity: O(*n*), eight bytes a step through ASCII.
func firstInvalidUTF8Offset(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
        var position = 0
        let end = buffer.count
        while position < end {
            if position &+ 8 <= end,
                buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                position &+= 8
                continue
            }
            let lead = buffer[position]
            if lead < 0x80 {
                position &+= 1
                continue
            }
            let length: Int
            let second: ClosedRange<UInt8>
            switch lead {
            case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: return position
            }
            guard position &+ length <= end, second.contains(buffer[position &+ 1]) else { return position }
            for next in 2..<max(length, 2) where buffer[position &+ next] & 0xC0 != 0x80 { return position }
            position &+= length
        }
        return nil
    }
}
