/// Two sequences with their elements replaced by small numbers, equal numbers for equal elements.
///
/// A negative number stands for an element that equals nothing in the other sequence: one that only the reply has, or
/// one that is masked.
@usableFromInline
struct SymbolPair {
    /// The source's symbols, below ``symbolCount``.
    @usableFromInline let source: [Int32]
    /// The reply's symbols, below ``symbolCount``.
    @usableFromInline let reply: [Int32]
    /// The number of different elements in the source.
    @usableFromInline let symbolCount: Int

    /// Takes sequences that are numbered already.
    init(source: [Int32], reply: [Int32], symbolCount: Int) {
        self.source = source
        self.reply = reply
        self.symbolCount = symbolCount
    }

    @inlinable
    init<Element: Hashable>(source: some Sequence<Element>, reply: some Sequence<Element>) {
        var numbers: [Element: Int32] = [:]
        numbers.reserveCapacity(source.underestimatedCount)
        self.source = source.map { element in
            if let known = numbers[element] { return known }
            let number = Int32(truncatingIfNeeded: numbers.count)
            numbers[element] = number
            return number
        }
        self.reply = reply.map { numbers[$0] ?? -1 }
        self.symbolCount = numbers.count
    }

    /// Numbers words, several times faster than the form for any elements.
    init(sourceWords: [Word], replyWords: [Word]) {
        self.init(
            sourceWords: sourceWords, sourceMask: WordMask(wordCount: sourceWords.count), replyWords: replyWords,
            replyMask: WordMask(wordCount: replyWords.count))
    }

    /// Numbers the words of two texts; masked words equal nothing.
    init(source: ComparedText, reply: ComparedText) {
        self.init(
            sourceWords: source.words, sourceMask: source.mask, replyWords: reply.words, replyMask: reply.mask)
    }

    /// Numbers characters, given as the values of Unicode scalars, many times faster than the form for any elements.
    init(sourceScalars: [UInt32], replyScalars: [UInt32]) {
        var numbering = ScalarNumbering()
        source = sourceScalars.map { numbering.number(of: $0) }
        reply = replyScalars.map { numbering.knownNumber(of: $0) }
        symbolCount = numbering.count
    }

    private init(sourceWords: [Word], sourceMask: WordMask, replyWords: [Word], replyMask: WordMask) {
        var numbering = PairNumbering(wordCount: sourceWords.count)
        source = numbering.numbers(ofSource: sourceWords, mask: sourceMask)
        reply = numbering.numbers(ofReply: replyWords, mask: replyMask, source: sourceWords)
        symbolCount = numbering.count
    }
}
