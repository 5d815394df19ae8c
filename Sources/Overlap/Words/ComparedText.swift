/// A text taken apart for comparison: its scalars, its words, and the words that must not count.
///
/// Make it once for a text that is compared more than once, such as an article with several replies.
public struct ComparedText: Sendable {
    /// The values of the text's Unicode scalars.
    let scalars: [UInt32]
    /// The words in order.
    public let words: [Word]
    /// The words that match nothing; empty unless set.
    public let mask: WordMask

    /// Takes a text apart.
    ///
    /// - Parameter text: Any text; normalise both sides of a comparison in the same way first.
    /// - Complexity: O(*n*).
    public init(_ text: String) {
        var text = text
        (scalars, words) = text.withUTF8 { bytes in
            var splitter = WordSplitter()
            splitter.consume(utf8: bytes)
            // Bytes with the highest bit are parts of longer scalars.
            let isASCII = bytes.reduce(0) { $0 | $1 } < 0x80
            let scalars =
                isASCII ? bytes.map(UInt32.init) : String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
            return (scalars, splitter.finish())
        }
        mask = WordMask(wordCount: words.count)
    }

    private init(scalars: [UInt32], words: [Word], mask: WordMask) {
        self.scalars = scalars
        self.words = words
        self.mask = mask
    }

    /// The length of the text, in Unicode scalars.
    public var scalarCount: Int { scalars.count }

    /// Returns the same text with other words masked.
    ///
    /// - Parameter mask: A mask for as many words as the text has; what it says of words that are not there is passed
    ///   over.
    public func masked(by mask: WordMask) -> ComparedText {
        ComparedText(scalars: scalars, words: words, mask: mask.resized(toWordCount: words.count))
    }

    /// The side of a comparison on which a text stands.
    enum Side: UInt32 {
        // No scalar has these values, and they differ, so masked places match nothing.
        case source = 0xFFFF_FFFF
        case reply = 0xFFFF_FFFE
    }

    /// The scalars, with those of masked words, and those between two masked neighbours, replaced by a value that
    /// matches nothing.
    func maskedScalars(as side: Side) -> [UInt32] {
        guard !mask.isEmpty else { return scalars }
        var masked = scalars
        var previousEnd: Int?
        for (place, word) in words.enumerated() {
            guard mask.isMasked(at: place) else {
                previousEnd = nil
                continue
            }
            for scalar in (previousEnd ?? word.scalars.lowerBound)..<word.scalars.upperBound {
                masked[scalar] = side.rawValue
            }
            previousEnd = word.scalars.upperBound
        }
        return masked
    }
}
