import Audit
import Overlap

/// A list of documents that a reader filters, pages through and opens; the page's script draws it from data.
///
/// However many documents there are, the page itself holds one page of rows and one open document.
package struct DocumentBrowser {
    /// What belongs to one document.
    package struct Entry {
        /// One cell per column.
        let cells: [String]
        let detail: Detail

        package init(cells: [String], detail: Detail) {
            self.cells = cells
            self.detail = detail
        }
    }

    /// What is shown of an opened document.
    package struct Detail: Encodable {
        let title: String
        let facts: [String]
        let windows: [Window]

        package init(title: String, facts: [String], windows: [Window]) {
            self.title = title
            self.facts = facts
            self.windows = windows
        }
    }

    /// What is shown of a window.
    package struct Window: Encodable {
        let title: String
        let facts: [String]
        let source: [Stretch]?
        let reply: [Stretch]?
        let notes: [String]
        /// The index of ``DocumentBrowser/requests`` that the prompt goes into.
        let request: Int?
        /// The token ids of the prompt, as they stand in the request's body.
        let prompt: String?

        package init(
            title: String, facts: [String], source: [Stretch]?, reply: [Stretch]?, notes: [String],
            request: Int? = nil, prompt: String? = nil
        ) {
            self.title = title
            self.facts = facts
            self.source = source
            self.reply = reply
            self.notes = notes
            self.request = request
            self.prompt = prompt
        }
    }

    /// A stretch of marked text: its kind in one letter, and the text.
    package struct Stretch: Encodable {
        let kind: Character
        let text: String

        package init(kind: Character, text: String) {
            self.kind = kind
            self.text = text
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(String(kind))
            try container.encode(text)
        }

        /// The stretches of a marked text, everything in it made visible.
        ///
        /// - Parameters:
        ///   - text: The text.
        ///   - limit: Most Unicode scalars of it to show.
        package static func all(of text: MarkedText, limit: Int) -> [Stretch] {
            var left = limit
            var stretches: [Stretch] = []
            for stretch in text.stretches where left > 0 {
                let kind: Character =
                    switch stretch.kind {
                    case .matched: "s"
                    case .nearMatched: "n"
                    case .missing: "m"
                    }
                stretches.append(Stretch(kind: kind, text: visible(stretch.text, keepingLines: true, limit: left)))
                left -= stretch.text.unicodeScalars.count
            }
            return stretches
        }
    }

    /// A column of the list.
    package struct Column {
        let title: String
        let isNumber: Bool

        package init(title: String, isNumber: Bool) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    /// Entries per data element.
    static let chunk = 50

    let caption: String
    let columns: [Column]
    let entries: [Entry]
    /// For each kind of request the shell words before a prompt's token ids, and what follows them.
    let requests: [[String]]

    package init(caption: String, columns: [Column], entries: [Entry], requests: [[String]] = []) {
        self.caption = caption
        self.columns = columns
        self.entries = entries
        self.requests = requests
    }

    /// What the script says in words.
    private struct Words: Encodable {
        let source = "Source"
        let reply = "Reply"
        let curl = "To ask again:"
    }

    private struct Index: Encodable {
        let rows: [[String]]
        let numbers: [Bool]
        let chunk: Int
        let requests: [[String]]
        let words = Words()
    }

    /// The static part: controls and an empty list, hidden until the script fills it.
    package var html: HTML {
        let head = columns.map { column in
            HTML.element(
                .th, [HTMLAttribute("scope", "col")] + (column.isNumber ? [.class("number")] : []), HTML(column.title))
        }
        return .joined([
            .element(
                .noscript, [],
                .element(
                    .p, [],
                    """
                    Without JavaScript the list of single documents is not shown. Everything above and below is complete; the \
                    same rows are in the CSV and JSON lines reports.
                    """)),
            .element(
                .div, [.id("browser"), HTMLAttribute("hidden", "hidden")],
                .element(
                    .p, [],
                    """
                    Tab to the list, then arrow keys, Page Up, Page Down, Home and End move, Enter opens a document, and \
                    Escape goes back to the list.
                    """),
                .element(
                    .div, [.class("bar")],
                    .element(
                        .div, [], .element(.label, [HTMLAttribute("for", "filter")], "Arm or name contains"),
                        .element(
                            .input,
                            [
                                .id("filter"), HTMLAttribute("type", "search"), HTMLAttribute("autocomplete", "off"),
                                HTMLAttribute("spellcheck", "false"),
                            ])),
                    .element(.button, [.id("previous"), HTMLAttribute("type", "button")], "Previous page"),
                    .element(.button, [.id("next"), HTMLAttribute("type", "button")], "Next page"),
                    .element(.output, [.id("count"), HTMLAttribute("aria-live", "polite")])),
                .element(
                    .div, [.id("rows-frame"), .class("scroll")],
                    .element(
                        .table, [HTMLAttribute("role", "grid")], .element(.caption, [], HTML(caption)),
                        .element(.thead, [], .element(.tr, [], head)), .element(.tbody, [.id("rows")]))),
                .element(
                    .div,
                    [
                        .id("document"), HTMLAttribute("tabindex", "-1"), HTMLAttribute("role", "region"),
                        HTMLAttribute("aria-label", "The opened document"),
                    ])),
        ])
    }

    /// The data elements.
    package func data() throws(CanonicalJSONError) -> [HTML] {
        let index = Index(
            rows: entries.map(\.cells), numbers: columns.map(\.isNumber), chunk: Self.chunk, requests: requests)
        var elements = [HTML.data(try ScriptJSON(index), id: "documents")]
        for (number, start) in stride(from: 0, to: entries.count, by: Self.chunk).enumerated() {
            let details = entries[start..<min(entries.count, start + Self.chunk)].map(\.detail)
            elements.append(.data(try ScriptJSON(details), id: "documents-\(number)"))
        }
        return elements
    }
}
