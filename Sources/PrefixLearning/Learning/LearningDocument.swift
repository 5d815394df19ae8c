import Corpus
import Inference

/// A document that prefixes are learned from.
public struct LearningDocument: Sendable {
    /// The document's name and arm.
    public let name: ArmedDocument
    /// The document, for the metadata that headers may hold.
    public let document: Document
    /// The window that is scored: the bare prefix and the suffix expected after it.
    public let window: ForcingTarget
    /// The text of the window's prefix, which is all that a conditional choice may look at.
    public let opening: String

    /// Puts a learning document together.
    public init(
        name: ArmedDocument, document: Document, window: ForcingTarget, opening: String
    ) {
        self.name = name
        self.document = document
        self.window = window
        self.opening = opening
    }
}
