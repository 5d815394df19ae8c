/// One column of the table of edit distances, kept as differences of neighbours in bits and moved on 64 rows at a time
/// (Myers, 1999, in the form of Hyyrö, 2003).
///
/// Only a band of rows around the diagonal is looked at (Ukkonen, 1985). Outside it distances are taken as too large
/// rather than too small, so a result within the band's reach is exact.
struct EditColumns {
    /// The distance in the last row of the last block that was looked at.
    private(set) var distance = 0

    /// Rows whose distance is one more, or one less, than the row's above, by blocks of 64.
    private var changes: [(rises: UInt64, falls: UInt64)]
    private var column = 0
    /// The blocks that were looked at last.
    private var band = 0..<0
    private let reach: Int
    private let rowCount: Int
    private let places: SymbolBlocks

    /// Starts with the column before the first element: the *i*-th row has distance *i*.
    ///
    /// - Parameters:
    ///   - rows: The elements of the rows; not empty.
    ///   - places: Where each element stands among the rows.
    ///   - reach: How far from the diagonal rows are looked at; distances up to it come out exact.
    init(rows: Int, places: SymbolBlocks, reach: Int) {
        self.places = places
        self.reach = reach
        rowCount = rows
        changes = Array(repeating: (.max, 0), count: (rows + 63) / 64)
    }

    /// Moves to the column of the next element of the other sequence.
    mutating func advance(by symbol: Int32) {
        column += 1
        let first = min(max(0, column - reach - 1) / 64, changes.count - 1)
        let last = min((column - 1 + min(reach, rowCount)) / 64, changes.count - 1)
        // A block that enters the band below still has its first state: each row one more than the row above.
        for block in band.upperBound..<max(band.upperBound, last + 1) { distance += rows(in: block) }
        band = first..<last + 1
        let lastRow: UInt64 = 1 << UInt64(rows(in: last) - 1)
        distance += changes.withUnsafeMutableBufferPointer { changes in
            Self.advance(changes, in: first..<last + 1, by: symbol, places: places, lastRow: lastRow)
        }
    }

    private func rows(in block: Int) -> Int { min(64, rowCount - block * 64) }

    /// Moves blocks on and returns by how much the distance of the last one's last row changes.
    private static func advance(
        _ changes: UnsafeMutableBufferPointer<(rises: UInt64, falls: UInt64)>, in band: Range<Int>,
        by symbol: Int32, places: SymbolBlocks, lastRow: UInt64
    ) -> Int {
        var next = symbol < 0 ? 0 : places.starts[Int(symbol)]
        let end = symbol < 0 ? 0 : places.starts[Int(symbol) + 1]
        while next < end, Int(places.blocks[next]) < band.lowerBound { next += 1 }
        // Whether the distance above a block goes up or down. Above all rows it is the number of elements read: up.
        var enteringUp: UInt64 = 1
        var enteringDown: UInt64 = 0
        var lastUp: UInt64 = 0
        var lastDown: UInt64 = 0
        for block in band {
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
