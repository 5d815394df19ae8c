import Corpus
import Randomness

/// Makes prompts out of the metadata that the documents of a corpus have.
///
/// Articles are published under headlines, names and dates, and a model that was trained on them may have seen them
/// there.
public struct MetadataHeaders: Sendable {
    /// The headers, in a random order that the seed fixes.
    public let prompts: [PromptTemplate]
    /// The fields that could not be used, and why.
    public let notices: [PromptNotice]

    /// The longest value that is a header, in characters; longer ones are texts.
    static let longestValue = 300
    /// The most fields of one header.
    static let mostFields = 3
    /// The most fields that are combined; with more, those of the standard names come first.
    static let mostCombined = 6

    /// Assembles headers.
    ///
    /// Only fields that every document has are used, because a prompt has to be the same for all. Beside the standard
    /// names these are fields of texts: numbers and truth values are counts and marks of whoever made the corpus, and
    /// may tell the arms apart. A field with one and the same value throughout (the name of the newspaper) is used like
    /// the others.
    ///
    /// - Parameters:
    ///   - fields: The fields of all documents, both arms together.
    ///   - seed: The seed of the order.
    ///   - limit: The most headers.
    public init(from fields: MetadataFields, seed: UInt64, limit: Int = 24) {
        let usable = fields.fields.filter { field in
            TemplateText.isName(field.name) && field.longestValue <= Self.longestValue
                && (field.texts == field.documents || Self.isStandard(field.name))
        }
        let complete = usable.filter { $0.documents == fields.documentCount }
        // A field that most documents have is worth a word; one that few have is nothing to miss.
        notices = usable.filter { $0.documents < fields.documentCount && $0.documents * 2 > fields.documentCount }
            .map { .incompleteField($0.name, documents: fields.documentsWithout($0.name), of: fields.documentCount) }
        let names = complete.map(\.name).filter { $0 != TemplateText.prefixName }
        let combined = Array(
            (names.filter(Self.isStandard) + names.filter { !Self.isStandard($0) }).prefix(Self.mostCombined))
        var candidates: [PromptTemplate] = []
        var seen: Set<PromptID> = []
        for chosen in Self.choices(of: combined) {
            for layout in Layout.allCases {
                guard let prompt = layout.prompt(of: chosen), seen.insert(prompt.id).inserted else { continue }
                candidates.append(prompt)
            }
        }
        var generator = SeededGenerator(seed: seed, stream: "metadata-headers")
        candidates.shuffle(with: &generator)
        prompts = Array(candidates.prefix(max(0, limit)))
    }

    private static func isStandard(_ name: String) -> Bool { MetadataFields.standardNames.contains(name) }

    /// All ordered choices of at most ``mostFields`` names.
    private static func choices(of names: [String]) -> [[String]] {
        var all: [[String]] = []
        var last: [[String]] = [[]]
        for _ in 0..<mostFields {
            last = last.flatMap { chosen in names.filter { !chosen.contains($0) }.map { chosen + [$0] } }
            all += last
        }
        return all
    }

    /// How the fields of a header are set.
    private enum Layout: String, CaseIterable {
        /// One value a line, an author after "By".
        case lines
        /// One `Name: value` a line.
        case labelled
        /// The front matter of a static page.
        case frontMatter = "front-matter"

        func prompt(of names: [String]) -> PromptTemplate? {
            var parts: [TemplateText.Part] = []
            if self == .frontMatter { parts.append(.literal("---\n")) }
            for name in names {
                switch self {
                case .lines: parts.append(.literal(name == "author" ? "By " : ""))
                case .labelled: parts.append(.literal(name.prefix(1).uppercased() + name.dropFirst() + ": "))
                case .frontMatter: parts.append(.literal(name + ": "))
                }
                parts += [.field(name), .literal("\n")]
            }
            parts.append(.literal(self == .frontMatter ? "---\n\n" : "\n"))
            parts.append(.prefix)
            let slug = names.map(Self.slug).joined(separator: "-")
            let id = self == .lines ? "metadata.\(slug)" : "metadata.\(rawValue).\(slug)"
            // Names of fields can be too long or too odd for an id.
            return try? PromptTemplate(
                id: PromptID(rawValue: id), content: .completion(TemplateText(parts: parts)),
                note: "Made from the fields of the corpus.")
        }

        private static func slug(_ name: String) -> String {
            String(
                name.lowercased().unicodeScalars.map {
                    $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "_"
                })
        }
    }
}
