/// Finds the longest common runs inside a field: a stretch of the source and a stretch of the reply.
struct LevelSearch {
    private let symbols: SymbolPair
    private let places: SymbolPlaces
    /// For each place of the reply the visit that wrote it last and the length of the run it ends there.
    private var rows: [UInt64]
    /// Numbers the visited rows of all fields, with a gap between fields, so that ``rows`` need not be cleared.
    private var visit: UInt64 = 1

    init(symbols: SymbolPair, places: SymbolPlaces) {
        self.symbols = symbols
        self.places = places
        rows = Array(repeating: 0, count: symbols.reply.count + 1)
    }

    /// Returns the runs of the greatest length in a field that taking the first one, then the first one after it in both
    /// sequences, and so on, comes to.
    ///
    /// - Parameter field: The stretches to search, as a rectangle: its sides may differ in length.
    mutating func longestRuns(in field: CommonRun) -> [CommonRun] {
        longestRunsByPairs(in: field, budget: PairBudget.allowed(field.source.count, field.reply.count))
            ?? longestRunsByAutomaton(in: field)
    }

    /// Goes through the pairs of equal elements; nil when there are too many.
    mutating func longestRunsByPairs(in field: CommonRun, budget: Int) -> [CommonRun]? {
        places.starts.withUnsafeBufferPointer { starts in
            places.places.withUnsafeBufferPointer { ends in
                rows.withUnsafeMutableBufferPointer { rows in
                    Self.longestRunsByPairs(
                        in: field, budget: budget, source: symbols.source, starts, ends, rows, &visit)
                }
            }
        }
    }

    private static func longestRunsByPairs(
        in field: CommonRun, budget: Int, source: [Int32], _ starts: UnsafeBufferPointer<Int32>,
        _ places: UnsafeBufferPointer<Int32>, _ rows: UnsafeMutableBufferPointer<UInt64>, _ visit: inout UInt64
    ) -> [CommonRun]? {
        var best: UInt64 = 1
        var chosen: [CommonRun] = []
        var corner = (source: field.source.lowerBound, reply: field.reply.lowerBound)
        var seen = 0
        visit += 1
        for row in field.source {
            visit += 1
            let symbol = Int(source[row])
            guard symbol >= 0 else { continue }
            let first = Int(starts[symbol])
            var entry = Int(starts[symbol + 1])
            if entry > first, Int(places[entry - 1]) >= field.reply.upperBound {
                entry = Self.end(of: places, in: first..<entry, below: field.reply.upperBound)
            }
            /// The earliest place of the reply that ends a run of the best length behind the corner.
            var found = -1
            while entry > first {
                entry -= 1
                let place = Int(places[entry])
                guard place >= field.reply.lowerBound else { break }
                seen += 1
                var length: UInt64 = 1
                if place > field.reply.lowerBound {
                    let before = rows[place]
                    if before >> 32 == visit - 1 { length = (before & 0xFFFF_FFFF) + 1 }
                }
                rows[place + 1] = visit << 32 | length
                guard length >= best else { continue }
                if length > best {
                    best = length
                    chosen.removeAll(keepingCapacity: true)
                    corner = (field.source.lowerBound, field.reply.lowerBound)
                    found = place
                } else if row + 1 - Int(length) >= corner.source, place + 1 - Int(length) >= corner.reply {
                    found = place
                }
            }
            if found >= 0 {
                let length = Int(best)
                chosen.append(CommonRun(source: row + 1 - length..<row + 1, reply: found + 1 - length..<found + 1))
                corner = (row + 1, found + 1)
            }
            guard seen <= budget else { return nil }
        }
        return chosen
    }

    /// Reads both stretches through the suffix automaton of the reply's: in linear time, whatever they repeat.
    func longestRunsByAutomaton(in field: CommonRun) -> [CommonRun] {
        let source = symbols.source[field.source]
        let reply = symbols.reply[field.reply]
        let automaton = SuffixAutomaton(Array(reply), symbolCount: symbols.symbolCount)
        var reader = AutomatonReader()
        var best = 0
        for symbol in source {
            reader.read(symbol, in: automaton)
            best = max(best, reader.length)
        }
        guard best > 0 else { return [] }

        // A state stands for one run of a given length, so states tell which runs of the best length are equal.
        let replyRuns = Self.states(of: reply, runsOf: best, in: automaton)
        let sourceRuns = Self.states(of: source, runsOf: best, in: automaton)
        let ends = SymbolPlaces(replyRuns, symbolCount: automaton.longest.count)
        var next = ends.starts
        var chosen: [CommonRun] = []
        var corner = (source: field.source.lowerBound, reply: field.reply.lowerBound)
        for (offset, state) in sourceRuns.enumerated() where state >= 0 {
            let end = field.source.lowerBound + offset + 1
            guard end - best >= corner.source else { continue }
            // The corner only moves on, so passed places are passed for good.
            var entry = Int(next[Int(state)])
            let last = Int(ends.starts[Int(state) + 1])
            while entry < last, field.reply.lowerBound + Int(ends.places[entry]) + 1 - best < corner.reply {
                entry += 1
            }
            next[Int(state)] = Int32(truncatingIfNeeded: entry)
            guard entry < last else { continue }
            let replyEnd = field.reply.lowerBound + Int(ends.places[entry]) + 1
            chosen.append(CommonRun(source: end - best..<end, reply: replyEnd - best..<replyEnd))
            corner = (end, replyEnd)
        }
        return chosen
    }

    /// For every place the state of the run of the given length that ends with it; −1 where none does.
    private static func states(
        of symbols: ArraySlice<Int32>, runsOf length: Int, in automaton: SuffixAutomaton
    ) -> [Int32] {
        var reader = AutomatonReader()
        return symbols.map { symbol in
            reader.read(symbol, in: automaton)
            reader.shorten(to: length, in: automaton)
            return reader.length == length ? reader.state : -1
        }
    }

    /// The end of a symbol's places below a limit.
    private static func end(of places: UnsafeBufferPointer<Int32>, in range: Range<Int>, below limit: Int) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(places[middle]) < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
