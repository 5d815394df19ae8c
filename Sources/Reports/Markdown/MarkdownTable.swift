/// A table whose rows all have as many cells as its head.
struct MarkdownTable {
    /// How the cells of a column are set.
    enum Column {
        case left(Markdown)
        case right(Markdown)

        fileprivate var title: Markdown {
            switch self {
            case .left(let title), .right(let title): title
            }
        }

        fileprivate var rule: String {
            switch self {
            case .left: "---"
            case .right: "--:"
            }
        }
    }

    private let columns: [Column]
    private var rows: [[Markdown]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row.
    ///
    /// - Precondition: As many cells as columns.
    mutating func row(_ cells: [Markdown]) {
        precondition(cells.count == columns.count, "a row has one cell per column")
        rows.append(cells)
    }

    var text: String {
        let head = Self.line(columns.map(\.title.text))
        let rule = Self.line(columns.map(\.rule))
        return ([head, rule] + rows.map { Self.line($0.map(\.text)) }).joined(separator: "\n")
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
