/// A table of text with aligned columns, the first to the left and the others to the right.
struct TextTable {
    /// One row of cells.
    struct Row {
        let cells: [String]

        init(_ cells: [String]) { self.cells = cells }
    }

    private let rows: [Row]

    /// Creates a table; rows may have fewer cells than the first.
    init(_ rows: [Row]) { self.rows = rows }

    /// The lines of the table, without trailing spaces.
    var lines: [String] {
        let columns = rows.map(\.cells.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.cells.count ? $0.cells[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.cells.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + space : "  " + space + cell
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
