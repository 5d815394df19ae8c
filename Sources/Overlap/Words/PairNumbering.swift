/// Numbers the different words of a source without keeping copies of them.
struct PairNumbering {
    /// For each number the place of its first word.
    private var firstPlaces: [Int32] = []
    /// An open-addressing table of numbers; −1 marks an empty slot.
    private var slots: [Int32]
    private let mask: Int

    /// Creates a numbering for a source of so many words.
    init(wordCount: Int) {
        var size = 16
        while size < wordCount * 2 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: -1, count: size)
        firstPlaces.reserveCapacity(wordCount)
    }

    /// The number of different words.
    var count: Int { firstPlaces.count }

    /// Numbers the words of the source that are not masked; the others get −1.
    mutating func numbers(ofSource words: [Word], mask masked: WordMask) -> [Int32] {
        words.withUnsafeBufferPointer { words in
            words.indices.map { place in
                guard !masked.isMasked(at: place) else { return -1 }
                let slot = slot(of: words[place], in: words)
                if slots[slot] < 0 {
                    slots[slot] = Int32(truncatingIfNeeded: firstPlaces.count)
                    firstPlaces.append(Int32(truncatingIfNeeded: place))
                }
                return slots[slot]
            }
        }
    }

    /// The numbers of words of the reply; −1 for those that are masked or that the source does not have.
    func numbers(ofReply words: [Word], mask masked: WordMask, source: [Word]) -> [Int32] {
        source.withUnsafeBufferPointer { source in
            words.withUnsafeBufferPointer { words in
                words.indices.map { masked.isMasked(at: $0) ? -1 : slots[slot(of: words[$0], in: source)] }
            }
        }
    }

    /// The slot that holds a word's number, or the empty one where it belongs.
    private func slot(of word: Word, in source: UnsafeBufferPointer<Word>) -> Int {
        var slot = word.tableSlot(mask: mask)
        while slots[slot] >= 0, source[Int(firstPlaces[Int(slots[slot])])] != word { slot = (slot + 1) & mask }
        return slot
    }
}
