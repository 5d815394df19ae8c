/// Walks through a text and hands out a seeded 64-bit hash for every word, mark and line end.
///
/// A word is a maximal run of letters, digits and combining marks, lower-cased by the Unicode default mapping of each
/// scalar (no locale); every digit of any script counts as the same character, so `2019` and `2023` are one word but
/// `19/3/2019` and `2019-03-19` still differ. A scalar of a script that is written without spaces is a word of its own,
/// and so are punctuation, symbols and line ends: typography and layout tell sources apart as well as words do. Other
/// white space and control characters only separate.
///
/// Texts are compared as they are written: é as one scalar and as e with an accent are different words.
struct WordScanner {
    /// The hash of a word before its first byte.
    private let start: UInt64

    init(seed: UInt64) {
        start = 0xcbf2_9ce4_8422_2325 ^ Self.mixed(seed)
    }

    /// Calls `visit` with the hash of every word of `text`, in order.
    ///
    /// - Complexity: O(UTF-8 bytes), no memory.
    func forEachWord(of text: String, _ visit: (UInt64) -> Void) {
        var hash = start
        var isInWord = false
        func finish() {
            if isInWord { visit(Self.mixed(hash)) }
            hash = start
            isInWord = false
        }
        for scalar in text.unicodeScalars {
            switch Self.role(of: scalar) {
            case .letter:
                if scalar.isASCII {
                    let isUpper = scalar.value &- 0x41 < 26
                    hash = Self.extended(hash, isUpper ? scalar.value | 0x20 : scalar.value)
                } else {
                    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                        hash = Self.extended(hash, lower.value)
                    }
                }
                isInWord = true
            case .digit:
                hash = Self.extended(hash, 0x30)
                isInWord = true
            case .alone:
                finish()
                visit(Self.mixed(Self.extended(start, scalar.value)))
            case .space:
                finish()
            }
        }
        finish()
    }

    private enum Role { case letter, digit, alone, space }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        if scalar.isASCII {
            switch scalar.value {
            case 0x61...0x7a, 0x41...0x5a: return .letter
            case 0x30...0x39: return .digit
            case 0x0a: return .alone
            case 0...0x20, 0x7f: return .space
            default: return .alone
            }
        }
        switch scalar.properties.generalCategory {
        case .decimalNumber: return .digit
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .letterNumber, .otherNumber:
            return isWrittenWithoutSpaces(scalar) ? .alone : .letter
        case .lineSeparator, .paragraphSeparator: return .alone
        case .spaceSeparator, .control, .format: return .space
        default: return .alone
        }
    }

    /// Whether the scalar belongs to Han, kana, Thai, Lao, Tibetan, Myanmar or Khmer.
    private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0e00...0x109f, 0x1780...0x17ff, 0x3040...0x30ff: true
        default: scalar.properties.isIdeographic
        }
    }

    /// One step of FNV-1a over a whole scalar instead of a byte.
    private static func extended(_ hash: UInt64, _ value: UInt32) -> UInt64 {
        (hash ^ UInt64(value)) &* 0x0000_0100_0000_01b3
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every input bit reaches every output bit.
    static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
