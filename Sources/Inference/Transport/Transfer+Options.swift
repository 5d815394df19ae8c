import CCurl

extension Transfer {
    private static let receiveBufferBytes = 32 << 10

    /// Gives the handle every option of a request but its body.
    ///
    /// - Throws: ``TransportError`` if the request cannot be sent as it is.
    func configure(for request: HTTPRequest) throws(TransportError) {
        guard TransferURL.isSendable(request.url) else {
            let detail = "the URL does not begin with http:// or https://, or holds a character that must be encoded"
            throw TransportError(kind: .invalidRequest, url: request.url, detail: detail)
        }
        curl_easy_reset(easy)
        try replaceHeaderList(for: request)
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
            // Without this one libcurl looks into the environment again for every request.
            set(rote_easy_set_no_proxy(easy, "*"))
        }
        switch request.method {
        case .get: set(rote_easy_set_http_get(easy, 1))
        case .post: set(rote_easy_set_post(easy, 1))
        }
        guard code == CURLE_OK else { throw error(for: code, request: request) }
    }

    /// Gives the handle a copy of the bytes to send.
    func setBody(of request: HTTPRequest) throws(TransportError) {
        var code = rote_easy_set_post_size(easy, curl_off_t(request.body.count))
        if code == CURLE_OK {
            code = request.body.withUnsafeBytes { bytes in
                // A null pointer would make libcurl read from standard input.
                rote_easy_set_copied_post_fields(easy, bytes.baseAddress ?? UnsafeRawPointer(errorText))
            }
        }
        guard code == CURLE_OK else { throw error(for: code, request: request) }
    }

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
}

extension HTTPRequest {
    /// Whether a handle that is configured for this request serves another one, apart from the body.
    ///
    /// Requests of one kind share their strings, so these comparisons are mostly comparisons of pointers.
    func isConfigured(like other: HTTPRequest) -> Bool {
        method == other.method && url == other.url && headers == other.headers
            && apiKey?.secret == other.apiKey?.secret && deadlines.connect == other.deadlines.connect
            && maximumReplyBytes == other.maximumReplyBytes
    }
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
