extension Page {
    /// The page's blocks, without the frame around them.
    package var html: HTML { html(under: "") }

    /// The page's blocks.
    ///
    /// - Parameter title: The heading that the first of them stand under; tables are named by their heading.
    package func html(under title: String) -> HTML {
        var body: [HTML] = []
        var title = title
        for block in blocks {
            if case .heading(_, let phrase) = block { title = phrase.plain }
            body.append(block.html(under: title))
        }
        return .joined(body)
    }
}

extension Page.Block {
    /// The block as HTML.
    ///
    /// - Parameter title: The heading that the block stands under, which names a table.
    fileprivate func html(under title: String) -> HTML {
        switch self {
        case .heading(let level, let title): .element(Self.headingTag(level), [], title.html)
        case .paragraph(let content): .element(.p, [], content.html)
        case .list(let items, let numbered):
            .element(numbered ? .ol : .ul, [], items.map { .element(.li, [], $0.html) })
        case .table(let table): table.html(caption: HTML(title))
        case .fence(let content, let limit):
            .element(
                .pre, [HTMLAttribute("tabindex", "0")],
                .element(.code, [], .element(.bdi, [], HTML(content, keepingLines: true, limit: limit))))
        }
    }

    private static func headingTag(_ level: Int) -> HTMLTag {
        switch level {
        case ...1: .h1
        case 2: .h2
        case 3: .h3
        default: .h4
        }
    }
}

extension PageTable {
    /// The table as HTML; the first cell of a row names the row.
    ///
    /// - Parameter caption: What the table is about.
    func html(caption: HTML) -> HTML {
        let head = columns.map { column in
            HTML.element(.th, [HTMLAttribute("scope", "col")] + column.attributes, column.title.html)
        }
        let body = rows.map { row in
            HTML.element(
                .tr, [],
                zip(columns, row).enumerated().map { index, cell in
                    let (column, content) = cell
                    return index == 0
                        ? .element(.th, [HTMLAttribute("scope", "row")] + column.attributes, content.html)
                        : .element(.td, column.attributes, content.html)
                })
        }
        // A wide table scrolls within its frame, which has to be reachable without a mouse.
        return .element(
            .div,
            [
                .class("scroll"), HTMLAttribute("tabindex", "0"), HTMLAttribute("role", "group"),
                HTMLAttribute("aria-label", "Table"),
            ],
            .element(
                .table, [], .element(.caption, [], caption), .element(.thead, [], .element(.tr, [], head)),
                .element(.tbody, [], body)))
    }
}

extension PageTable.Column {
    fileprivate var attributes: [HTMLAttribute] {
        switch self {
        case .left: []
        case .right: [.class("number")]
        }
    }
}

extension Phrase {
    /// The phrase without marks, for names and captions.
    package var plain: String {
        parts.map { part in
            switch part {
            case .literal(let words): words.replacing("*", with: "")
            case .code(let foreign, let limit): visible(foreign, limit: limit)
            case .prose(let sentence): visible(sentence, limit: Self.proseLimit)
            }
        }.joined()
    }
}
