/// Numbers the different words of a source without keeping copies of them.
struct PairNumbering {
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
