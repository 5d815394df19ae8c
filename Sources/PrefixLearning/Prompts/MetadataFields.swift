import Corpus

extension MetadataValue {
    /// The value as it stands in a prompt, or nil when there is nothing to show.
    ///
    /// Texts are shown as they were read, unless they hold white space alone; numbers without a needless fraction. Null,
    /// lists and objects have no such form.
    public var promptText: String? {
        switch self {
        case .string(let text): return text.allSatisfy(\.isWhitespace) ? nil : text
        case .number(let number): return Int64(exactly: number).map(String.init) ?? "\(number)"
        case .bool(let value): return value ? "true" : "false"
        case .json(let text):
            // Whole numbers that a double would round are kept as they were read.
            let isNumber = text.utf8.first.map { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) } ?? false
            return isNumber ? text : nil
        }
    }
}

/// Which metadata fields the documents of a corpus have.
public struct MetadataFields: Sendable {
    /// One field that at least one document has.
    public struct Field: Hashable, Sendable {
        /// The field's name.
        public let name: String
        /// The number of documents with a value that can stand in a prompt.
        public let documents: Int
        /// The number of documents whose value is a text, not a number or a truth value.
        public let texts: Int
        /// The number of characters of the longest value that can stand in a prompt.
        public let longestValue: Int
        /// The number of distinct values that can stand in a prompt.
        public let distinctValues: Int
    }

    /// Names that a template may use whether or not the corpus has the field.
    ///
    /// A prompt with such a name is left out of a corpus without the field; any other unknown name is taken for a
    /// mistake.
    public static let standardNames = ["title", "author", "date", "section", "source", "url"]

    /// The number of documents.
    public let documentCount: Int
    /// The fields, sorted by the bytes of their names.
    public let fields: [Field]

    /// Looks through the documents of a corpus, both arms together.
    ///
    /// - Complexity: O(number of entries).
    public init(of documents: some Sequence<Document>) {
        var documentCount = 0
        var tallies: [[UInt8]: Tally] = [:]
        for document in documents {
            documentCount += 1
            var seen: Set<[UInt8]> = []
            for entry in document.metadata.entries {
                // Of entries with one key, a lookup finds the first.
                let key = Array(entry.key.utf8)
                guard seen.insert(key).inserted, let text = entry.value.promptText else { continue }
                tallies[key, default: Tally(name: entry.key)].count(text, of: entry.value)
            }
        }
        self.documentCount = documentCount
        fields = tallies.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value.field)
    }

    private struct Tally {
        let name: String
        var documents = 0
        var texts = 0
        var longestValue = 0
        var values: Set<[UInt8]> = []

        init(name: String) { self.name = name }

        mutating func count(_ text: String, of value: MetadataValue) {
            documents += 1
            if case .string = value { texts += 1 }
            longestValue = max(longestValue, text.unicodeScalars.count)
            values.insert(Array(text.utf8))
        }

        var field: Field {
            Field(
                name: name, documents: documents, texts: texts, longestValue: longestValue,
                distinctValues: values.count)
        }
    }

    /// The field of a name, or nil when no document has it.
    public subscript(name: String) -> Field? { fields.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// The number of documents that lack a field.
    public func documentsWithout(_ name: String) -> Int { documentCount - (self[name]?.documents ?? 0) }
}

extension PromptTemplate {
    /// The fields that the prompt needs and a document lacks.
    public func missingFields(in metadata: Metadata) -> [String] {
        fields.filter { metadata[$0]?.promptText == nil }
    }

    /// Whether a document has everything that the prompt needs.
    public func applies(to metadata: Metadata) -> Bool { missingFields(in: metadata).isEmpty }
}
