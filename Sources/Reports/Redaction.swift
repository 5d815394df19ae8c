import Audit
import Corpus

/// Whether a report may hold texts.
///
/// A report without texts holds no piece of a document or a reply, so that it can be given to somebody who must not have
/// them. Texts are replaced by lengths and hashes; names of documents and files and values of metadata by hashes, because
/// a name is often a headline; token ids are left out, because they spell the text, and so are error texts of servers,
/// which may quote it. The command line stays as it was typed.
public enum Redaction: String, Sendable, Hashable, CaseIterable {
    /// Texts are shown.
    case none
    /// No text is shown.
    case texts

    /// Whether texts are left out.
    package var isActive: Bool { self == .texts }

    /// A document's name, or what stands for it.
    package func name(_ document: DocumentID) -> String { word(document.rawValue) }

    /// A name or a metadata value, or what stands for it: the same for the same text.
    package func word(_ text: String) -> String {
        isActive && !text.isEmpty ? "sha256:" + sha256Hex(text.utf8).prefix(16) : text
    }

    /// Metadata fields, or what stands for them.
    package func fields(_ fields: [String: String]) -> [String: String] {
        guard isActive else { return fields }
        return Dictionary(fields.map { (word($0.key), word($0.value)) }) { first, _ in first }
    }

    /// An error text of somebody else, or what stands for it.
    package func error(_ text: String) -> String {
        isActive ? "(error text of \(text.utf8.count) bytes left out)" : text
    }
}
