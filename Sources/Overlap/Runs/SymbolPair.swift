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

    private init(sourceWords: [Word], sourceMask: WordMask, replyWords: [Word], replyMask: WordMask) {
        var numbering = PairNumbering(sourceWords)
        source = sourceWords.indices.map { sourceMask.isMasked(at: $0) ? -1 : numbering.number(ofSourceWord: $0) }
        reply = replyWords.indices.map { replyMask.isMasked(at: $0) ? -1 : numbering.number(of: replyWords[$0]) }
        symbolCount = numbering.count
    }
}

/// Numbers the different words of a source without keeping copies of them.
private struct PairNumbering {
    private let words: [Word]
    /// For each number the place of its first word.
    private var firstPlaces: [Int32] = []
    /// An open-addressing table of numbers; −1 marks an empty slot.
    private var slots: [Int32]
    private let mask: Int

    init(_ words: [Word]) {
        self.words = words
        var size = 16
        while size < words.count * 2 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: -1, count: size)
        firstPlaces.reserveCapacity(words.count)
    }

    var count: Int { firstPlaces.count }

    mutating func number(ofSourceWord place: Int) -> Int32 {
        let slot = slot(of: words[place])
        if slots[slot] < 0 {
            slots[slot] = Int32(truncatingIfNeeded: firstPlaces.count)
            firstPlaces.append(Int32(truncatingIfNeeded: place))
        }
        return slots[slot]
    }

    /// The number of a word that the source has, or −1.
    func number(of word: Word) -> Int32 { slots[slot(of: word)] }

    private func slot(of word: Word) -> Int {
        var slot = word.tableSlot(mask: mask)
        while slots[slot] >= 0, words[Int(firstPlaces[Int(slots[slot])])] != word { slot = (slot + 1) & mask }
        return slot
    }
}
