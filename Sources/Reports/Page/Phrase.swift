/// A piece of a report that stands within one line: words of this program with foreign things in them.
///
/// A literal is trusted, because a programmer wrote it; `*` and `**` in it mark emphasis. A `String` cannot be
/// interpolated as it is: whoever puts text into a report has to say whether it is shown as `code`, or is `prose` written
/// by this program about foreign things. So no document, reply, file name or server can bring markup of its own, in
/// whatever format the phrase is written.
package struct Phrase: Sendable, ExpressibleByStringInterpolation {
    /// What a phrase is made of.
    package enum Part: Sendable {
        /// Words of a programmer.
        case literal(String)
        /// Foreign text, exactly as it is apart from what has no shape, and the most Unicode scalars to show of it.
        case code(String, limit: Int)
        /// A sentence that may name foreign things.
        case prose(String)
    }

    /// Most Unicode scalars of foreign text that are shown.
    package static let codeLimit = 240
    /// Most Unicode scalars of a sentence that are shown.
    package static let proseLimit = 4000

    let parts: [Part]

    package init(stringLiteral value: String) { parts = [.literal(value)] }

    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.literal(literal)) }
        }

        package mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }

        /// A count, with commas between thousands.
        package mutating func appendInterpolation(_ count: Int) { parts.append(.literal(ReportNumber.count(count))) }

        /// Foreign text, exactly as it is apart from what has no shape.
        package mutating func appendInterpolation(code: String, limit: Int = Phrase.codeLimit) {
            parts.append(.code(code, limit: limit))
        }

        /// A sentence that may name foreign things, or a number in words.
        package mutating func appendInterpolation(prose: String) { parts.append(.prose(prose)) }
    }
}

extension Phrase {
    /// Foreign text, exactly as it is apart from what has no shape.
    package static func code(_ text: String) -> Phrase { "\(code: text)" }

    /// A sentence that may name foreign things, or a number in words.
    package static func prose(_ text: String) -> Phrase { "\(prose: text)" }
}
