import Corpus
import Inference

/// Turns prompts into what a model is given around a prefix.
public struct PromptRenderer<Encoder: PromptEncoder>: Sendable {
    private let encoder: Encoder
    private let leading: [TokenID]
    private let exact: [PromptID: Elicitation]

    /// Creates a renderer for one model.
    ///
    /// - Parameters:
    ///   - encoder: What knows the model's tokens and its chat template.
    ///   - leading: What the model's tokenizer puts before every text, usually a begin-of-text token or nothing.
    ///   - exact: The exact tokens of prompts that were learned for this very model
    ///     (``PromptLibrary/exactElicitations(forModel:)``); they are used instead of the prompts' texts.
    public init(encoder: Encoder, leading: [TokenID], exact: [PromptID: Elicitation] = [:]) {
        self.encoder = encoder
        self.leading = leading
        self.exact = exact
    }

    /// A prompt in the model's chat frame, the metadata of a document not yet filled in.
    public struct PreparedPrompt: Hashable, Sendable {
        /// The prompt's name.
        public let id: PromptID
        let before: [TemplateText.Part]
        let after: [TemplateText.Part]
        let isChat: Bool
        /// Whether the author's text or the chat frame holds control tokens.
        let writesControlTokens: Bool

        /// Whether documents differ in what they are given.
        public var needsMetadata: Bool {
            (before + after).contains { if case .field = $0 { true } else { false } }
        }
    }

    /// Puts a prompt into the model's chat frame.
    ///
    /// What is asked of the server here holds for all documents.
    ///
    /// - Throws: ``RenderingError`` when the model's chat template is missing or does not carry the messages as they are.
    public func prepare(_ template: PromptTemplate) async throws(RenderingError) -> PreparedPrompt {
        let parts: [TemplateText.Part]
        switch template.content {
        case .completion(let text): parts = text.parts
        case .chat(let messages, let prefill):
            parts = try await frame(messages, of: template.id).parts + (prefill?.parts ?? [])
        }
        let (before, after) = TemplateText(parts: parts).aroundPrefix
        let ownText = parts.compactMap { if case .literal(let text) = $0 { text } else { nil } }.joined()
        let writesControlTokens: Bool
        do throws(InferenceError) {
            writesControlTokens = try await PromptTokens.writesControlTokens(ownText, encoder: encoder)
        } catch { throw .server(template.id, error) }
        return PreparedPrompt(
            id: template.id, before: before, after: after, isChat: template.kind != .completion,
            writesControlTokens: writesControlTokens)
    }

    /// Renders a prompt for one document.
    ///
    /// - Parameters:
    ///   - prepared: The prompt.
    ///   - metadata: The document's metadata; its values never become control tokens, whatever they contain.
    /// - Throws: ``RenderingError``.
    public func elicitation(
        _ prepared: PreparedPrompt, metadata: Metadata = Metadata()
    ) async throws(RenderingError) -> Elicitation {
        if let exact = exact[prepared.id] { return exact }
        let before = try filled(prepared.before, with: metadata, of: prepared.id)
        let after = try filled(prepared.after, with: metadata, of: prepared.id)
        let tokens: (before: [TokenID], after: [TokenID])
        do throws(InferenceError) {
            tokens.before = try await PromptTokens(encoder: encoder, startsText: true)
                .tokens(of: before, writesControlTokens: prepared.writesControlTokens)
            tokens.after = try await PromptTokens(encoder: encoder, startsText: false)
                .tokens(of: after, writesControlTokens: prepared.writesControlTokens)
        } catch { throw .server(prepared.id, error) }
        // Some chat templates write the begin-of-text token themselves.
        let isLed = prepared.isChat && tokens.before.starts(with: leading)
        return Elicitation(id: prepared.id, before: (isLed ? [] : leading) + tokens.before, after: tokens.after)
    }

    /// Renders a prompt for one document.
    public func elicitation(
        _ template: PromptTemplate, metadata: Metadata = Metadata()
    ) async throws(RenderingError) -> Elicitation {
        if let exact = exact[template.id] { return exact }
        return try await elicitation(try await prepare(template), metadata: metadata)
    }

    /// Renders a prompt for many documents, once for all when it names no metadata.
    ///
    /// - Returns: One elicitation per document, in the same order.
    public func elicitations(
        _ template: PromptTemplate, for documents: [Document]
    ) async throws(RenderingError) -> [Elicitation] {
        if let exact = exact[template.id] { return documents.map { _ in exact } }
        let prepared = try await prepare(template)
        guard prepared.needsMetadata else {
            let elicitation = try await elicitation(prepared)
            return documents.map { _ in elicitation }
        }
        var elicitations: [Elicitation] = []
        for document in documents {
            elicitations.append(try await elicitation(prepared, metadata: document.metadata))
        }
        return elicitations
    }

    private func frame(_ messages: [PromptMessage], of id: PromptID) async throws(RenderingError) -> ChatFrame {
        let question = ChatFrame.Question(messages)
        let rendered: String
        let isBorrowed: Bool
        do throws(InferenceError) {
            rendered = try await encoder.applyTemplate(question.messages.map { ($0.role.rawValue, $0.content) })
            isBorrowed = try await encoder.lendsFrame(rendered)
        } catch { throw .server(id, error) }
        guard !isBorrowed else { throw .noChatTemplate(id) }
        do throws(ChatFrame.Failure) { return try question.frame(in: rendered) } catch {
            throw RenderingError(id, error)
        }
    }

    private func filled(
        _ parts: [TemplateText.Part], with metadata: Metadata, of id: PromptID
    ) throws(RenderingError) -> [PromptTokens<Encoder>.Run] {
        var runs: [PromptTokens<Encoder>.Run] = []
        for part in parts {
            switch part {
            case .literal(let text): runs.append(.init(text: text, isFromCorpus: false))
            case .field(let name):
                guard let text = metadata[name]?.promptText else { throw .missingField(id, field: name) }
                runs.append(.init(text: text, isFromCorpus: true))
            // Never here: the parts are those around the only place of the prefix.
            case .prefix: continue
            }
        }
        return runs
    }
}
