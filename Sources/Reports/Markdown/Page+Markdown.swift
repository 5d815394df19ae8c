extension Page {
    /// The page as CommonMark with tables: blocks with a blank line between them, and a line feed at the end.
    var markdown: String { blocks.map(\.markdown).joined(separator: "\n\n") + "\n" }
}

extension Page.Block {
    fileprivate var markdown: String {
        switch self {
        case .heading(let level, let title): String(repeating: "#", count: level) + " " + title.markdown
        case .paragraph(let content): content.markdown
        case .list(let items, let numbered):
            items.enumerated().map { index, item in "\(numbered ? "\(index + 1)." : "-") \(item.markdown)" }
                .joined(separator: "\n")
        case .table(let table): table.markdown
        case .fence(let content, let limit): Self.fenced(content, limit: limit)
        }
    }

    /// A fence is longer than any run of backticks within.
    private static func fenced(_ content: String, limit: Int) -> String {
        let shown = visible(content, keepingLines: true, limit: limit)
        let fence = String(repeating: "`", count: max(3, longestBacktickRun(shown) + 1))
        return "\(fence)text\n\(shown)\n\(fence)"
    }
}

extension PageTable {
    fileprivate var markdown: String {
        let head = Self.line(columns.map(\.title.markdown))
        let rule = Self.line(columns.map(\.rule))
        return ([head, rule] + rows.map { Self.line($0.map(\.markdown)) }).joined(separator: "\n")
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

extension PageTable.Column {
    fileprivate var rule: String {
        switch self {
        case .left: "---"
        case .right: "--:"
        }
    }
}
