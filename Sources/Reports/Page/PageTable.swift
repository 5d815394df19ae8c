/// A table whose rows all have as many cells as its head.
package struct PageTable {
    /// How the cells of a column are set.
    package enum Column {
        case left(Phrase)
        case right(Phrase)

        var title: Phrase {
            switch self {
            case .left(let title), .right(let title): title
            }
        }
    }

    let columns: [Column]
    private(set) var rows: [[Phrase]] = []

    package init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row.
    ///
    /// - Precondition: As many cells as columns.
    package mutating func row(_ cells: [Phrase]) {
        precondition(cells.count == columns.count, "a row has one cell per column")
        rows.append(cells)
    }
}
