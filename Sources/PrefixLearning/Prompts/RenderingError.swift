import Inference

/// Why a prompt could not be put into a model's tokens.
///
/// Every description is one line that names the prompt and says what to do.
public enum RenderingError: Error, Sendable, CustomStringConvertible {
    /// The document lacks a field that the prompt names.
    case missingField(PromptID, field: String)
    /// The model has no chat template of its own.
    case noChatTemplate(PromptID)
    /// The model's chat template removes white space at the ends of a message.
    case trimmed(PromptID, role: ChatRole)
    /// The model's chat template changes a message.
    case altered(PromptID, role: ChatRole)
    /// The model's chat template leaves a message out.
    case dropped(PromptID, role: ChatRole)
    /// The model's chat template writes a message twice.
    case repeated(PromptID, role: ChatRole)
    /// The server refused the request or did not answer.
    case server(PromptID, InferenceError)

    init(_ id: PromptID, _ failure: ChatFrame.Failure) {
        self =
            switch failure.damage {
            case .trimmed: .trimmed(id, role: failure.role)
            case .altered: .altered(id, role: failure.role)
            case .dropped: .dropped(id, role: failure.role)
            case .repeated: .repeated(id, role: failure.role)
            }
    }

    /// Whether the prompt does not suit the model, so that others may.
    public var isPromptUnsuitable: Bool {
        switch self {
        case .noChatTemplate, .trimmed, .altered, .dropped, .repeated, .missingField: true
        case .server(_, .request(.refused(let refusal))): refusal.status == 400 || refusal.status == 500
        case .server: false
        }
    }

    /// One line: which prompt, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .missingField(let id, let field):
            "prompt \(id): the document has no \(quoted(field)); use prompts whose fields every document has"
        case .noChatTemplate(let id):
            "prompt \(id): the model has no chat template, so it was not trained on chats; use completion prompts"
        case .trimmed(let id, let role):
            "prompt \(id): the model's chat template removes white space at the ends of the \(role.rawValue) message; "
                + "write the message without it"
        case .altered(let id, let role):
            "prompt \(id): the model's chat template changes the \(role.rawValue) message; word it without special "
                + "characters, or leave the prompt out for this model"
        case .dropped(let id, let role):
            "prompt \(id): the model's chat template leaves the \(role.rawValue) message out; "
                + (role == .system
                    ? "say the same in the user's message" : "leave the prompt out for this model")
        case .repeated(let id, let role):
            "prompt \(id): the model's chat template writes the \(role.rawValue) message more than once; "
                + "leave the prompt out for this model"
        case .server(let id, let error): "prompt \(id): \(error)"
        }
    }
}
