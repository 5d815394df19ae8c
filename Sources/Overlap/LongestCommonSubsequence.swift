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
/// so M is kept as a list of places and memory stays linear.
@usableFromInline
func longestCommonSubsequenceCount(ofSymbols symbols: SymbolPair) -> Int {
    let places = SymbolPlaces(symbols.source, symbolCount: symbols.symbolCount)
    let blockCount = (symbols.source.count + 63) / 64
    var unmatched = [UInt64](repeating: .max, count: blockCount)
    for symbol in symbols.reply where symbol >= 0 {
        var place = places.starts[Int(symbol)]
        let end = places.starts[Int(symbol) + 1]
        var block = 0
        var carry: UInt64 = 0
        while place < end || carry != 0 {
            if carry == 0 { block = Int(places.positions[place]) / 64 }
            guard block < blockCount else { break }
            var matches: UInt64 = 0
            while place < end, Int(places.positions[place]) / 64 == block {
                matches |= 1 << UInt64(places.positions[place] % 64)
                place += 1
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

/// For every symbol the places where it stands, ascending.
private struct SymbolPlaces {
    /// Where the places of each symbol begin in ``positions``, and after the last symbol the end.
    let starts: [Int]
    let positions: [Int32]

    init(_ symbols: [Int32], symbolCount: Int) {
        var starts = [Int](repeating: 0, count: symbolCount + 1)
        for symbol in symbols { starts[Int(symbol) + 1] += 1 }
        for index in 0..<symbolCount { starts[index + 1] += starts[index] }
        var next = starts
        var positions = [Int32](repeating: 0, count: symbols.count)
        for (position, symbol) in symbols.enumerated() {
            positions[next[Int(symbol)]] = Int32(truncatingIfNeeded: position)
            next[Int(symbol)] += 1
        }
        self.starts = starts
        self.positions = positions
    }
}
