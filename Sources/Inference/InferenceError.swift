/// Why a server could not do what was asked of it.
public enum InferenceError: Error, Sendable {
    /// No usable reply came, after the retries that made sense.
    case request(HTTPFailure)
    /// The reply is not what the endpoint promises.
    case malformedReply(url: String, detail: String)
    /// A window does not fit the server's context.
    case contextTooSmall(server: String, needed: Int, available: Int)
    /// The forced tokens did not come back, or not with their probabilities.
    case unforced(server: String, detail: String)
    /// The tokens of a text do not spell the text.
    case unfaithfulTokenizer(server: String, text: String)
    /// Several servers that should share the work hold different models or tokenizers.
    case differentModels(String, String, detail: String)
    /// The server program could not be found or started.
    case notStarted(detail: String, hint: String)
    /// The server that was started for a model file ended by itself while it was at work.
    case serverEnded(detail: String, hint: String)
    /// The program was asked to stop.
    case cancelled

    /// Whether the server, not the request, is the problem, so that the same request may succeed elsewhere or later.
    public var isServerFault: Bool {
        switch self {
        case .request(.transport(let error, _)): error.kind != .replyTooLarge && error.kind != .invalidRequest
        case .request(.refused(let refusal)): [401, 403, 429, 502, 503, 504].contains(refusal.status)
        case .malformedReply, .contextTooSmall, .unforced, .unfaithfulTokenizer, .differentModels, .notStarted,
            .serverEnded, .cancelled:
            false
        }
    }

    /// Whether the same command may succeed later although nobody changes anything.
    public var mayPass: Bool {
        switch self {
        case .request(.transport(let error, _)): error.isRetryable || error.kind == .totalDeadline
        case .request(.refused(let refusal)): [408, 429, 502, 503, 504].contains(refusal.status)
        default: false
        }
    }

    /// Whether the work was stopped on request.
    public var isCancellation: Bool {
        switch self {
        case .cancelled: true
        case .request(let failure): failure.isCancellation
        default: false
        }
    }
}

extension InferenceError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .request(let failure): failure.description
        case .malformedReply(let url, let detail):
            "unusable reply: \(url): \(detail); check that this is a llama.cpp server (try `rote doctor`)"
        case .contextTooSmall(let server, let needed, let available):
            "context too small: \(server): a window needs \(needed) tokens and a slot holds \(available); "
                + "start the server with a larger --ctx-size or fewer --parallel slots, or use shorter windows"
        case .unforced(let server, let detail):
            "forced scoring failed: \(server): \(detail); try `rote doctor`, and start the server without "
                + "speculative decoding"
        case .unfaithfulTokenizer(let server, let text):
            "unfaithful tokenizer: \(server): the tokens of \"\(text)\" do not spell it, so no window can be cut "
                + "exactly; use a server whose /tokenize returns pieces"
        case .differentModels(let first, let second, let detail):
            "servers differ: \(first) and \(second): \(detail); give only servers that run the same model file"
        case .notStarted(let detail, let hint): "server not started: \(detail); \(hint)"
        case .serverEnded(let detail, let hint): "server ended: \(detail); \(hint)"
        case .cancelled: "stopped on request"
        }
    }
}
