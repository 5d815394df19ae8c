/// A text with places in braces: `{prefix}` for the document's prefix and `{name}` for its metadata.
///
/// `{{` and `}}` stand for single braces.
public struct TemplateText: Hashable, Sendable {
    /// One part of the text.
    public enum Part: Hashable, Sendable {
        /// Text that stands for itself, braces undoubled.
        case literal(String)
        /// The place of the document's prefix.
        case prefix
        /// The place of the value of a metadata field.
        case field(String)
    }

    /// The name of the place of the prefix.
    public static let prefixName = "prefix"
    /// The longest name of a place, in characters.
    static let longestName = 60

    /// The parts in order; no two literals follow each other and none is empty.
    public let parts: [Part]

    /// Joins parts; neighbouring literals become one.
    public init(parts: [Part]) {
        var joined: [Part] = []
        for part in parts {
            switch (joined.last, part) {
            case (_, .literal("")): continue
            case (.literal(let before), .literal(let text)): joined[joined.count - 1] = .literal(before + text)
            default: joined.append(part)
            }
        }
        self.parts = joined
    }

    /// A text without places.
    public init(literal: String) { self.init(parts: [.literal(literal)]) }

    /// Reads the written form.
    ///
    /// - Throws: ``PromptProblem`` for an unclosed or stray brace and for a name that no field has: names begin with a
    ///   letter or `_` and go on with letters, digits, `_`, `-` and `.`.
    /// - Complexity: O(*n*).
    public init(parsing written: String) throws(PromptProblem) {
        var parts: [Part] = []
        var literal = String.UnicodeScalarView()
        var rest = written.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                literal.append(scalar)
            case "}":
                throw .strayBrace(after: String(String.UnicodeScalarView(literal.suffix(20))))
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw .unclosedBrace(before: String(String.UnicodeScalarView(rest.prefix(20))))
                }
                let name = String(rest[..<end])
                guard Self.isName(name) else { throw .oddPlaceholder(String(name.prefix(80))) }
                rest = rest[rest.index(after: end)...]
                parts.append(.literal(String(literal)))
                literal = String.UnicodeScalarView()
                parts.append(name == Self.prefixName ? .prefix : .field(name))
            default:
                literal.append(scalar)
            }
        }
        parts.append(.literal(String(literal)))
        self.init(parts: parts)
    }

    /// Whether a metadata field of this name can stand in a template.
    public static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, name.unicodeScalars.count <= longestName else { return false }
        return (first.properties.isAlphabetic || first == "_")
            && name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType == .decimal || "_-.".unicodeScalars.contains($0)
            }
    }

    /// The written form, braces doubled; reading it gives an equal text.
    public var written: String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal):
                for scalar in literal.unicodeScalars {
                    text.unicodeScalars.append(scalar)
                    if scalar == "{" || scalar == "}" { text.unicodeScalars.append(scalar) }
                }
            case .prefix: text += "{\(Self.prefixName)}"
            case .field(let name): text += "{\(name)}"
            }
        }
        return text
    }

    /// The number of places of the prefix.
    var prefixCount: Int { parts.count { $0 == .prefix } }

    /// The names of the metadata fields, in the order of the text, repeats included.
    var fieldNames: [String] {
        parts.compactMap { part in
            if case .field(let name) = part { name } else { nil }
        }
    }

    /// Whether the text says nothing of itself: no part, or white space alone.
    var isBlank: Bool {
        parts.allSatisfy { part in
            if case .literal(let text) = part { text.allSatisfy(\.isWhitespace) } else { false }
        }
    }

    /// The parts before and after the place of the prefix; everything is before it when there is none.
    var aroundPrefix: (before: [Part], after: [Part]) {
        guard let place = parts.firstIndex(of: .prefix) else { return (parts, []) }
        return (Array(parts[..<place]), Array(parts[(place + 1)...]))
    }

    /// Compares the bytes of the parts.
    ///
    /// `String` also calls canonically equivalent spellings equal, whose tokens differ.
    public static func == (left: TemplateText, right: TemplateText) -> Bool {
        left.written.utf8.elementsEqual(right.written.utf8)
    }

    /// Feeds the bytes of the written form to a hasher.
    public func hash(into hasher: inout Hasher) {
        for byte in written.utf8 { hasher.combine(byte) }
    }
}
