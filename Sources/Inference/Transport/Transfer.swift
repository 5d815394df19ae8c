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
    private static let receiveBufferBytes = 64 << 10

    let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?

    /// The request on the network, or nil while the place is free.
    private(set) var posted: PostedRequest?
    /// Where the loop keeps this transfer among those in flight.
    var position = 0
    private(set) var startedAt: ContinuousClock.Instant = .now
    /// When the last byte arrived, or when the attempt began.
    private(set) var lastHeard: ContinuousClock.Instant = .now
    private var body: [UInt8] = []
    private var head: [UInt8] = []
    private var receivedBytes = 0
    /// Whether the empty line after the headers has arrived.
    private var headIsComplete = false
    /// Set by a callback before it makes libcurl give up.
    private var refusal: String?

    /// Creates a free place, or returns nil when libcurl has no memory for it.
    init?() {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
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
    /// - Parameters:
    ///   - posted: The request and who waits for it.
    ///   - now: The time at which the attempt begins.
    /// - Throws: ``TransportError`` if the request cannot be sent as it is; the place stays free.
    func begin(_ posted: PostedRequest, now: ContinuousClock.Instant) throws(TransportError) {
        let request = posted.request
        guard TransferURL.isSendable(request.url) else {
            let detail = "the URL does not begin with http:// or https://, or holds a character that must be encoded"
            throw TransportError(kind: .invalidRequest, url: request.url, detail: detail)
        }
        curl_easy_reset(easy)
        try replaceHeaderList(for: request)
        errorText[0] = 0
        startedAt = now
        lastHeard = now
        receivedBytes = 0
        headIsComplete = false
        refusal = nil
        let owner = Unmanaged.passUnretained(self).toOpaque()
        var code = rote_easy_set_url(easy, request.url)
        // An option that fails leaves the first failure in `code`; the rest is skipped.
        func set(_ result: @autoclosure () -> CURLcode) {
            if code == CURLE_OK { code = result() }
        }
        set(rote_easy_allow_only_http(easy))
        set(rote_easy_set_private(easy, owner))
        set(rote_easy_set_error_buffer(easy, errorText))
        set(rote_easy_set_write_function(easy, Self.receiveBody))
        set(rote_easy_set_write_data(easy, owner))
        set(rote_easy_set_header_function(easy, Self.receiveHeader))
        set(rote_easy_set_header_data(easy, owner))
        set(rote_easy_set_headers(easy, headerList))
        set(rote_easy_set_user_agent(easy, "rote"))
        set(rote_easy_set_http_version(easy, Int(CURL_HTTP_VERSION_1_1)))
        set(rote_easy_set_follow_location(easy, 0))
        set(rote_easy_set_no_signal(easy, 1))
        set(rote_easy_set_tcp_no_delay(easy, 1))
        set(rote_easy_set_tcp_keep_alive(easy, 1))
        // Refused, without harm, by a handle that still has the buffer of an attempt that never connected.
        _ = rote_easy_set_buffer_size(easy, Self.receiveBufferBytes)
        set(rote_easy_set_maximum_file_size(easy, curl_off_t(max(1, request.maximumReplyBytes))))
        set(rote_easy_set_connect_timeout_ms(easy, request.deadlines.connect.wholeMilliseconds))
        if TransferURL.isLoopback(request.url) {
            set(rote_easy_set_proxy(easy, ""))
        }
        switch request.method {
        case .get:
            set(rote_easy_set_http_get(easy, 1))
        case .post:
            set(rote_easy_set_post(easy, 1))
            set(rote_easy_set_post_size(easy, curl_off_t(request.body.count)))
            request.body.withUnsafeBytes { bytes in
                // A null pointer would make libcurl read from standard input.
                set(rote_easy_set_copied_post_fields(easy, bytes.baseAddress ?? UnsafeRawPointer(errorText)))
            }
        }
        guard code == CURLE_OK else { throw error(for: code, request: request) }
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
        guard code == CURLE_OK else { return .failure(error(for: code, request: posted.request)) }
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

    private func error(for code: CURLcode, request: HTTPRequest) -> TransportError {
        let written = String(cString: errorText)
        let text = written.isEmpty ? String(cString: curl_easy_strerror(code)) : written
        if let refusal {
            return TransportError(kind: .replyTooLarge, url: request.url, detail: refusal)
        }
        if code == CURLE_FILESIZE_EXCEEDED {
            let detail = "the server announces more than the \(request.maximumReplyBytes) bytes accepted"
            return TransportError(kind: .replyTooLarge, url: request.url, detail: detail)
        }
        return TransportError(kind: TransportError.Kind(code), url: request.url, detail: text)
    }

    // MARK: Request headers

    private func replaceHeaderList(for request: HTTPRequest) throws(TransportError) {
        curl_slist_free_all(headerList)
        headerList = nil
        // Without this line libcurl waits a second for "100 Continue" before it sends a larger body.
        appendHeaderLine("Expect:")
        var namesContentType = false
        for header in request.headers {
            guard header.isSendable else {
                let detail = "header \(header.name) has a name or value that cannot be sent"
                throw TransportError(kind: .invalidRequest, url: request.url, detail: detail)
            }
            if header.name.lowercased() == "content-type" { namesContentType = true }
            // "Name;" is libcurl's spelling of a header without a value; "Name:" would remove it.
            appendHeaderLine(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        if request.method == .post, !namesContentType {
            appendHeaderLine("Content-Type: application/json")
        }
        if let key = request.apiKey {
            appendHeaderLine("Authorization: Bearer \(key.secret)")
        }
    }

    private func appendHeaderLine(_ line: String) {
        // A nil result means no memory; the list so far stays valid and the server will say what it misses.
        if let longer = curl_slist_append(headerList, line) { headerList = longer }
    }

    // MARK: Receiving

    private static let receiveBody: curl_write_callback = { bytes, size, count, owner in
        guard let bytes, let owner else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
        return transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    private static let receiveHeader: curl_write_callback = { bytes, size, count, owner in
        guard let bytes, let owner else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
        return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    /// Keeps a piece of the body; returning less than its size makes libcurl end the transfer.
    private func receiveBody(_ piece: UnsafeRawBufferPointer) -> Int {
        lastHeard = .now
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
        lastHeard = .now
        receivedBytes += line.count
        guard !line.isEmpty, line.count <= Self.maximumHeaderBytes - head.count else {
            refusal = "the headers alone exceed \(Self.maximumHeaderBytes) bytes"
            return 0
        }
        if line.starts(with: Self.statusLineStart) {
            // A status line begins a response; an interim one (100, 103) is superseded by the next.
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

extension HTTPHeader {
    /// Whether the name is an RFC 9110 token and the value holds no control character.
    fileprivate var isSendable: Bool {
        !name.isEmpty && name.utf8.allSatisfy(Self.isToken)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
