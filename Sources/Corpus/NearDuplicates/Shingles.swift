/// The five-word phrases of a text, as the set by which near-duplicates are found.
///
/// Words are runs of letters, digits and marks in lower case, so punctuation, quotation marks, line ends and spacing do
/// not count. In scripts written without spaces between words every character stands for a word, which makes
/// five-character shingles of them. A text with fewer than five words is one shingle.
struct Shingles {
    /// The number of words in a shingle.
    static let wordsPerShingle = 5

    /// The shingles' 64-bit hashes, ascending and distinct; two different shingles of a million share a hash with
    /// probability below 10⁻⁷.
    let hashes: [UInt64]

    /// Cuts a text into shingles; a text without any word has none.
    init(of text: String) {
        let words = Shingles.wordHashes(of: text)
        let width = Shingles.wordsPerShingle
        guard words.count > width else {
            hashes = words.isEmpty ? [] : [Shingles.combine(words[...])]
            return
        }
        var all = (0...words.count - width).map { Shingles.combine(words[$0..<$0 + width]) }
        all.sort()
        var distinct: [UInt64] = []
        distinct.reserveCapacity(all.count)
        for hash in all where distinct.last != hash { distinct.append(hash) }
        hashes = distinct
    }

    /// Returns how many shingles two texts share.
    ///
    /// - Complexity: O(*n* + *m*).
    func sharedCount(with other: Shingles) -> Int {
        var shared = 0
        var left = 0
        var right = 0
        while left < hashes.count, right < other.hashes.count {
            let difference = (hashes[left], other.hashes[right])
            if difference.0 == difference.1 { shared += 1 }
            left += difference.0 <= difference.1 ? 1 : 0
            right += difference.1 <= difference.0 ? 1 : 0
        }
        return shared
    }

    private static func wordHashes(of text: String) -> [UInt64] {
        var hashes: [UInt64] = []
        var current = emptyHash
        var isInWord = false
        for scalar in NormalizedText(text, profile: .readingCaseless).scalars {
            switch role(of: scalar) {
            case .separator:
                if isInWord { hashes.append(current) }
                (current, isInWord) = (emptyHash, false)
            case .letter:
                current = mixed(current ^ UInt64(scalar.value))
                isInWord = true
            case .wholeWord:
                if isInWord { hashes.append(current) }
                hashes.append(mixed(emptyHash ^ UInt64(scalar.value)))
                (current, isInWord) = (emptyHash, false)
            }
        }
        if isInWord { hashes.append(current) }
        return hashes
    }

    private enum Role {
        case separator, letter, wholeWord
    }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return .letter
        case 0..<0xAA: return .separator
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:  // Thai, Lao, Myanmar, Khmer, kana, Han
            return scalar.properties.isAlphabetic ? .wholeWord : .separator
        default: break
        }
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark: return .letter
        default: return scalar.properties.isAlphabetic ? .letter : .separator
        }
    }

    private static let emptyHash: UInt64 = 0x243f_6a88_85a3_08d3

    private static func combine(_ words: ArraySlice<UInt64>) -> UInt64 {
        words.reduce(UInt64(words.count)) { mixed($0 &+ $1) }
    }

    /// A bijection that spreads every input bit over the word: the finalizer of SplitMix64 (Steele et al., 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
