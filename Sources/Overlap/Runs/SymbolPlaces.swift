/// For every symbol the places at which it stands in a sequence, ascending.
struct SymbolPlaces {
    /// Where each symbol's places begin in ``places``, and after the last symbol the end.
    let starts: [Int32]
    let places: [Int32]

    /// Lists the places of the symbols from zero on; negative ones stand nowhere.
    init(_ symbols: [Int32], symbolCount: Int) {
        var starts = [Int32](repeating: 0, count: symbolCount + 1)
        for symbol in symbols where symbol >= 0 { starts[Int(symbol) + 1] += 1 }
        for symbol in 0..<symbolCount { starts[symbol + 1] += starts[symbol] }
        var ends = starts
        var places = [Int32](repeating: 0, count: Int(starts[symbolCount]))
        for (place, symbol) in symbols.enumerated() where symbol >= 0 {
            places[Int(ends[Int(symbol)])] = Int32(truncatingIfNeeded: place)
            ends[Int(symbol)] += 1
        }
        self.starts = starts
        self.places = places
    }

    /// How many places of the sequence hold the same symbol as a place of the other one, summed over the other's places.
    func pairCount(with symbols: [Int32]) -> Int {
        symbols.reduce(0) { sum, symbol in
            symbol < 0 ? sum : sum + Int(starts[Int(symbol) + 1] - starts[Int(symbol)])
        }
    }
}
