/// Gives equal words equal numbers, counted from zero in the order in which words are first seen.
struct WordNumbering: Sendable {
    private var texts: [String] = []
    private var fingerprints: [UInt64] = []
    /// An open-addressing table of word numbers; −1 marks an empty slot.
    private var slots: [Int32]
    private var mask: Int

    /// Creates an empty numbering with room for about as many words.
    init(capacity: Int = 8) {
        var size = 16
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        mask = size - 1
        texts.reserveCapacity(capacity)
        fingerprints.reserveCapacity(capacity)
    }

    /// The number of different words so far.
    var count: Int { texts.count }

    /// The number of a word, a new one if it has none yet.
    mutating func number(of word: Word) -> Int32 {
        let slot = slot(of: word)
        if slots[slot] >= 0 { return slots[slot] }
        let number = Int32(truncatingIfNeeded: texts.count)
        texts.append(word.text)
        fingerprints.append(word.fingerprint)
        slots[slot] = number
        if texts.count * 3 > slots.count * 2 { grow() }
        return number
    }

    /// The number of a word that has one, or −1.
    func knownNumber(of word: Word) -> Int32 {
        slots[slot(of: word)]
    }

    /// The slot that holds a word's number, or the empty one where it belongs.
    private func slot(of word: Word) -> Int {
        var slot = word.tableSlot(mask: mask)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if fingerprints[number] == word.fingerprint, texts[number] == word.text { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for (number, fingerprint) in fingerprints.enumerated() {
            var slot = Word.tableSlot(of: fingerprint, mask: mask)
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: number)
        }
    }
}
