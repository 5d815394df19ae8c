/// The ways in which a prompt reaches a model.
public enum PromptKind: String, Hashable, Codable, CaseIterable, Sendable {
    /// Plain text that the model goes on with.
    case completion
    /// Messages that are put through the model's own chat template.
    case chat
    /// A chat that begins with a system message.
    case system
}

/// Who speaks in a message of a chat.
public enum ChatRole: String, Hashable, Codable, CaseIterable, Sendable {
    /// The rules of the conversation, before its first message.
    case system
    /// Whoever asks.
    case user
    /// The model, in an earlier turn.
    case assistant
}

/// One message of a chat prompt.
public struct PromptMessage: Hashable, Sendable {
    /// Who speaks.
    public let role: ChatRole
    /// What is said.
    public let content: TemplateText

    /// Creates a message.
    public init(role: ChatRole, content: TemplateText) {
        self.role = role
        self.content = content
    }
}

/// One way of asking a model for the rest of a document, as it stands in a prompt file.
///
/// The suffix of the document is always expected directly after the rendered prompt. A template is valid by
/// construction: the prefix has exactly one place in it.
public struct PromptTemplate: Hashable, Sendable, Identifiable {
    /// What is said, and to whom.
    public enum Content: Hashable, Sendable {
        /// Plain text; the prefix stands at the end when the text has no place for it.
        case completion(TemplateText)
        /// Messages of a chat, the last one the user's, and the beginning of the model's answer.
        case chat([PromptMessage], prefill: TemplateText?)
    }

    /// The name, unique within a library.
    public let id: PromptID
    /// What is said, and to whom.
    public let content: Content
    /// The languages for which the wording is made, as two- or three-letter codes; empty when it suits any.
    public let languages: [String]
    /// What the prompt is, or where its idea comes from, for people.
    public let note: String?

    /// Creates a template.
    ///
    /// - Parameters:
    ///   - id: A name of lower-case ASCII letters, digits, `.`, `-` and `_` that begins with a letter or digit, at most
    ///     80 characters, other than `none`.
    ///   - content: What is said. Of a chat, a system message can only be the first, the last one is the user's, and
    ///     the prefix stands in exactly one place of messages and prefill.
    ///   - languages: Codes such as `en`.
    ///   - note: A remark for people.
    /// - Throws: ``PromptProblem``.
    public init(id: PromptID, content: Content, languages: [String] = [], note: String? = nil) throws(PromptProblem) {
        guard Self.isName(id) else { throw .oddID }
        if let language = languages.first(where: { !Self.isLanguage($0) }) { throw .oddLanguage(language) }
        try Self.check(content)
        self.id = id
        self.content = content
        self.languages = languages
        self.note = note
    }

    /// How the prompt reaches the model.
    public var kind: PromptKind {
        switch content {
        case .completion: .completion
        case .chat(let messages, _): messages.first?.role == .system ? .system : .chat
        }
    }

    /// The names of the metadata fields that the prompt needs, each once, in the order of the text.
    public var fields: [String] {
        var seen: Set<[UInt8]> = []
        return texts.flatMap(\.fieldNames).filter { seen.insert(Array($0.utf8)).inserted }
    }

    /// All texts of the prompt, in order.
    var texts: [TemplateText] {
        switch content {
        case .completion(let text): [text]
        case .chat(let messages, let prefill): messages.map(\.content) + (prefill.map { [$0] } ?? [])
        }
    }

    // MARK: What is valid

    /// The most that all texts of one prompt may hold, in bytes of UTF-8.
    public static let largestByteCount = 32 << 10
    /// The most messages that one chat may have.
    public static let mostMessages = 64

    private static func check(_ content: Content) throws(PromptProblem) {
        switch content {
        case .completion(let text):
            try checkSize([text])
            guard text.prefixCount <= 1 else { throw .prefixPlaces(text.prefixCount) }
            guard !text.isBlank else { throw .blankText("template") }
        case .chat(let messages, let prefill):
            guard messages.count <= mostMessages else { throw .tooManyMessages(messages.count, most: mostMessages) }
            guard messages.last?.role == .user else { throw .lastMessageNotUsers }
            guard !messages.dropFirst().contains(where: { $0.role == .system }) else { throw .lateSystemMessage }
            guard !messages.contains(where: \.content.isBlank) else { throw .blankText("content") }
            let texts = messages.map(\.content) + (prefill.map { [$0] } ?? [])
            try checkSize(texts)
            let places = texts.reduce(0) { $0 + $1.prefixCount }
            guard places == 1 else { throw .prefixPlaces(places) }
        }
    }

    private static func checkSize(_ texts: [TemplateText]) throws(PromptProblem) {
        let bytes = texts.reduce(0) { $0 + $1.written.utf8.count }
        guard bytes <= largestByteCount else { throw .tooLong(bytes: bytes, most: largestByteCount) }
    }

    private static func isName(_ id: PromptID) -> Bool {
        id != .none && id.rawValue.count <= 80 && id.rawValue.wholeMatch(of: /[a-z0-9][a-z0-9._-]*/) != nil
    }

    private static func isLanguage(_ code: String) -> Bool {
        code.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8})*/) != nil
    }
}
