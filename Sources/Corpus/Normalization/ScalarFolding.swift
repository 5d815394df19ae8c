/// The single-scalar replacements of normalisation profiles.
extension NormalizationProfile {
    /// Whether the profile deletes this scalar.
    func removes(_ scalar: Unicode.Scalar) -> Bool {
        guard removesInvisibles else { return false }
        switch scalar.value {
        case 0xAD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F,
            0xFE00...0xFE0F, 0xFEFF:
            return true
        default:
            return false
        }
    }

    /// The scalar that stands for a quotation mark or dash under this profile, or the scalar itself.
    func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xB4, 0x02BC, 0x2018...0x201B, 0x2032, 0x2035, 0x2039, 0x203A:
            straightensQuotes ? "'" : scalar
        case 0xAB, 0xBB, 0x201C...0x201F, 0x2033, 0x2036, 0x301D...0x301F:
            straightensQuotes ? "\"" : scalar
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D:
            unifiesDashes ? "-" : scalar
        default:
            scalar
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar can change or be changed by the one before it under composition: combining marks, vowel
    /// signs, and the vowels and finals of Hangul.
    ///
    /// Between two scalars of which the second does not join, normalising the parts is normalising the whole.
    var joinsPrevious: Bool {
        guard value >= 0x300 else { return false }
        if 0x1160...0x11FF ~= value { return true }
        return properties.canonicalCombiningClass != .notReordered || properties.isGraphemeExtend
            || properties.generalCategory == .spacingMark
    }

    /// Whether the scalar is white space; the property lookup is too slow to be asked about every ASCII letter.
    var isSpace: Bool {
        value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
    }

    /// Whether the scalar has another lower case; ASCII is answered without a property lookup.
    var isLowercasable: Bool {
        value < 0x80 ? 0x41...0x5A ~= value : properties.changesWhenLowercased
    }
}
