/// A page under construction: blocks in their order, in no format yet.
package struct Page {
    /// A block of a page.
    package enum Block {
        /// A heading of level 1 to 6.
        case heading(Int, Phrase)
        /// A paragraph.
        case paragraph(Phrase)
        /// A list.
        case list([Phrase], numbered: Bool)
        /// A table.
        case table(PageTable)
        /// Foreign text, line by line as it is, and the most Unicode scalars to show of it.
        case fence(String, limit: Int)
    }

    private(set) var blocks: [Block]

    package init(blocks: [Block] = []) { self.blocks = blocks }

    /// Adds a heading of level 1 to 6.
    package mutating func heading(_ level: Int, _ title: Phrase) { blocks.append(.heading(level, title)) }

    /// Adds a paragraph; it has to begin with a literal, so that no foreign text decides what kind of block it is.
    package mutating func paragraph(_ content: Phrase) { blocks.append(.paragraph(content)) }

    /// Adds a list, unless it would be empty.
    package mutating func list(_ items: [Phrase], numbered: Bool = false) {
        if !items.isEmpty { blocks.append(.list(items, numbered: numbered)) }
    }

    /// Adds a table.
    package mutating func table(_ table: PageTable) { blocks.append(.table(table)) }

    /// Adds foreign text as a block of code, line by line as it is.
    ///
    /// - Parameters:
    ///   - content: The text.
    ///   - limit: Most Unicode scalars that are shown.
    package mutating func fence(_ content: String, limit: Int = .max) { blocks.append(.fence(content, limit: limit)) }
}
