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
