/// Reads decimal numbers quickly and exactly.
///
/// Log-probabilities come as decimals of up to 17 digits, fifty to a reply. The general way, a string for `strtod`,
/// took a tenth of the client's time on a reply; one division of 128 by 64 bits gives the same value.
enum DecimalNumber {
    /// The double nearest to a decimal, ties to even, or nil if the text needs the general way.
    ///
    /// Answers for up to 19 significant digits and a decimal exponent from -19 to 0; text that is not a number by the
    /// grammar of JSON may give any answer.
    ///
    /// With the number *m* / 10ⁿ, *m* and *n* read off the text, both *m* and 10ⁿ are shifted until their top bits are
    /// set; the quotient then has 63 or 64 bits, and it and the question whether a remainder is left decide how the last
    /// of the double's 53 bits is rounded.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var digits: UInt64 = 0
        var count = 0
        var decimals = 0
        var isFraction = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if let digit = Self.digit(byte) {
                // Leading zeros take no room.
                if count > 0 || digit != 0 { count += 1 }
                guard count <= 19 else { return nil }
                digits = digits &* 10 &+ digit
                if isFraction { decimals += 1 }
            } else {
                break
            }
            index += 1
        }
        guard let exponent = exponent(text[index...]) else { return nil }
        let power = decimals - exponent
        guard digits > 0 else { return isNegative ? -0.0 : 0 }
        guard powersOfTen.indices.contains(power) else { return nil }
        return quotient(digits, powersOfTen[power], isNegative: isNegative)
    }

    /// The double nearest to `dividend` / `divisor`, both above 0.
    private static func quotient(_ dividend: UInt64, _ divisor: UInt64, isNegative: Bool) -> Double {
        let up = dividend.leadingZeroBitCount
        let down = divisor.leadingZeroBitCount
        let shifted = dividend << UInt64(up)
        // Half of the shifted dividend as the upper word, so that it is below the divisor.
        let (whole, rest) = (divisor << UInt64(down)).dividingFullWidth((shifted >> 1, shifted << 63))
        let dropped = 11 - whole.leadingZeroBitCount
        let cut = whole & (1 << UInt64(dropped) - 1)
        let half: UInt64 = 1 << UInt64(dropped - 1)
        var kept = whole >> UInt64(dropped)
        if cut > half || cut == half && (rest > 0 || kept & 1 == 1) { kept += 1 }
        return Double(
            sign: isNegative ? .minus : .plus, exponent: dropped - 63 + down - up, significand: Double(kept))
    }

    /// The exponent that the rest of a number's text spells, 0 if there is none, nil if it is long.
    private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard !text.isEmpty else { return 0 }
        var rest = text.dropFirst()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard rest.count <= 4 else { return nil }
        var value = 0
        for byte in rest {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + Int(digit)
        }
        return isNegative ? -value : value
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? UInt64(byte &- UInt8(ascii: "0")) : nil
    }

    /// 10⁰ to 10¹⁹, all that fit 64 bits.
    private static let powersOfTen: [UInt64] = (0...19).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
