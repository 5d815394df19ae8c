import Corpus

/// The name of a prompt, unique within a library.
public struct PromptID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The name as it stands in files and reports.
    public let rawValue: String

    /// Creates the identifier with the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The empty prompt, which always competes.
    public static let none = PromptID(rawValue: "none")

    /// The name.
    public var description: String { rawValue }

    /// Orders names by their code points.
    public static func < (first: PromptID, second: PromptID) -> Bool {
        first.rawValue.unicodeScalars.lexicographicallyPrecedes(second.rawValue.unicodeScalars)
    }

    /// Reads the name as a plain string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the name as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// What is put around a document's prefix, in tokens of one model.
///
/// A model is given ``before``, then the prefix, then ``after``, and the suffix is expected next. One arm of every
/// comparison is ``none(leading:)``.
public struct Elicitation: Codable, Hashable, Sendable {
    /// The name for reports.
    public let id: PromptID
    /// The tokens before the prefix; they include what the model's tokenizer puts before every text.
    public let before: [TokenID]
    /// The tokens between prefix and suffix.
    public let after: [TokenID]

    /// Creates an elicitation.
    public init(id: PromptID, before: [TokenID], after: [TokenID] = []) {
        self.id = id
        self.before = before
        self.after = after
    }

    /// The bare prefix.
    ///
    /// - Parameter leading: What the model's tokenizer puts before every text: models are trained to see it, and some
    ///   recite nothing without it.
    public static func none(leading: [TokenID]) -> Elicitation { Elicitation(id: .none, before: leading) }

    /// Everything that the model is given for a prefix.
    public func context(of prefix: some Sequence<TokenID>) -> [TokenID] { before + prefix + after }

    /// The number of tokens that are added to every prefix.
    public var tokenCount: Int { before.count + after.count }
}
