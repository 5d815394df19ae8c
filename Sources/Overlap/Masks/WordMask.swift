/// Which words of a text match nothing, and why.
///
/// A masked word breaks a run: runs, blocks and coverage are those of the words that are left, so a masked word is never
/// counted as regurgitated.
public struct WordMask: Hashable, Sendable {
    /// For every word the bits of its reasons; empty while nothing is masked.
    private var reasons: [UInt8] = []
    /// The number of words of the text.
    public let wordCount: Int

    /// Creates a mask that masks nothing.
    ///
    /// - Parameter wordCount: The number of words of the text; a negative number counts as none.
    public init(wordCount: Int) {
        self.wordCount = max(0, wordCount)
    }

    /// Whether no word is masked.
    public var isEmpty: Bool { reasons.isEmpty }

    /// The number of masked words, each counted once.
    public var maskedCount: Int { reasons.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }

    /// The number of words masked for a reason; a word masked for two reasons counts for both.
    public func count(of reason: MaskReason) -> Int {
        reasons.reduce(0) { $0 + ($1 & reason.bit == 0 ? 0 : 1) }
    }

    /// Whether a word is masked; words that the text does not have are not.
    public func isMasked(at place: Int) -> Bool {
        reasons.indices.contains(place) && reasons[place] != 0
    }

    /// The reasons for which a word is masked, in the order of their declaration.
    public func reasons(at place: Int) -> [MaskReason] {
        guard reasons.indices.contains(place) else { return [] }
        return MaskReason.allCases.filter { reasons[place] & $0.bit != 0 }
    }

    /// Masks a stretch of words.
    ///
    /// - Parameters:
    ///   - words: Word numbers; those that the text does not have are passed over.
    ///   - reason: Why the words do not count.
    public mutating func mask(_ words: Range<Int>, as reason: MaskReason) {
        let words = words.clamped(to: 0..<wordCount)
        guard !words.isEmpty else { return }
        if reasons.isEmpty { reasons = Array(repeating: 0, count: wordCount) }
        for place in words { reasons[place] |= reason.bit }
    }

    /// Masks several stretches of words.
    public mutating func mask(_ stretches: [Range<Int>], as reason: MaskReason) {
        for words in stretches { mask(words, as: reason) }
    }

    func resized(toWordCount count: Int) -> WordMask {
        guard count != wordCount else { return self }
        var resized = WordMask(wordCount: count)
        for reason in MaskReason.allCases {
            for place in 0..<min(count, reasons.count) where reasons[place] & reason.bit != 0 {
                resized.mask(place..<place + 1, as: reason)
            }
        }
        return resized
    }
}
