extension RandomAccessCollection where Element == Word, Index == Int {
    /// Where a stretch of words stands in the text, in Unicode scalars, from its first word's first to its last word's
    /// last; nil when the text does not have these words or there are none.
    public func scalars(of words: Range<Int>) -> Range<Int>? {
        ends(of: words).map { $0.scalars.lowerBound..<$1.scalars.upperBound }
    }

    /// Where a stretch of words stands in the text, in bytes of UTF-8, from its first word's first to its last word's
    /// last; nil when the text does not have these words or there are none.
    public func utf8(of words: Range<Int>) -> Range<Int>? {
        ends(of: words).map { $0.utf8.lowerBound..<$1.utf8.upperBound }
    }

    private func ends(of words: Range<Int>) -> (Word, Word)? {
        guard !words.isEmpty, words.lowerBound >= startIndex, words.upperBound <= endIndex else { return nil }
        return (self[words.lowerBound], self[words.upperBound - 1])
    }
}
