/// A piece of Markdown that stands within one line.
///
/// A literal is trusted, because a programmer wrote it. A `String` cannot be interpolated as it is: whoever puts text
/// into a report has to say whether it is shown as `code`, or is `prose` written by this program about foreign things.
/// So no document, reply, file name or server can bring markup of its own.
struct Markdown: Sendable, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ part: Markdown) { appendApart(part.text, to: &text) }

        /// A count, with commas between thousands.
        mutating func appendInterpolation(_ count: Int) { text += ReportNumber.count(count) }

        /// Foreign text, exactly as it is apart from what has no shape.
        mutating func appendInterpolation(code: String, limit: Int = CodeSpan.limit) {
            appendApart(CodeSpan(code, limit: limit).text, to: &text)
        }

        /// A sentence that may name foreign things, or a number in words.
        mutating func appendInterpolation(prose: String) { appendApart(Prose(prose).text, to: &text) }
    }
}

extension Markdown {
    /// Foreign text, exactly as it is apart from what has no shape.
    static func code(_ text: String) -> Markdown { "\(code: text)" }

    /// A sentence that may name foreign things, or a number in words.
    static func prose(_ text: String) -> Markdown { "\(prose: text)" }
}
