/// Comma-separated values as RFC 4180 describes them: CR LF after every record, quotation marks where they are needed.
///
/// Spreadsheet programs take a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula. A foreign
/// text that begins with one of them, with its full-width form, or with an apostrophe gets an apostrophe before it; so
/// whoever reads the file by program takes one leading apostrophe away. Numbers of this program are left alone. A zero
/// byte, which ends a text for many readers, is written as U+FFFD.
struct CSVTable {
    /// A cell.
    enum Cell {
        /// Foreign text.
        case text(String)
        /// A word or a number of this program.
        case value(String)
        /// Nothing.
        case empty

        static func number(_ value: Int?) -> Cell { value.map { .value(String($0)) } ?? .empty }
        static func number(_ value: Double?) -> Cell {
            value.flatMap { $0.isFinite ? .value($0.description) : nil } ?? .empty
        }
        static func flag(_ value: Bool?) -> Cell { value.map { .value($0 ? "true" : "false") } ?? .empty }
        static func text(_ value: String?) -> Cell { value.map { .text($0) } ?? .empty }
    }

    private(set) var text = ""
    private let columns: Int

    /// Starts with the names of the columns.
    init(_ head: [Cell]) {
        columns = head.count
        row(head)
    }

    /// Adds a record.
    ///
    /// - Precondition: As many cells as columns.
    mutating func row(_ cells: [Cell]) {
        precondition(cells.count == columns, "a record has one cell per column")
        text += cells.map(Self.written).joined(separator: ",") + "\r\n"
    }

    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}",
    ]

    private static func written(_ cell: Cell) -> String {
        switch cell {
        case .empty: return ""
        case .value(let value): return quoted(value)
        case .text(let foreign):
            let whole = String(String.UnicodeScalarView(foreign.unicodeScalars.map { $0 == "\0" ? "\u{fffd}" : $0 }))
            let isRisky = whole.unicodeScalars.first.map(formulaStarts.contains) ?? false
            return quoted(isRisky ? "'" + whole : whole)
        }
    }

    private static func quoted(_ value: String) -> String {
        let needsQuotes = value.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0a || byte == 0x0d
        }
        let isPadded = value.utf8.first == 0x20 || value.utf8.last == 0x20
        guard needsQuotes || isPadded else { return value }
        let doubled = value.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\"\"")
        return "\"" + doubled + "\""
    }
}
