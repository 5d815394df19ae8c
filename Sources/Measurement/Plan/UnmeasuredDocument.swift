import Audit
import Corpus

/// A document that does not take part in a measurement.
public struct UnmeasuredDocument: Codable, Hashable, Sendable {
    /// The arm that the document belongs to.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Why it does not take part.
    public let reason: Exclusion
}
