/// For every place of a source the longest run that ends there and stands in the reply, at its earliest place.
struct EndingRuns: Equatable {
    private(set) var lengths: [Int32]
    private(set) var replyPlaces: [Int32]

    /// Goes through all pairs of equal elements, row by row of the source.
    ///
    /// - Complexity: O(*n* + *m* + pairs).
    init(pairsOf symbols: SymbolPair, places: SymbolPlaces) {
        var lengths = [Int32](repeating: 0, count: symbols.source.count)
        var replyPlaces = [Int32](repeating: -1, count: symbols.source.count)
        // For each place of the reply the row that wrote it last, plus one, and the length of the run it ends there.
        var rows = [UInt64](repeating: 0, count: symbols.reply.count + 1)
        lengths.withUnsafeMutableBufferPointer { lengths in
            replyPlaces.withUnsafeMutableBufferPointer { replyPlaces in
                rows.withUnsafeMutableBufferPointer { rows in
                    Self.fill(lengths, replyPlaces, rows, source: symbols.source, places: places)
                }
            }
        }
        self.lengths = lengths
        self.replyPlaces = replyPlaces
    }

    private static func fill(
        _ lengths: UnsafeMutableBufferPointer<Int32>, _ replyPlaces: UnsafeMutableBufferPointer<Int32>,
        _ rows: UnsafeMutableBufferPointer<UInt64>, source: [Int32], places: SymbolPlaces
    ) {
        for row in source.indices where source[row] >= 0 {
            let symbol = Int(source[row])
            let first = Int(places.starts[symbol])
            var entry = Int(places.starts[symbol + 1])
            var best: UInt64 = 0
            var bestPlace: Int32 = -1
            // Downwards, so that the cell to the left still belongs to the row before.
            while entry > first {
                entry -= 1
                let place = places.places[entry]
                let before = rows[Int(place)]
                let length = before >> 32 == UInt64(row) ? (before & 0xFFFF_FFFF) + 1 : 1
                rows[Int(place) + 1] = UInt64(row + 1) << 32 | length
                if length >= best { (best, bestPlace) = (length, place) }
            }
            lengths[row] = Int32(truncatingIfNeeded: best)
            replyPlaces[row] = bestPlace
        }
    }

    /// Reads the source through the suffix automaton of the reply.
    ///
    /// - Complexity: Expected O(*n* + *m*).
    init(automatonOf symbols: SymbolPair) {
        lengths = Array(repeating: 0, count: symbols.source.count)
        replyPlaces = Array(repeating: -1, count: symbols.source.count)
        let automaton = SuffixAutomaton(symbols.reply, symbolCount: symbols.symbolCount)
        var reader = AutomatonReader()
        for (place, symbol) in symbols.source.enumerated() {
            reader.read(symbol, in: automaton)
            lengths[place] = Int32(truncatingIfNeeded: reader.length)
            replyPlaces[place] = reader.length == 0 ? -1 : automaton.firstEnd[Int(reader.state)] - 1
        }
    }
}

/// The longest suffix of what was read so far that an automaton accepts.
struct AutomatonReader {
    private(set) var state: Int32 = 0
    private(set) var length = 0

    /// Reads one symbol.
    mutating func read(_ symbol: Int32, in automaton: borrowing SuffixAutomaton) {
        guard symbol >= 0 else {
            (state, length) = (0, 0)
            return
        }
        while true {
            if let next = automaton.successor(of: state, by: symbol) {
                state = next
                length += 1
                return
            }
            let link = automaton.suffixLink[Int(state)]
            guard link >= 0 else { return }
            state = link
            length = Int(automaton.longest[Int(link)])
        }
    }

    /// Forgets all but the last symbols.
    mutating func shorten(to limit: Int, in automaton: borrowing SuffixAutomaton) {
        length = min(length, limit)
        while true {
            let link = automaton.suffixLink[Int(state)]
            guard link >= 0, Int(automaton.longest[Int(link)]) >= length else { return }
            state = link
        }
    }
}
