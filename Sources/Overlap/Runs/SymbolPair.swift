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
        var numbering = WordNumbering(capacity: sourceWords.count)
        source = sourceWords.map { numbering.number(of: $0) }
        reply = replyWords.map { numbering.knownNumber(of: $0) }
        symbolCount = numbering.count
    }

    /// Numbers the words of two texts; masked words equal nothing.
    init(source: ComparedText, reply: ComparedText) {
        var numbering = WordNumbering(capacity: source.words.count)
        self.source = source.words.enumerated().map { place, word in
            source.mask.isMasked(at: place) ? -1 : numbering.number(of: word)
        }
        self.reply = reply.words.enumerated().map { place, word in
            reply.mask.isMasked(at: place) ? -1 : numbering.knownNumber(of: word)
        }
        symbolCount = numbering.count
    }
}
