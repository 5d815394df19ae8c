/// The tags of a page, read by simple rules of its own: every `<` must begin a tag or end one.
struct PageScan {
    /// A start tag.
    struct Tag {
        let name: String
        let attributes: String
        /// What follows, as far as the next `<`.
        let text: String
    }

    private(set) var tags: [Tag] = []
    /// Tags that no report has, and bare brackets.
    private(set) var strayTags: [String] = []

    private static let own: Set = [
        "html", "head", "meta", "title", "style", "script", "body", "a", "nav", "ul", "ol", "li", "main", "header",
        "div", "p", "dl", "dt", "dd", "strong", "em", "code", "bdi", "section", "h1", "h2", "h3", "h4", "figure",
        "figcaption", "svg", "desc", "g", "line", "path", "rect", "circle", "text", "details", "summary", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "pre", "mark", "noscript", "label", "input", "button",
        "output", "footer",
    ]

    init(_ page: String) {
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            // The script's own text holds comparisons; its end is the next closing tag.
            if let last = tags.last, last.name == "script", !rest.hasPrefix("/script") { continue }
            guard let end = rest.firstIndex(of: ">") else {
                strayTags.append(String(rest.prefix(20)))
                return
            }
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") || tag == "!DOCTYPE html" {
                if tag == "/script", let last = tags.popLast() {
                    tags.append(Tag(name: "script ended", attributes: last.attributes, text: last.text))
                }
                continue
            }
            let name = String(tag.prefix { $0 != " " })
            if !Self.own.contains(name) { strayTags.append(String(tag.prefix(40))) }
            let text = rest.prefix { $0 != "<" }
            tags.append(Tag(name: name, attributes: String(tag.dropFirst(name.count)), text: String(text)))
        }
    }

    var scripts: [Tag] { tags.filter { $0.name == "script ended" } }

    var ids: [Substring] {
        tags.flatMap { $0.attributes.split(separator: " ").filter { $0.hasPrefix("id=\"") } }
    }
}
