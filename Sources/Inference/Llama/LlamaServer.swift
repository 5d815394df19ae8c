import Corpus
import Foundation

/// A running llama.cpp server, spoken to by typed requests.
///
/// The type holds no connection of its own and can be copied; all copies share the transport of the client that they
/// were made with.
public struct LlamaServer: CompletionSource {
    /// Where the server listens.
    public let address: ServerAddress
    private let client: HTTPClient
    private let deadlines: Deadlines

    /// Largest reply accepted for ordinary requests, in bytes.
    static let ordinaryReplyBytes = 8 << 20
    /// Largest reply accepted when the probabilities of a whole vocabulary are asked for, in bytes.
    static let vocabularyReplyBytes = 128 << 20

    /// Creates a server at an address.
    ///
    /// - Parameters:
    ///   - address: Where the server listens.
    ///   - client: What carries the requests.
    ///   - deadlines: How long each attempt of a request may take.
    public init(address: ServerAddress, client: HTTPClient, deadlines: Deadlines = Deadlines()) {
        self.address = address
        self.client = client
        self.deadlines = deadlines
    }

    /// The address, for messages.
    public var name: String { address.description }

    /// Runs tasks on the thread that carries this server's requests.
    public var executor: LoopExecutor { client.transport.executor }

    // MARK: About the server

    /// Waits until the server is ready to answer.
    ///
    /// - Throws: ``InferenceError`` when nothing answers, or when the model is not loaded within the client's loading
    ///   deadline.
    public func waitUntilReady() async throws(InferenceError) {
        _ = try await get("/health")
    }

    /// Asks once, without patience, whether the server answers.
    public func isHealthy() async -> Bool {
        let deadlines = Deadlines(connect: .seconds(2), attempt: .seconds(5), stall: .seconds(5))
        let request = HTTPRequest(method: .get, url: address.url(path: "/health"), deadlines: deadlines)
        guard let reply = try? await client.transport.send(request) else { return false }
        return reply.isSuccess
    }

    /// Asks what the server runs and how many sequences it works on at once.
    public func properties() async throws(InferenceError) -> ServerProperties {
        let props = try await get("/props", as: PropsReply.self)
        // Builds differ in what /v1/models tells; nothing of it is indispensable.
        let model = try? await get("/v1/models", as: ModelsReply.self).data.first
        return ServerProperties(
            slots: min(max(1, props.total_slots), HTTPTransport.inFlightRange.upperBound),
            contextTokens: props.default_generation_settings?.n_ctx ?? 0,
            model: props.model_path ?? model?.id ?? "unknown", build: props.build_info ?? "unknown",
            vocabulary: model?.meta?.n_vocab, parameters: model?.meta?.n_params, modelBytes: model?.meta?.size,
            hasChatTemplate: props.chat_template?.isEmpty == false)
    }

    // MARK: Text and tokens

    /// Tokenizes a text, by default as plain text: strings that look like control tokens stay text.
    ///
    /// - Parameters:
    ///   - text: The text, tokenized in one piece.
    ///   - addingSpecial: Whether the tokenizer may add its begin-of-text token.
    ///   - parsingControlTokens: Whether strings such as `<|im_start|>` become control tokens; only for text that
    ///     nobody else has a hand in.
    /// - Throws: ``InferenceError/unfaithfulTokenizer(server:text:)`` when the tokens of plain text do not spell it.
    ///   Some servers give control tokens without their text, so nothing is asked of those.
    public func tokenize(
        _ text: String, addingSpecial: Bool = false, parsingControlTokens: Bool = false
    ) async throws(InferenceError) -> TokenizedText {
        var json = JSONText(capacity: text.utf8.count + 100)
        json.raw("{\"content\":")
        json.string(text)
        json.raw(",\"with_pieces\":true,\"parse_special\":")
        if parsingControlTokens { json.raw("true") } else { json.raw("false") }
        json.raw(",\"add_special\":")
        if addingSpecial { json.raw("true}") } else { json.raw("false}") }
        let reply = try await post("/tokenize", json.bytes)
        let tokenized = try scan(reply) { scanner throws(JSONScanError) in try scanner.readTokenizedText() }
        guard addingSpecial || parsingControlTokens || tokenized.spells(text) else {
            throw .unfaithfulTokenizer(server: name, text: String(text.prefix(60)))
        }
        return tokenized
    }

    /// Turns tokens back into text; incomplete characters are replaced.
    public func detokenize(_ tokens: [TokenID]) async throws(InferenceError) -> String {
        var json = JSONText()
        json.raw("{\"tokens\":")
        json.integers(tokens.lazy.map(\.rawValue))
        json.raw("}")
        return try await post("/detokenize", json.bytes, as: [String: String].self)["content"] ?? ""
    }

    /// Renders chat messages by the model's own template.
    ///
    /// - Parameter messages: Roles (`system`, `user`, `assistant`) and contents, in order.
    /// - Returns: The prompt text, ready to be tokenized with control tokens parsed.
    public func applyTemplate(_ messages: [(role: String, content: String)]) async throws(InferenceError) -> String {
        var json = JSONText()
        json.raw("{\"messages\":[")
        for (index, message) in messages.enumerated() {
            if index > 0 { json.raw(",") }
            json.raw("{\"role\":")
            json.string(message.role)
            json.raw(",\"content\":")
            json.string(message.content)
            json.raw("}")
        }
        json.raw("]}")
        let url = address.url(path: "/apply-template")
        let reply = try await post("/apply-template", json.bytes, as: [String: String].self)
        guard let prompt = reply["prompt"] else {
            throw .malformedReply(url: url, detail: "no \"prompt\" in the reply")
        }
        return prompt
    }

    // MARK: Generation

    /// Answers one completion request.
    public func complete(
        _ request: CompletionRequest, lookingUp lookup: TokenID? = nil
    ) async throws(InferenceError) -> Completion {
        try await complete(request, lookup, keepsCandidates: false)
    }

    /// Asks which tokens are most probable at each position of a reply.
    ///
    /// - Parameter request: A request with `topProbabilities` of at least 1.
    /// - Returns: The reply, with ``ProbabilityRow/candidates`` in every row.
    public func completeKeepingCandidates(
        _ request: CompletionRequest
    ) async throws(InferenceError) -> Completion {
        try await complete(request, nil, keepsCandidates: true)
    }

    private func complete(
        _ request: CompletionRequest, _ lookup: TokenID?, keepsCandidates: Bool
    ) async throws(InferenceError) -> Completion {
        let limit = request.topProbabilities > 1000 ? Self.vocabularyReplyBytes : Self.ordinaryReplyBytes
        let body = try await post("/completion", request.body, maximumReplyBytes: limit)
        let reply: Completion
        do throws(JSONScanError) {
            reply = try Completion(body: body, lookup: lookup, keepsCandidates: keepsCandidates)
        } catch {
            throw .malformedReply(url: address.url(path: "/completion"), detail: error.description)
        }
        guard !reply.truncated else {
            throw .contextTooSmall(
                server: name, needed: request.prompt.count + request.maximumTokens,
                available: reply.promptTokens)
        }
        return reply
    }

    /// Asks for the log-probabilities of a prompt.
    public func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken] {
        var json = JSONText(capacity: 200 + prompt.count * 6)
        json.raw("{\"prompt\":")
        json.integers(prompt.lazy.map(\.rawValue))
        json.raw(",\"max_tokens\":1,\"echo\":true,\"logprobs\":1,\"temperature\":0,\"stream\":false}")
        let url = address.url(path: "/v1/completions")
        let reply = try await post("/v1/completions", json.bytes, as: EchoReply.self)
        guard let echoed = reply.echoed(promptCount: prompt.count) else {
            throw .malformedReply(url: url, detail: "no log-probabilities of the prompt")
        }
        return echoed
    }

    // MARK: Plumbing

    private func send(_ request: HTTPRequest) async throws(InferenceError) -> [UInt8] {
        do throws(HTTPFailure) { return try await client.send(request).body } catch { throw .request(error) }
    }

    private func get(_ path: String) async throws(InferenceError) -> [UInt8] {
        try await send(HTTPRequest(method: .get, url: address.url(path: path), deadlines: deadlines))
    }

    private func get<Reply: Decodable>(_ path: String, as type: Reply.Type) async throws(InferenceError) -> Reply {
        try decode(try await get(path), path)
    }

    private func post(
        _ path: String, _ body: [UInt8], maximumReplyBytes: Int = ordinaryReplyBytes
    ) async throws(InferenceError) -> [UInt8] {
        try await send(
            HTTPRequest(
                method: .post, url: address.url(path: path), body: body, deadlines: deadlines,
                maximumReplyBytes: maximumReplyBytes))
    }

    private func post<Reply: Decodable>(
        _ path: String, _ body: [UInt8], as type: Reply.Type
    ) async throws(InferenceError) -> Reply {
        try decode(try await post(path, body), path)
    }

    private func decode<Reply: Decodable>(_ body: [UInt8], _ path: String) throws(InferenceError) -> Reply {
        do {
            return try JSONDecoder().decode(Reply.self, from: Data(body))
        } catch {
            throw .malformedReply(
                url: address.url(path: path), detail: "not the JSON that this endpoint promises")
        }
    }

    private func scan<Value>(
        _ body: [UInt8], _ read: (inout JSONScanner) throws(JSONScanError) -> Value
    ) throws(InferenceError) -> Value {
        var outcome: Result<Value, JSONScanError>?
        body.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanError) { outcome = .success(try read(&scanner)) } catch { outcome = .failure(error) }
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let error):
            throw .malformedReply(url: address.url(path: "/tokenize"), detail: error.description)
        case nil: throw .malformedReply(url: address.url(path: "/tokenize"), detail: "empty reply")
        }
    }
}

extension JSONScanner {
    /// Reads the reply of `/tokenize` with pieces; a piece is a string, or an array of bytes when it is not UTF-8.
    fileprivate mutating func readTokenizedText() throws(JSONScanError) -> TokenizedText {
        var tokens: [TokenID] = []
        var pieces: [[UInt8]] = []
        var first = true
        try enterObject()
        while let key = try nextKey(&first) {
            guard self.key(key, is: "tokens") else {
                try skipValue()
                continue
            }
            try enterArray()
            var firstToken = true
            while try nextElement(&firstToken) {
                let entry = try readPiece()
                tokens.append(entry.token)
                pieces.append(entry.piece)
            }
        }
        try finish()
        return TokenizedText(tokens: tokens, pieces: pieces)
    }

    private mutating func readPiece() throws(JSONScanError) -> (token: TokenID, piece: [UInt8]) {
        var token: TokenID?
        var piece: [UInt8]?
        var first = true
        try enterObject()
        while let key = try nextKey(&first) {
            if self.key(key, is: "id") {
                token = try readToken()
            } else if self.key(key, is: "piece") {
                piece = peek() == UInt8(ascii: "[") ? try readBytes() : Array(try readString().utf8)
            } else {
                try skipValue()
            }
        }
        guard let token, let piece else {
            throw JSONScanError(offset: offset, expected: "\"id\" and \"piece\" of a token")
        }
        return (token, piece)
    }

    private mutating func readBytes() throws(JSONScanError) -> [UInt8] {
        var bytes: [UInt8] = []
        var first = true
        try enterArray()
        while try nextElement(&first) {
            let start = offset
            guard let byte = UInt8(exactly: try readInt()) else {
                throw JSONScanError(offset: start, expected: "a byte")
            }
            bytes.append(byte)
        }
        return bytes
    }
}
