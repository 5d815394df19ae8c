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
    let blocks = SymbolBlocks(symbols.source, symbolCount: symbols.symbolCount)
    let blockCount = (symbols.source.count + 63) / 64
    var unmatched = [UInt64](repeating: .max, count: blockCount)
    for symbol in symbols.reply where symbol >= 0 {
        var next = blocks.starts[Int(symbol)]
        let end = blocks.starts[Int(symbol) + 1]
        var block = 0
        var carry: UInt64 = 0
        while next < end || carry != 0 {
            if carry == 0 { block = Int(blocks.blocks[next]) }
            guard block < blockCount else { break }
            var matches: UInt64 = 0
            if next < end, Int(blocks.blocks[next]) == block {
                matches = blocks.masks[next]
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
