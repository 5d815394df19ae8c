/// A complete reply of a server, whatever its status.
public struct HTTPReply: Sendable {
    /// The HTTP status code, for example 200.
    public let status: Int
    /// The header lines of the final response.
    public let headers: HTTPHeaders
    /// The body, at most ``HTTPRequest/maximumReplyBytes`` long.
    public let body: [UInt8]
    /// How long the parts of the exchange took.
    public let timing: HTTPTiming

    /// Creates a reply; servers make theirs through ``HTTPTransport``, tests make them by hand.
    ///
    /// - Parameters:
    ///   - status: The HTTP status code.
    ///   - headers: The header lines.
    ///   - body: The body's bytes.
    ///   - timing: How long the parts of the exchange took.
    public init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], timing: HTTPTiming = HTTPTiming()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timing = timing
    }

    /// Whether the status says that the request was carried out (200 to 299).
    public var isSuccess: Bool { (200..<300).contains(status) }
}

/// How long the parts of one exchange took.
public struct HTTPTiming: Sendable, Hashable {
    /// The wait for a free place among the requests in flight.
    public var queued: Duration
    /// From the start of the attempt to the established connection; zero when a kept connection was used.
    public var connect: Duration
    /// From the start of the attempt to the first byte of the reply.
    public var firstByte: Duration
    /// From the start of the attempt to the last byte of the reply.
    public var total: Duration
    /// Whether a connection kept from an earlier request was used.
    public var reusedConnection: Bool

    /// Creates a timing, all zero by default.
    ///
    /// - Parameters:
    ///   - queued: The wait for a free place among the requests in flight.
    ///   - connect: From the start to the established connection.
    ///   - firstByte: From the start to the first byte of the reply.
    ///   - total: From the start to the last byte of the reply.
    ///   - reusedConnection: Whether a kept connection was used.
    public init(
        queued: Duration = .zero, connect: Duration = .zero, firstByte: Duration = .zero, total: Duration = .zero,
        reusedConnection: Bool = false
    ) {
        self.queued = queued
        self.connect = connect
        self.firstByte = firstByte
        self.total = total
        self.reusedConnection = reusedConnection
    }
}
