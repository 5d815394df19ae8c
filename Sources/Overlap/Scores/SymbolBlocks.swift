/// For every symbol the blocks of 64 places in which it stands, ascending, each with a bit for every place.
///
/// Empty blocks are left out, so memory stays linear whatever the number of symbols.
struct SymbolBlocks {
    /// Where each symbol's blocks begin in ``blocks`` and ``masks``, and after the last symbol the end.
    let starts: [Int]
    let blocks: [Int32]
    let masks: [UInt64]

    /// Lists the blocks of the symbols from zero on; negative ones stand nowhere.
    init(_ symbols: [Int32], symbolCount: Int) {
        var starts = [Int](repeating: 0, count: symbolCount + 1)
        var latestBlock = [Int32](repeating: -1, count: symbolCount)
        for (position, symbol) in symbols.enumerated() where symbol >= 0 {
            let block = Int32(truncatingIfNeeded: position / 64)
            guard latestBlock[Int(symbol)] != block else { continue }
            latestBlock[Int(symbol)] = block
            starts[Int(symbol) + 1] += 1
        }
        for symbol in 0..<symbolCount { starts[symbol + 1] += starts[symbol] }

        var ends = starts
        var blocks = [Int32](repeating: -1, count: starts[symbolCount])
        var masks = [UInt64](repeating: 0, count: blocks.count)
        for (position, symbol) in symbols.enumerated() where symbol >= 0 {
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
