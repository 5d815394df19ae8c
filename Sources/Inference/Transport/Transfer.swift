import CCurl

/// One place among the requests in flight: a libcurl easy handle that is used for one request after another.
///
/// Lives on the event loop's thread only. libcurl's callbacks receive it as an unretained pointer, which is valid
/// because the loop holds every transfer until its handle has left the multi handle.
final class Transfer {
    /// Headers beyond this size are an attack or a mistake.
    static let maximumHeaderBytes = 256 << 10
    /// At most this much is reserved on the word of a `Content-Length` header.
    static let maximumReservation = 16 << 20

    let easy: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    var headerList: UnsafeMutablePointer<curl_slist>?

    /// The request, without its body, whose options the handle carries; nil after a failure, so that nothing of it lasts.
    private var configured: HTTPRequest?
    /// The request on the network, or nil while the place is free.
    private(set) var posted: PostedRequest?
    /// Where the loop keeps this transfer among those in flight.
    var position = 0
    private(set) var startedAt: ContinuousClock.Instant
    /// When the last byte arrived, or when the attempt began.
    private(set) var lastHeard: ContinuousClock.Instant
    private let clock: LoopClock
    private var body: [UInt8] = []
    private var head: [UInt8] = []
    private var receivedBytes = 0
    /// Whether the empty line after the headers has arrived.
    private var headIsComplete = false
    /// Set by a callback before it makes libcurl give up.
    private var refusal: String?

    /// Creates a free place, or returns nil when libcurl has no memory for it.
    ///
    /// - Parameter clock: The loop's time.
    init?(clock: LoopClock) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.clock = clock
        startedAt = clock.now
        lastHeard = clock.now
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Takes a request and prepares the handle for it.
    ///
    /// - Parameter posted: The request and who waits for it.
    /// - Throws: ``TransportError`` if the request cannot be sent as it is; the place stays free.
    func begin(_ posted: PostedRequest) throws(TransportError) {
        let request = posted.request
        if configured.map({ !$0.isConfigured(like: request) }) ?? true {
            configured = nil
            try configure(for: request)
            configured = request
            configured?.body = []
        }
        if request.method == .post { try setBody(of: request) }
        errorText[0] = 0
        startedAt = clock.now
        lastHeard = clock.now
        receivedBytes = 0
        headIsComplete = false
        refusal = nil
        self.posted = posted
    }

    /// Makes the place free again.
    func release() -> PostedRequest? {
        defer {
            posted = nil
            body = []
            head.removeAll(keepingCapacity: true)
        }
        return posted
    }

    /// Describes how the transfer ended.
    ///
    /// - Parameter code: What libcurl says.
    func outcome(of posted: PostedRequest, code: CURLcode) -> PostedRequest.Outcome {
        guard code == CURLE_OK else {
            configured = nil
            return .failure(error(for: code, request: posted.request))
        }
        guard headIsComplete else {
            // libcurl takes the end of the connection for the end of the headers.
            let detail = "the server closed the connection in the middle of the reply's headers"
            return .failure(TransportError(kind: .connectionLost, url: posted.request.url, detail: detail))
        }
        let timing = HTTPTiming(
            queued: posted.postedAt.duration(to: startedAt),
            connect: .microseconds(Int64(rote_easy_get_connect_us(easy))),
            firstByte: .microseconds(Int64(rote_easy_get_first_byte_us(easy))),
            total: .microseconds(Int64(rote_easy_get_total_us(easy))),
            reusedConnection: newConnections == 0)
        return .success(
            HTTPReply(
                status: Int(rote_easy_get_status(easy)), headers: HTTPHeaders(block: head), body: body,
                timing: timing))
    }

    /// Connections opened for this request: 0 when a kept one served.
    var newConnections: Int { Int(rote_easy_get_new_connections(easy)) }

    /// Header and body bytes that have arrived.
    var bytesReceived: Int { receivedBytes }

    func error(for code: CURLcode, request: HTTPRequest) -> TransportError {
        let written = String(cString: errorText)
        let text = written.isEmpty ? String(cString: curl_easy_strerror(code)) : written
        if let refusal {
            return TransportError(kind: .replyTooLarge, url: request.url, detail: refusal)
        }
        if code == CURLE_FILESIZE_EXCEEDED {
            let detail = "the server announces more than the \(request.maximumReplyBytes) bytes that are accepted"
            return TransportError(kind: .replyTooLarge, url: request.url, detail: detail)
        }
        return TransportError(kind: TransportError.Kind(code), url: request.url, detail: text)
    }

    static let receiveBody: curl_write_callback = { bytes, size, count, owner in
        guard let bytes, let owner else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
        return transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    static let receiveHeader: curl_write_callback = { bytes, size, count, owner in
        guard let bytes, let owner else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
        return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    /// Keeps a piece of the body; returning less than its size makes libcurl end the transfer.
    private func receiveBody(_ piece: UnsafeRawBufferPointer) -> Int {
        lastHeard = clock.now
        receivedBytes += piece.count
        let limit = posted?.request.maximumReplyBytes ?? 0
        guard piece.count <= limit - body.count else {
            refusal = "more than the \(limit) bytes accepted were sent"
            return 0
        }
        if body.isEmpty {
            let announced = Int(clamping: rote_easy_get_content_length(easy))
            body.reserveCapacity(max(piece.count, min(announced, limit, Self.maximumReservation)))
        }
        body.append(contentsOf: piece)
        return piece.count
    }

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        receivedBytes += line.count
        guard !line.isEmpty, line.count <= Self.maximumHeaderBytes - head.count else {
            refusal = "the headers alone exceed \(Self.maximumHeaderBytes) bytes"
            return 0
        }
        if line.starts(with: Self.statusLineStart) {
            // A status line begins a response; an interim one (100, 103) is superseded by the next.
            lastHeard = clock.now
            head.removeAll(keepingCapacity: true)
            headIsComplete = false
        } else {
            head.append(contentsOf: line)
            if line[0] == 0x0D || line[0] == 0x0A { headIsComplete = true }
        }
        return line.count
    }

    private static let statusLineStart = Array("HTTP/".utf8)
}
