/// Returns the length of the longest sequence of elements that stands in both sequences in order, gaps allowed.
///
/// - Parameters:
///   - reference: One sequence.
///   - candidate: The other sequence; exchanging the two gives the same number.
/// - Complexity: O(*nm*/64) time at most; O(*n* + *m*) memory.
@inlinable
public func longestCommonSubsequenceCount<Element: Hashable>(
    _ reference: some Sequence<Element>, _ candidate: some Sequence<Element>
) -> Int {
    let symbols = SymbolPair(source: reference, reply: candidate)
    return longestCommonSubsequenceCount(ofSymbols: symbols)
}

/// Counts by the bit-parallel recurrence V ← (V + (V ∧ M)) ∨ (V ∧ ¬M) (Crochemore et al., 2001; Hyyrö, 2004).
///
/// V has one bit for each reference element; its zeros mark where the subsequence grows. M marks the places of the
/// candidate's next element. Only blocks of 64 bits in which M has a bit, or into which the sum carries, are touched,
/// so M is kept without its empty blocks and memory stays linear.
@usableFromInline
func longestCommonSubsequenceCount(ofSymbols symbols: SymbolPair) -> Int {
    let places = SymbolPlaces(symbols.source, symbolCount: symbols.symbolCount)
    let blockCount = (symbols.source.count + 63) / 64
    var unmatched = [UInt64](repeating: .max, count: blockCount)
    for symbol in symbols.reply where symbol >= 0 {
        var next = places.starts[Int(symbol)]
        let end = places.starts[Int(symbol) + 1]
        var block = 0
        var carry: UInt64 = 0
        while next < end || carry != 0 {
            if carry == 0 { block = Int(places.blocks[next]) }
            guard block < blockCount else { break }
            var matches: UInt64 = 0
            if next < end, Int(places.blocks[next]) == block {
                matches = places.masks[next]
                next += 1
            }
            let old = unmatched[block]
            let (partial, overflowed) = old.addingReportingOverflow(old & matches)
            let (sum, carried) = partial.addingReportingOverflow(carry)
            unmatched[block] = sum | (old & ~matches)
            carry = overflowed || carried ? 1 : 0
            block += 1
        }
    }
    // Bits above the reference's length match nothing, so the second operand of the union keeps them ones.
    return unmatched.reduce(0) { $0 + (~$1).nonzeroBitCount }
}

/// For every symbol the blocks of 64 places in which it stands, ascending, each with a bit for every place.
private struct SymbolPlaces {
    /// Where each symbol's blocks begin in ``blocks`` and ``masks``, and after the last symbol the end.
    let starts: [Int]
    let blocks: [Int32]
    let masks: [UInt64]

    init(_ symbols: [Int32], symbolCount: Int) {
        var starts = [Int](repeating: 0, count: symbolCount + 1)
        var latestBlock = [Int32](repeating: -1, count: symbolCount)
        for (position, symbol) in symbols.enumerated() {
            let block = Int32(truncatingIfNeeded: position / 64)
            guard latestBlock[Int(symbol)] != block else { continue }
            latestBlock[Int(symbol)] = block
            starts[Int(symbol) + 1] += 1
        }
        for symbol in 0..<symbolCount { starts[symbol + 1] += starts[symbol] }

        var ends = starts
        var blocks = [Int32](repeating: -1, count: starts[symbolCount])
        var masks = [UInt64](repeating: 0, count: blocks.count)
        for (position, symbol) in symbols.enumerated() {
            let block = Int32(truncatingIfNeeded: position / 64)
            var entry = ends[Int(symbol)] - 1
            if entry < starts[Int(symbol)] || blocks[entry] != block {
                entry += 1
                blocks[entry] = block
                ends[Int(symbol)] = entry + 1
            }
            masks[entry] |= 1 << UInt64(position % 64)
        }
        self.starts = starts
        self.blocks = blocks
        self.masks = masks
    }
}
