/// One column of the table of edit distances, kept as differences of neighbours in bits and moved on 64 rows at a time
/// (Myers, 1999, in the form of Hyyrö, 2003).
struct EditColumns {
    /// The distance in the column's last row.
    private(set) var distance: Int

    /// Rows whose distance is one more, or one less, than the row's above.
    private var changes: [(rises: UInt64, falls: UInt64)]
    private let lastRow: UInt64
    private let places: SymbolBlocks

    /// Starts with the column before the first element: the *i*-th row has distance *i*.
    ///
    /// - Parameters:
    ///   - source: The elements of the rows; not empty.
    ///   - symbolCount: Symbols are below it; negative ones equal nothing.
    init(_ source: ArraySlice<Int32>, symbolCount: Int) {
        distance = source.count
        changes = Array(repeating: (.max, 0), count: (source.count + 63) / 64)
        lastRow = 1 << UInt64((source.count - 1) % 64)
        places = SymbolBlocks(Array(source), symbolCount: symbolCount)
    }

    /// Moves to the column of the next element of the other sequence.
    mutating func advance(by symbol: Int32) {
        let change = changes.withUnsafeMutableBufferPointer { changes in
            Self.advance(changes, by: symbol, places: places, lastRow: lastRow)
        }
        distance += change
    }

    /// Moves all blocks on and returns by how much the last row's distance changes.
    private static func advance(
        _ changes: UnsafeMutableBufferPointer<(rises: UInt64, falls: UInt64)>, by symbol: Int32, places: SymbolBlocks,
        lastRow: UInt64
    ) -> Int {
        var next = symbol < 0 ? 0 : places.starts[Int(symbol)]
        let end = symbol < 0 ? 0 : places.starts[Int(symbol) + 1]
        // Whether the distance above a block goes up or down. Above all rows it is the number of elements read: up.
        var enteringUp: UInt64 = 1
        var enteringDown: UInt64 = 0
        var lastUp: UInt64 = 0
        var lastDown: UInt64 = 0
        for block in changes.indices {
            var equal: UInt64 = 0
            if next < end, Int(places.blocks[next]) == block {
                equal = places.masks[next]
                next += 1
            }
            let (rises, falls) = changes[block]
            let vertical = equal | falls
            equal |= enteringDown
            let horizontal = (((equal & rises) &+ rises) ^ rises) | equal
            let up = falls | ~(horizontal | rises)
            let down = rises & horizontal
            let shiftedUp = up << 1 | enteringUp
            let shiftedDown = down << 1 | enteringDown
            enteringUp = up >> 63
            enteringDown = down >> 63
            changes[block] = (shiftedDown | ~(vertical | shiftedUp), shiftedUp & vertical)
            (lastUp, lastDown) = (up, down)
        }
        return (lastUp & lastRow != 0 ? 1 : 0) - (lastDown & lastRow != 0 ? 1 : 0)
    }
}
