/// Every run of a fixed number of symbols in many sequences, to be found again in other sequences.
///
/// Runs are compared symbol by symbol; hashes only say where to look.
struct GramIndex: Sendable {
    /// A run that two sequences share.
    struct Match: Hashable, Sendable {
        /// The number of the indexed sequence.
        let sequence: Int
        /// Where the run begins there, in symbols.
        let offset: Int
        /// Where the run begins in the sequence that was looked up.
        let queryOffset: Int
    }

    /// The length of a run.
    let length: Int
    private let symbols: [Int32]
    /// For each indexed sequence the place in ``symbols`` just past its end.
    private let ends: [Int]
    /// An open-addressing table of places in ``symbols``; −1 marks an empty slot.
    private let slots: [Int]

    /// Indexes sequences.
    ///
    /// - Parameters:
    ///   - sequences: The sequences; those shorter than a run hold none.
    ///   - length: The number of symbols of a run, at least 1.
    /// - Complexity: O(*n*) time and memory for *n* symbols in all.
    init(_ sequences: some Sequence<some Sequence<Int32>>, length: Int) {
        precondition(length >= 1, "a run has at least one symbol")
        var symbols: [Int32] = []
        var ends: [Int] = []
        for sequence in sequences {
            symbols.append(contentsOf: sequence)
            ends.append(symbols.count)
        }
        var size = 16
        while size < symbols.count * 2 { size *= 2 }
        var slots = [Int](repeating: -1, count: size)
        var start = 0
        for end in ends {
            if end - start >= length {
                for place in start...(end - length) {
                    let slot = Self.slot(of: symbols[place..<place + length], in: slots, symbols: symbols)
                    if slots[slot] < 0 { slots[slot] = place }
                }
            }
            start = end
        }
        self.length = length
        self.symbols = symbols
        self.ends = ends
        self.slots = slots
    }

    /// The first run of a sequence that an indexed sequence has, too.
    ///
    /// - Complexity: O(*m*) for *m* symbols.
    func firstMatch(in query: [Int32]) -> Match? {
        guard query.count >= length else { return nil }
        for offset in 0...(query.count - length) {
            let slot = Self.slot(of: query[offset..<offset + length], in: slots, symbols: symbols)
            guard slots[slot] >= 0 else { continue }
            let place = slots[slot]
            // The first end that lies beyond the place.
            var low = 0
            var high = ends.count - 1
            while low < high {
                let middle = (low + high) / 2
                if ends[middle] > place { high = middle } else { low = middle + 1 }
            }
            return Match(
                sequence: low, offset: place - (low == 0 ? 0 : ends[low - 1]), queryOffset: offset)
        }
        return nil
    }

    /// The slot that holds a run, or the empty one where it belongs.
    private static func slot(of run: ArraySlice<Int32>, in slots: [Int], symbols: [Int32]) -> Int {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        for symbol in run {
            hash = (hash ^ UInt64(UInt32(bitPattern: symbol))) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 32
        }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0, !symbols[slots[slot]..<slots[slot] + run.count].elementsEqual(run) {
            slot = (slot + 1) & mask
        }
        return slot
    }
}
