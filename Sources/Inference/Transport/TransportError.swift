/// Why one attempt brought no complete reply.
///
/// A reply with an error status is not a transport error: the server was reached and said something; ``HTTPClient``
/// turns it into an ``HTTPFailure``.
public struct TransportError: Error, Sendable, Hashable {
    /// The ways in which an attempt can fail.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The host name has no address.
        case couldNotResolve
        /// Nothing accepted the connection.
        case couldNotConnect
        /// No connection was established within ``Deadlines/connect``.
        case connectDeadline
        /// The attempt took longer than ``Deadlines/attempt``.
        case attemptDeadline
        /// Nothing was received for ``Deadlines/stall``.
        case stalled
        /// The time allowed for all attempts together ran out.
        case totalDeadline
        /// The connection ended before the reply was complete.
        case connectionLost
        /// What came back is not HTTP.
        case malformedReply
        /// The reply is larger than ``HTTPRequest/maximumReplyBytes``, or its headers are unreasonably large.
        case replyTooLarge
        /// The secure connection could not be established.
        case tls
        /// The request itself cannot be sent: its URL or a header is not valid.
        case invalidRequest
        /// The task that waited for the reply was cancelled.
        case cancelled
        /// The transport was shut down.
        case shutDown
        /// libcurl or the operating system refused a resource, such as memory, a thread or a file descriptor.
        case resourceFailure
    }

    /// In which way the attempt failed.
    public let kind: Kind
    /// The URL that was asked.
    public let url: String
    /// What exactly happened, in one line.
    public let detail: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: In which way the attempt failed.
    ///   - url: The URL that was asked.
    ///   - detail: What exactly happened; control characters are replaced by spaces.
    public init(kind: Kind, url: String, detail: String) {
        self.kind = kind
        self.url = url
        self.detail = PlainText.oneLine(detail, limit: 400)
    }

    /// Whether the same request may succeed when it is sent again.
    public var isRetryable: Bool {
        switch kind {
        case .couldNotResolve, .couldNotConnect, .connectDeadline, .attemptDeadline, .stalled, .connectionLost:
            true
        case .totalDeadline, .malformedReply, .replyTooLarge, .tls, .invalidRequest, .cancelled, .shutDown,
            .resourceFailure:
            false
        }
    }

    /// What the reader can do about it, in one line.
    public var hint: String {
        switch kind {
        case .couldNotResolve:
            "check the spelling of the host name and that this machine can resolve it"
        case .couldNotConnect:
            "check that the server is running and that host and port are right"
        case .connectDeadline:
            "check that the host is reachable from here (firewall, VPN), or allow more time to connect"
        case .attemptDeadline:
            "the server is slower than the attempt deadline; allow more time or send fewer requests at once"
        case .stalled:
            "the server stopped sending; allow a longer silence if it was still generating, otherwise look at its log"
        case .totalDeadline:
            "the server did not recover in time; look at its log or allow a longer total deadline"
        case .connectionLost:
            "the server closed the connection; look at its log for a crash or an out-of-memory stop"
        case .malformedReply:
            "whatever listens there does not speak HTTP; check the port, and http:// against https://"
        case .replyTooLarge:
            "check that the URL is an inference server, or raise the largest accepted reply"
        case .tls:
            "check the certificate, and that the server really speaks https:// and not http://"
        case .invalidRequest:
            "correct the URL or header named here"
        case .cancelled:
            "nothing to do: the work was stopped on request"
        case .shutDown:
            "nothing to do: the program is ending, or the server was let go"
        case .resourceFailure:
            "check memory and the open-file limit (ulimit -n), or send fewer requests at once"
        }
    }
}

extension TransportError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    public var description: String {
        "\(summary): \(url): \(detail); \(hint)"
    }

    private var summary: String {
        switch kind {
        case .couldNotResolve: "host name not found"
        case .couldNotConnect: "no connection to the server"
        case .connectDeadline: "connecting took too long"
        case .attemptDeadline: "the reply took too long"
        case .stalled: "the server went silent"
        case .totalDeadline: "out of time after retries"
        case .connectionLost: "connection lost"
        case .malformedReply: "reply is not HTTP"
        case .replyTooLarge: "reply too large"
        case .tls: "no secure connection"
        case .invalidRequest: "request cannot be sent"
        case .cancelled: "cancelled"
        case .shutDown: "shut down"
        case .resourceFailure: "out of a resource"
        }
    }
}
