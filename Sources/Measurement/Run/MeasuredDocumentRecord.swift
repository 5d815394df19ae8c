import Audit
import Corpus
import Inference
import Overlap

/// A document that is measured, without its text.
public struct MeasuredDocumentRecord: Codable, Hashable, Sendable {
    /// The journal's kind for this record.
    static let kind = "document"

    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// SHA-256 of its text as it was read, so that models are compared on the same documents.
    public let sha256: String
    /// Length in tokens.
    public let tokens: Int
    /// Length in words, after normalisation.
    public let words: Int
    /// How many of the words never count.
    public let maskedWords: Int
    /// How many of the words stand inside quotation marks.
    public let quotedWords: Int
    /// Number of windows.
    public let windows: Int
    /// Its further fields, as text.
    public let fields: [String: String]

    init(_ document: MeasuredDocument, source: SourceText) {
        arm = document.arm
        self.document = document.document.id
        sha256 = sha256Hex(document.document.text.utf8)
        tokens = document.tokens.tokens.count
        words = source.compared.words.count
        maskedWords = source.compared.mask.maskedCount
        quotedWords = source.isQuoted.count { $0 }
        windows = document.windows.count
        fields = Dictionary(
            document.document.metadata.entries.map { ($0.key, $0.value.fieldText) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension MetadataValue {
    /// The value as it is shown and grouped by: text as it is, whole numbers without a fraction, the rest as JSON.
    fileprivate var fieldText: String {
        switch self {
        case .string(let text): text
        case .number(let number):
            if let whole = Int(exactly: number) { String(whole) } else { String(number) }
        case .bool(let truth): truth ? "true" : "false"
        case .json(let json): json
        }
    }
}
