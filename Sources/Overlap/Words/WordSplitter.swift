/// Splits a stream of scalars into words, looking one joining sign ahead.
struct WordSplitter {
    private var words: [Word] = []
    /// Where the next scalar, the word's first scalar and the end of its last one stand in the text.
    private var position = TextPosition()
    private var start = TextPosition()
    private var end = TextPosition()
    private var spelling: [UInt8] = []
    private var fingerprint = WordSplitter.emptyFingerprint
    private var previous = ScalarRole.separator
    /// An apostrophe, point or comma that belongs to the word if the right kind of scalar follows.
    private var pending: (joiner: UInt8, needs: ScalarRole)?

    private static let emptyFingerprint: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Takes the next scalar of the text.
    mutating func consume(_ scalar: Unicode.Scalar) {
        defer { position = position.after(scalar) }
        if previous == .letter, pending == nil, (scalar.value | 0x20) &- 0x61 < 26 {
            // The inside of most words needs no further questions.
            spell(UInt8(truncatingIfNeeded: scalar.value | 0x20))
            end = position.after(scalar)
            return
        }
        let role = ScalarRole(of: scalar)
        switch role {
        case .ignorable:
            return
        case .letter, .digit:
            if previous == .ideograph { close() }
            if let (joiner, needs) = pending {
                if role == needs { spell(joiner) } else { close() }
                pending = nil
            }
            extend(scalar)
            previous = role
        case .mark:
            // A mark belongs to what is before it; after a separator it stands for itself.
            if pending != nil { close() }
            extend(scalar)
            if previous == .separator { previous = .letter }
        case .ideograph:
            close()
            extend(scalar)
            previous = .ideograph
        case .apostrophe where previous == .letter && pending == nil:
            pending = (UInt8(ascii: "'"), .letter)
        case .numberSeparator where previous == .digit && pending == nil:
            pending = (UInt8(truncatingIfNeeded: scalar.value), .digit)
        case .apostrophe, .numberSeparator, .separator:
            close()
        }
    }

    /// Ends the text and returns its words.
    mutating func finish() -> [Word] {
        close()
        return words
    }

    private mutating func extend(_ scalar: Unicode.Scalar) {
        if spelling.isEmpty { start = position }
        end = position.after(scalar)
        if scalar.value < 0x80 {
            let isUpperCase = scalar.value &- 0x41 < 26
            spell(UInt8(truncatingIfNeeded: scalar.value) | (isUpperCase ? 0x20 : 0))
        } else if scalar.properties.changesWhenLowercased {
            for byte in scalar.properties.lowercaseMapping.utf8 { spell(byte) }
        } else {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { spell(byte) }
        }
    }

    private mutating func spell(_ byte: UInt8) {
        spelling.append(byte)
        fingerprint = (fingerprint ^ UInt64(byte)) &* 0x0000_0100_0000_01b3  // FNV-1a
    }

    private mutating func close() {
        if !spelling.isEmpty {
            words.append(
                Word(
                    text: String(decoding: spelling, as: UTF8.self), scalars: start.scalar..<end.scalar,
                    utf8: start.byte..<end.byte, fingerprint: fingerprint))
            spelling.removeAll(keepingCapacity: true)
            fingerprint = Self.emptyFingerprint
        }
        pending = nil
        previous = .separator
    }
}

/// A place in a text in both units.
private struct TextPosition {
    var scalar = 0
    var byte = 0

    func after(_ next: Unicode.Scalar) -> TextPosition {
        TextPosition(scalar: scalar + 1, byte: byte + UTF8.width(next))
    }
}

/// What a scalar does in a word.
enum ScalarRole {
    case letter, digit, mark, ideograph, apostrophe, numberSeparator, ignorable, separator

    init(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: self = .letter
        case 0x30...0x39: self = .digit
        case 0x27, 0x2019, 0x02BC: self = .apostrophe
        case 0x2C, 0x2E: self = .numberSeparator
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFE00...0xFE0F, 0xFEFF:
            self = .ignorable
        case 0..<0xAA: self = .separator
        default: self = ScalarRole(beyondASCII: scalar)
        }
    }

    private init(beyondASCII scalar: Unicode.Scalar) {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
        case .decimalNumber: self = .digit
        case .letterNumber, .otherNumber: self = .letter
        default:
            if !properties.isAlphabetic {
                self = .separator
            } else {
                self = Self.isWrittenWithoutSpaces(scalar) ? .ideograph : .letter
            }
        }
    }

    private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF,  // Thai and Lao, Myanmar, Khmer
            0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D,  // kana
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:  // Han
            return true
        default:
            return false
        }
    }
}
