import Corpus

/// A stretch of a document that stands in a prompt.
///
/// A prompt that holds a piece of what it is meant to bring out proves nothing, whatever the model answers.
public struct Leak: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was compared.
    public enum Unit: String, Hashable, Sendable {
        /// Tokens of one model.
        case tokens
        /// Words, in lower case and without punctuation.
        case words
    }

    /// The part of a prompt in which the stretch begins.
    public enum Part: String, Hashable, Sendable {
        /// Before the document's prefix.
        case beforePrefix = "before the prefix"
        /// Between the prefix and the suffix.
        case afterPrefix = "after the prefix"
    }

    /// The prompt.
    public let prompt: PromptID
    /// What was compared.
    public let unit: Unit
    /// The number of tokens or words that follow each other in both.
    public let length: Int
    /// The part of the prompt.
    public let part: Part
    /// Where the stretch begins in that part, in tokens or words from 0.
    public let offset: Int
    /// The document that has the stretch, too.
    public let document: ArmedDocument
    /// Where the stretch begins in the document, in tokens or words from 0.
    public let documentOffset: Int
    /// The stretch: words, or the numbers of tokens.
    public let stretch: String

    /// One line: where the stretch stands in both, and what to do.
    public var description: String {
        "prompt \(prompt): \(length) \(unit.rawValue) in a row (\(quoted(stretch)), from number \(offset) \(part.rawValue))"
            + " stand in the \(document.arm.rawValue) document \(quoted(document.document.rawValue)) from number "
            + "\(documentOffset) on; word the prompt differently, or leave it out"
    }
}
