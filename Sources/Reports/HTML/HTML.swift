/// A piece of HTML that is well formed and safe by construction.
///
/// Every string that becomes HTML is text: a literal, an interpolated string and an attribute's value are escaped, and
/// characters without a shape are made visible first. Markup comes from ``element(_:_:_:)`` alone, whose names are not
/// strings; there is no way to insert markup that stands in a string.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// The markup.
    package let markup: String

    private init(markup: String) { self.markup = markup }

    /// Text of this program.
    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    /// Text, escaped.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - keepingLines: Whether line feeds and tabs stay as they are; otherwise they are made visible.
    ///   - limit: Most Unicode scalars of the text to show; what is left out is counted.
    package init(_ text: String, keepingLines: Bool = false, limit: Int = .max) {
        markup = Self.escaped(visible(text, keepingLines: keepingLines, limit: limit))
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { markup += HTML.escaped(literal) }

        package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        package mutating func appendInterpolation(_ text: String) { markup += HTML(text).markup }

        /// A count, with commas between thousands.
        package mutating func appendInterpolation(_ count: Int) { markup += ReportNumber.count(count) }
    }

    /// Nothing.
    package static let nothing = HTML(markup: "")

    /// Pieces one after the other.
    package static func joined(_ pieces: some Sequence<HTML>) -> HTML {
        var markup = ""
        for piece in pieces { markup += piece.markup }
        return HTML(markup: markup)
    }

    /// An element.
    ///
    /// - Parameters:
    ///   - tag: Its name.
    ///   - attributes: Its attributes.
    ///   - content: What it holds; an element that can hold nothing ignores it.
    package static func element(_ tag: HTMLTag, _ attributes: [HTMLAttribute] = [], _ content: HTML...) -> HTML {
        element(tag, attributes, content)
    }

    /// An element that holds the pieces of a list.
    package static func element(_ tag: HTMLTag, _ attributes: [HTMLAttribute] = [], _ content: [HTML]) -> HTML {
        var markup = "<" + tag.rawValue
        for attribute in attributes {
            markup += " \(attribute.name)=\"" + escaped(visible(attribute.value)) + "\""
        }
        markup += ">"
        if tag.isVoid { return HTML(markup: markup + (tag.endsLine ? "\n" : "")) }
        for piece in content { markup += piece.markup }
        return HTML(markup: markup + "</\(tag.rawValue)>" + (tag.endsLine ? "\n" : ""))
    }

    /// The page's own style sheet or script, whose hash the page's policy names.
    static func own(_ source: OwnSource) -> HTML {
        HTML(markup: "<\(source.tag)>\(source.text)</\(source.tag)>\n")
    }

    /// Data for the page's script, as JSON in an element that no browser runs.
    static func data(_ json: ScriptJSON, id: String) -> HTML {
        let id = escaped(id)
        return HTML(markup: "<script type=\"application/json\" id=\"\(id)\">\(json.text)</script>\n")
    }

    /// A whole document: the doctype before its root element.
    static func document(_ root: HTML) -> String { "<!DOCTYPE html>\n" + root.markup }

    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An attribute of an element: a name that a programmer wrote, and any value.
package struct HTMLAttribute: Sendable {
    let name: StaticString
    let value: String

    package init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A number with at most two decimals, as coordinates are written.
    package init(_ name: StaticString, _ value: Double) {
        self.init(name, ReportNumber.coordinate(value))
    }

    package static func `class`(_ names: String) -> HTMLAttribute { HTMLAttribute("class", names) }
    package static func id(_ id: String) -> HTMLAttribute { HTMLAttribute("id", id) }
}

/// The elements that reports are made of.
package enum HTMLTag: String, Sendable {
    case html, head, meta, title, body, header, main, nav, footer, section, div, p, ul, ol, li, a, span, strong, em,
        code
    case pre, table, caption, thead, tbody, tr, th, td, h1, h2, h3, h4, figure, figcaption, details, summary, noscript
    case label, input, button, output, dl, dt, dd, bdi, mark, time
    case svg, g, path, line, rect, circle, text, desc, polyline

    /// Whether the element has no end tag.
    fileprivate var isVoid: Bool { self == .meta || self == .input }

    /// Whether a line feed may follow, which shows nowhere and makes the source readable.
    fileprivate var endsLine: Bool {
        switch self {
        case .a, .span, .strong, .em, .code, .bdi, .mark, .time, .text, .label, .input, .button, .output: false
        default: true
        }
    }
}
