/// A page of Markdown under construction: blocks with a blank line between them.
struct MarkdownPage {
    private var blocks: [String] = []

    /// The page, ending with a line feed.
    var text: String { blocks.joined(separator: "\n\n") + "\n" }

    /// Adds a heading of level 1 to 6.
    mutating func heading(_ level: Int, _ title: Markdown) {
        blocks.append(String(repeating: "#", count: level) + " " + title.text)
    }

    /// Adds a paragraph; it has to begin with a literal, so that no foreign text decides what kind of block it is.
    mutating func paragraph(_ content: Markdown) {
        blocks.append(content.text)
    }

    /// Adds a list.
    mutating func list(_ items: [Markdown], numbered: Bool = false) {
        guard !items.isEmpty else { return }
        blocks.append(
            items.enumerated().map { index, item in "\(numbered ? "\(index + 1)." : "-") \(item.text)" }
                .joined(separator: "\n"))
    }

    /// Adds a table.
    mutating func table(_ table: MarkdownTable) {
        blocks.append(table.text)
    }

    /// Adds foreign text as a fenced code block, line by line as it is; the fence is longer than any run of backticks in it.
    ///
    /// - Parameters:
    ///   - content: The text.
    ///   - limit: Most Unicode scalars that are shown.
    mutating func fence(_ content: String, limit: Int = .max) {
        let shown = visible(content, keepingLines: true, limit: limit)
        let fence = String(repeating: "`", count: max(3, longestBacktickRun(shown) + 1))
        blocks.append("\(fence)text\n\(shown)\n\(fence)")
    }
}
