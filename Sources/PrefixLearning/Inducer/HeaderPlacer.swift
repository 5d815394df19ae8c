import Corpus
import Inference

/// What ends a header before the document begins.
public enum HeaderEnding: String, Hashable, Codable, Sendable, CaseIterable {
    /// The document begins on the next line.
    case line = "\n"
    /// An empty line stands between them.
    case blankLine = "\n\n"
}

/// Why a header cannot be put before its document.
public enum HeaderRefusal: String, Error, Hashable, Codable, Sendable, CaseIterable {
    /// It holds a piece of a document, its own or another.
    case leak
    /// It has more tokens than there is room for.
    case tooLong
    /// Its tokens do not spell it.
    case unfaithful
}

/// A document that a header is written for.
public struct HeaderDocument: Hashable, Sendable {
    /// The document's name and arm.
    public let name: ArmedDocument
    /// The text of the prefix that is sent, which is all that the inducer sees.
    public let opening: String
    /// The document's tokens, in the vocabulary of the model under test.
    public let tokens: [TokenID]

    /// Puts a document together.
    public init(name: ArmedDocument, opening: String, tokens: [TokenID]) {
        self.name = name
        self.opening = opening
        self.tokens = tokens
    }

    init(_ document: LearningDocument) {
        self.init(
            name: document.name, opening: document.opening,
            tokens: document.window.prefix + document.window.suffix.tokens)
    }
}

/// Turns headers into tokens of the model under test, and refuses those that give a document away.
public struct HeaderPlacer: Sendable {
    private let encoder: any PromptEncoder
    private let leading: [TokenID]
    private let room: Int
    private let screen: LeakageFilter

    /// Creates a placer.
    ///
    /// - Parameters:
    ///   - encoder: What knows the tokens of the model under test.
    ///   - leading: What the model's tokenizer puts before every text.
    ///   - room: The most tokens that may be put around a prefix.
    ///   - screen: Finds pieces of any document.
    public init(encoder: any PromptEncoder, leading: [TokenID], room: Int, screen: LeakageFilter) {
        self.encoder = encoder
        self.leading = leading
        self.room = room
        self.screen = screen
    }

    /// Puts a header before a document.
    ///
    /// The header is another model's text and never becomes control tokens, whatever it contains.
    ///
    /// - Parameters:
    ///   - header: The header with its ending.
    ///   - document: The document.
    ///   - id: The name of the elicitation.
    /// - Returns: What is put around the document's prefix, or why that must not be done.
    /// - Throws: ``InferenceError`` when the server is lost.
    public func elicitation(
        of header: String, for document: HeaderDocument, id: PromptID
    ) async throws(InferenceError) -> Result<Elicitation, HeaderRefusal> {
        let tokens: [TokenID]
        do throws(InferenceError) { tokens = try await encode(header, with: encoder) } catch {
            if error.isServerFault || error.isCancellation { throw error }
            return .failure(.unfaithful)
        }
        let elicitation = Elicitation(id: id, before: leading + tokens)
        guard elicitation.tokenCount <= room else { return .failure(.tooLong) }
        do throws(Leak) {
            try screen.check(header, of: id)
            try screen.check(elicitation)
            try LeakageFilter.check(elicitation, against: document.tokens, of: document.name)
        } catch { return .failure(.leak) }
        return .success(elicitation)
    }

    private func encode<Encoder: PromptEncoder>(
        _ header: String, with encoder: Encoder
    ) async throws(InferenceError) -> [TokenID] {
        try await PromptTokens(encoder: encoder, startsText: true)
            .tokens(of: [.init(text: header, isFromCorpus: true)], writesControlTokens: false)
    }
}
