/// One column of the table of edit distances, kept as differences of neighbours in bits and moved on 64 rows at a time
/// (Myers, 1999, in the form of Hyyrö, 2003).
struct EditColumns {
    /// The distance in the column's last row.
    private(set) var distance: Int

    /// Rows whose distance is one more, or one less, than the row's above.
    private var rises: [UInt64]
    private var falls: [UInt64]
    private let lastRow: UInt64
    private let places: SymbolBlocks

    /// Starts with the column before the first element: the *i*-th row has distance *i*.
    ///
    /// - Parameters:
    ///   - source: The elements of the rows; not empty.
    ///   - symbolCount: Symbols are below it; negative ones equal nothing.
    init(_ source: ArraySlice<Int32>, symbolCount: Int) {
        let blocks = (source.count + 63) / 64
        distance = source.count
        rises = Array(repeating: .max, count: blocks)
        falls = Array(repeating: 0, count: blocks)
        lastRow = 1 << UInt64((source.count - 1) % 64)
        places = SymbolBlocks(Array(source), symbolCount: symbolCount)
    }

    /// Moves to the column of the next element of the other sequence.
    mutating func advance(by symbol: Int32) {
        var next = symbol < 0 ? 0 : places.starts[Int(symbol)]
        let end = symbol < 0 ? 0 : places.starts[Int(symbol) + 1]
        // What the row above a block changed by: up or down by one, or not at all. Above all rows the distance is the
        // number of elements read, so it goes up.
        var enteringUp: UInt64 = 1
        var enteringDown: UInt64 = 0
        for block in rises.indices {
            var equal: UInt64 = 0
            if next < end, Int(places.blocks[next]) == block {
                equal = places.masks[next]
                next += 1
            }
            let rise = rises[block]
            let fall = falls[block]
            let vertical = equal | fall
            equal |= enteringDown
            let horizontal = (((equal & rise) &+ rise) ^ rise) | equal
            let up = fall | ~(horizontal | rise)
            let down = rise & horizontal
            if block == rises.count - 1 {
                if up & lastRow != 0 { distance += 1 }
                if down & lastRow != 0 { distance -= 1 }
            }
            let shiftedUp = up << 1 | enteringUp
            let shiftedDown = down << 1 | enteringDown
            enteringUp = up >> 63
            enteringDown = down >> 63
            rises[block] = shiftedDown | ~(vertical | shiftedUp)
            falls[block] = shiftedUp & vertical
        }
    }
}
