import Corpus

/// Where a candidate came from.
public enum CandidateOrigin: String, Codable, Hashable, Sendable {
    /// A prompt file.
    case curated
    /// The corpus' metadata.
    case metadata
    /// Texts that the model under test begins by itself.
    case openings
    /// A better candidate, with some tokens changed.
    case edits
    /// A language model that was asked for headers.
    case inducer
}

/// Something to put around prefixes that may make the model remember.
public struct Candidate: Hashable, Sendable {
    /// The name under which it competes.
    public let id: PromptID
    /// Where it came from.
    public let origin: CandidateOrigin
    /// Its text, which can be rendered for other documents and models.
    public let template: PromptTemplate
    /// Its tokens, when they are the same for all documents.
    public let common: Elicitation?
    /// Its tokens for each document, when the document's metadata stand in it.
    public let own: [ArmedDocument: Elicitation]

    /// A candidate that is the same for all documents.
    public init(origin: CandidateOrigin, template: PromptTemplate, elicitation: Elicitation) {
        id = template.id
        self.origin = origin
        self.template = template
        common = elicitation
        own = [:]
    }

    /// A candidate that holds metadata.
    public init(origin: CandidateOrigin, template: PromptTemplate, own: [ArmedDocument: Elicitation]) {
        id = template.id
        self.origin = origin
        self.template = template
        common = nil
        self.own = own
    }

    /// What is put around the prefix of a document, or `nil` when the candidate cannot be used on it.
    public func elicitation(for document: ArmedDocument) -> Elicitation? { common ?? own[document] }

    /// The largest number of tokens that it adds to a prefix.
    public var mostTokens: Int { max(common?.tokenCount ?? 0, own.values.map(\.tokenCount).max() ?? 0) }
}
