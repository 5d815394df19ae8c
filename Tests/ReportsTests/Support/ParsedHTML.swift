/// What a browser makes of a page, as far as tests ask: its elements, attributes and text, read by rules of the HTML
/// standard for pages without errors and independent of the module under test.
struct ParsedHTML {
    struct Element {
        let tag: String
        let attributes: [String: String]
        /// The text directly and indirectly within.
        var text = ""
    }

    private(set) var elements: [Element] = []
    /// What a browser would have had to mend.
    private(set) var faults: [String] = []

    private static let void: Set = ["meta", "input"]
    private static let raw: Set = ["script", "style"]

    init(_ page: String) {
        var rest = Array(page.unicodeScalars)[...]
        var open: [Int] = []
        func take(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        while let start = rest.firstIndex(of: "<") {
            let text = Self.unescaped(take(rest[..<start]))
            for index in open { elements[index].text += text }
            rest = rest[(start + 1)...]
            if rest.first == "!" {
                if !take(rest.prefix(8)).lowercased().hasPrefix("!doctype") { faults.append("a comment") }
                rest = rest.drop { $0 != ">" }.dropFirst()
                continue
            }
            let isEnd = rest.first == "/"
            if isEnd { rest = rest.dropFirst() }
            let tag = take(rest.prefix { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
            rest = rest.dropFirst(tag.unicodeScalars.count)
            if tag.isEmpty { faults.append("a bare < before \(take(rest.prefix(20)))") }
            if isEnd {
                if open.popLast().map({ elements[$0].tag }) != tag { faults.append("</\(tag)> closes something else") }
                rest = rest.drop { $0 != ">" }.dropFirst()
                continue
            }
            var attributes: [String: String] = [:]
            while let next = rest.first, next != ">" {
                rest = rest.drop { $0 == " " }
                let name = take(rest.prefix { $0 != "=" && $0 != ">" && $0 != " " })
                rest = rest.dropFirst(name.unicodeScalars.count)
                guard rest.first == "=", rest.dropFirst().first == "\"" else {
                    if !name.isEmpty { faults.append("attribute \(name) of \(tag) has no quoted value") }
                    break
                }
                rest = rest.dropFirst(2)
                let value = rest.prefix { $0 != "\"" }
                if attributes.updateValue(Self.unescaped(take(value)), forKey: name) != nil {
                    faults.append("attribute \(name) of \(tag) twice")
                }
                rest = rest[value.endIndex...].dropFirst()
            }
            if rest.first != ">" { faults.append("<\(tag) is not closed") }
            rest = rest.dropFirst()
            elements.append(Element(tag: tag, attributes: attributes))
            if Self.raw.contains(tag) {
                let end = Array("</\(tag)".unicodeScalars)
                let length =
                    rest.indices.first { rest[$0...].starts(with: end) }.map { $0 - rest.startIndex } ?? rest.count
                elements[elements.count - 1].text = take(rest.prefix(length))
                rest = rest.dropFirst(length)
                open.append(elements.count - 1)
            } else if !Self.void.contains(tag) {
                open.append(elements.count - 1)
            }
        }
        if !open.isEmpty { faults.append("unclosed: \(open.map { elements[$0].tag })") }
    }

    func all(_ tag: String) -> [Element] { elements.filter { $0.tag == tag } }

    static func unescaped(_ text: String) -> String {
        // Byte by byte: a character of Swift may hold the end of a reference and an accent after it.
        var bytes = Array(text.utf8)
        for (reference, scalar) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            bytes.replace(reference.utf8, with: scalar.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
