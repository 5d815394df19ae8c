/// Tells which hashes were seen once only, for a few bits each (a counting filter after Bloom, 1970, with one hash).
struct RepetitionFilter {
    /// Two bits for each slot: seen, seen again.
    private var slots: [UInt64]
    private let mask: UInt64

    /// Creates a filter for about as many hashes: of those seen once up to an eighth will be taken for seen twice.
    init(capacity: Int) {
        var count: UInt64 = 1024
        while count < UInt64(max(0, capacity)) * 8 { count *= 2 }
        mask = count - 1
        slots = Array(repeating: 0, count: Int(count / 32))
    }

    /// Counts a hash.
    mutating func see(_ hash: UInt64) {
        let (word, bit) = place(of: hash)
        slots[word] |= slots[word] >> bit & 1 == 0 ? 1 << bit : 2 << bit
    }

    /// Whether a hash was counted at least twice; sometimes true for one that was counted once.
    func mayHaveSeenTwice(_ hash: UInt64) -> Bool {
        let (word, bit) = place(of: hash)
        return slots[word] >> bit & 2 != 0
    }

    private func place(of hash: UInt64) -> (word: Int, bit: UInt64) {
        let slot = (hash ^ (hash >> 29)) & mask
        return (Int(truncatingIfNeeded: slot / 32), slot % 32 * 2)
    }
}
