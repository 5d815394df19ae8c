/// The two HTTP methods that inference servers need.
public enum HTTPMethod: String, Sendable, Hashable {
    /// Reads something; no body is sent.
    case get = "GET"
    /// Sends a body, as JSON unless the headers say otherwise.
    case post = "POST"
}

/// One header line of a request.
public struct HTTPHeader: Sendable, Hashable {
    /// The field name, for example `Content-Type`.
    public var name: String
    /// The field value, without line breaks.
    public var value: String

    /// Creates a header line.
    ///
    /// - Parameters:
    ///   - name: A field name made of the token characters of RFC 9110; anything else fails when the request is sent.
    ///   - value: A field value; a line break or other control character in it fails when the request is sent.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The three limits on the time that one attempt may take.
///
/// They are separate because they mean different things: a server that does not answer the phone, a server that went
/// silent, and a server that keeps talking for too long. A llama.cpp server that does not stream is silent while it
/// generates, so `stall` must be longer than the longest expected generation.
public struct Deadlines: Sendable, Hashable {
    /// How long name resolution, the TCP connection and the TLS handshake may take together.
    public var connect: Duration
    /// How long one attempt may take from the moment it is handed to the network until its last byte.
    public var attempt: Duration
    /// How long an attempt may pass without receiving a single byte.
    public var stall: Duration

    /// Creates a set of deadlines.
    ///
    /// - Parameters:
    ///   - connect: The limit on establishing a connection, 10 seconds by default.
    ///   - attempt: The limit on one whole attempt, 300 seconds by default.
    ///   - stall: The limit on silence, 300 seconds by default: no limit beyond `attempt`.
    public init(
        connect: Duration = .seconds(10), attempt: Duration = .seconds(300), stall: Duration = .seconds(300)
    ) {
        self.connect = connect
        self.attempt = attempt
        self.stall = stall
    }
}

/// One HTTP request to an inference server.
///
/// The API key is a field of its own and not a header, so that printing or dumping a request cannot show it.
public struct HTTPRequest: Sendable {
    /// Whether something is read or sent.
    public var method: HTTPMethod
    /// The absolute `http` or `https` URL, already percent-encoded.
    public var url: String
    /// Further header lines; `Content-Type: application/json` is added to a post that names no other type.
    public var headers: [HTTPHeader]
    /// The bytes to send; ignored by `get`.
    public var body: [UInt8]
    /// The key sent as `Authorization: Bearer …`, if the server wants one.
    public var apiKey: APIKey?
    /// The limits on the time of each attempt.
    public var deadlines: Deadlines
    /// The most body bytes that are accepted; a longer reply fails with ``TransportError/Kind/replyTooLarge``.
    public var maximumReplyBytes: Int

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - method: Whether something is read or sent.
    ///   - url: The absolute `http` or `https` URL, usually from ``ServerAddress/url(path:)``.
    ///   - headers: Further header lines.
    ///   - body: The bytes to send.
    ///   - apiKey: The key sent as `Authorization: Bearer …`; ``HTTPClient`` fills it in.
    ///   - deadlines: The limits on the time of each attempt.
    ///   - maximumReplyBytes: The most body bytes that are accepted, 64 MiB by default.
    public init(
        method: HTTPMethod, url: String, headers: [HTTPHeader] = [], body: [UInt8] = [], apiKey: APIKey? = nil,
        deadlines: Deadlines = Deadlines(), maximumReplyBytes: Int = 64 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.apiKey = apiKey
        self.deadlines = deadlines
        self.maximumReplyBytes = maximumReplyBytes
    }
}
