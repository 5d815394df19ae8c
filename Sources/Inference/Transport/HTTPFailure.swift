/// Why a request failed for good, after all attempts that its ``RetryPolicy`` allows.
public enum HTTPFailure: Error, Sendable, Hashable {
    /// There was no complete reply.
    case transport(TransportError, attempts: Int)
    /// The server replied with an error status.
    case refused(HTTPRefusal)

    /// The URL that was asked.
    public var url: String {
        switch self {
        case .transport(let error, _): error.url
        case .refused(let refusal): refusal.url
        }
    }

    /// The HTTP status, or nil if there was no reply.
    public var status: Int? {
        switch self {
        case .transport: nil
        case .refused(let refusal): refusal.status
        }
    }

    /// How often the request was sent.
    public var attempts: Int {
        switch self {
        case .transport(_, let attempts): attempts
        case .refused(let refusal): refusal.attempts
        }
    }

    /// What the reader can do about it, in one line.
    public var hint: String {
        switch self {
        case .transport(let error, _): error.hint
        case .refused(let refusal): refusal.hint
        }
    }

    /// Whether the waiting task was cancelled or the transport shut down, so that this says nothing about the server.
    public var isCancellation: Bool {
        switch self {
        case .transport(let error, _): error.kind == .cancelled || error.kind == .shutDown
        case .refused: false
        }
    }
}

extension HTTPFailure: CustomStringConvertible {
    /// What happened, where, after how many attempts, and what to do, in one line.
    public var description: String {
        switch self {
        case .transport(let error, let attempts):
            attempts > 1 ? "\(error) (after \(attempts) attempts)" : error.description
        case .refused(let refusal):
            refusal.description
        }
    }
}

/// A reply whose status says that the request was not carried out.
public struct HTTPRefusal: Error, Sendable, Hashable {
    /// The HTTP status code.
    public let status: Int
    /// The URL that was asked.
    public let url: String
    /// How often the request was sent.
    public let attempts: Int
    /// What the server says in its error object, or the beginning of the body; one line, at most 200 characters,
    /// without control characters and without the API key.
    public let serverMessage: String
    /// The environment variable or file of the API key that was sent, or nil if none was.
    public let apiKeySource: String?
    /// Whether the body is a web page, which no inference server sends.
    public let isWebPage: Bool

    /// Reads what a reply says about its error.
    ///
    /// - Parameters:
    ///   - reply: A reply with an error status.
    ///   - url: The URL that was asked.
    ///   - attempts: How often the request was sent.
    ///   - apiKey: The key that must not appear in the message.
    init(reply: HTTPReply, url: String, attempts: Int, apiKey: APIKey?) {
        status = reply.status
        self.url = url
        self.attempts = attempts
        apiKeySource = apiKey?.source
        let text = ServerErrorBody.message(in: reply.body) ?? String(decoding: reply.body.prefix(2048), as: UTF8.self)
        serverMessage = PlainText.oneLine(apiKey?.redacting(text) ?? text, limit: 200)
        let type = reply.headers["Content-Type"]?.lowercased() ?? ""
        let start = text.drop(while: \.isWhitespace).prefix(15).lowercased()
        isWebPage = type.hasPrefix("text/html") || start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }

    /// What the reader can do about it, in one line.
    public var hint: String {
        switch status {
        case 401, 403:
            if let apiKeySource {
                "the API key taken from \(apiKeySource) was not accepted; put the right one there"
            } else {
                "the server wants an API key and none was sent; name an environment variable or a file that holds it"
            }
        case _ where isWebPage:
            "a web page came back, so this is probably not an inference server; check host, port and path"
        case 404, 405:
            "check the URL: the server does not know this path"
        case 300..<400:
            "redirects are not followed; give the address that the server redirects to"
        case 413:
            "the request is too large for the server; use shorter windows or smaller batches"
        case 408, 429:
            "the server is overloaded; send fewer requests at once"
        case 503 where serverMessage.contains("Loading model"):
            "the model was still loading; wait until the server is ready or allow a longer loading deadline"
        case 500...:
            "the server failed; look at its log"
        default:
            "the server does not accept this request; compare its version with the documented ones"
        }
    }
}

extension HTTPRefusal: CustomStringConvertible {
    /// What happened, where, after how many attempts, and what to do, in one line.
    public var description: String {
        let said = serverMessage.isEmpty || isWebPage ? "" : ": \(serverMessage)"
        let tries = attempts > 1 ? " (after \(attempts) attempts)" : ""
        return "the server replied \(status): \(url)\(said); \(hint)\(tries)"
    }
}
