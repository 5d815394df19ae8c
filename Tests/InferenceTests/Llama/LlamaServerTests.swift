import Corpus
import Testing

@testable import Inference

@Suite("A llama.cpp server, spoken to over a socket")
struct LlamaServerTests {
    /// Runs a server that gives one reply per path, and 404 elsewhere.
    private func with<Value: Sendable>(
        _ replies: [String: String], status: Int = 200, _ body: (LlamaServer) async throws -> Value
    ) async throws -> Value {
        try await FaultServer.with(
            FaultServer.replying { request in
                let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                guard let reply = replies[path] else { return httpReply(404) }
                return httpReply(status, body: reply)
            }
        ) { server in
            let client = HTTPClient(transport: HTTPTransport(), policy: .never)
            return try await body(LlamaServer(address: try ServerAddress(server.url), client: client))
        }
    }

    private func failure(_ body: () async throws(InferenceError) -> Void) async -> InferenceError? {
        do throws(InferenceError) { try await body() } catch { return error }
        return nil
    }

    @Test("properties are read from /props and /v1/models")
    func properties() async throws {
        let properties = try await with([
            "/props": #"{"default_generation_settings":{"n_ctx":512},"total_slots":2,"model_path":"/m/rand.gguf","#
                + #""build_info":"b7","chat_template":"{{x}}","model_alias":"x"}"#,
            "/v1/models": #"{"data":[{"id":"a","meta":{"n_vocab":3000,"n_params":2923200,"size":11692800}}]}"#,
        ]) { try await $0.properties() }
        #expect(properties.slots == 2)
        #expect(properties.contextTokens == 512)
        #expect(properties.vocabulary == 3000)
        #expect(properties.hasChatTemplate)
        #expect(properties.modelIdentity == "rand.gguf (2923200 parameters, 3000 tokens)")
    }

    @Test("what /v1/models and optional fields do not tell is unknown, not an error")
    func sparseProperties() async throws {
        let properties = try await with(["/props": #"{"total_slots":1}"#]) { try await $0.properties() }
        #expect(properties.slots == 1)
        #expect(properties.contextTokens == 0)
        #expect(properties.vocabulary == nil)
        #expect(!properties.hasChatTemplate)
        #expect(properties.modelIdentity == "unknown (? parameters, ? tokens)")
    }

    @Test(
        "numbers of slots that no server has are brought into range",
        arguments: [(-5, 1), (0, 1), (512, 512), (513, 512), (Int.max, 512)])
    func slots(told: Int, used: Int) async throws {
        let properties = try await with(["/props": #"{"total_slots":\#(told)}"#]) { try await $0.properties() }
        #expect(properties.slots == used)
    }

    @Test("a web page instead of /props is an unusable reply")
    func webPage() async throws {
        let error = try await with(["/props": "<html></html>"]) { server in
            await failure { () async throws(InferenceError) in _ = try await server.properties() }
        }
        guard case .malformedReply = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a truncated reply is a context that is too small, whatever it claims to have evaluated")
    func truncated() async throws {
        for count in [505, Int.max, Int.min, -1] {
            let body = #"{"tokens":[1],"truncated":true,"tokens_evaluated":\#(count)}"#
            let error = try await with(["/completion": body]) { server in
                await failure { () async throws(InferenceError) in
                    _ = try await server.complete(CompletionRequest(prompt: [1, 2], maximumTokens: 3))
                }
            }
            guard case .contextTooSmall(_, needed: 5, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("an unusable completion names its URL and the byte")
    func malformedCompletion() async throws {
        let error = try await with(["/completion": #"{"content":"a"}"#]) { server in
            await failure { () async throws(InferenceError) in
                _ = try await server.complete(CompletionRequest(prompt: [1], maximumTokens: 1))
            }
        }
        let text = try #require(error).description
        #expect(text.contains("/completion"))
        #expect(text.contains("tokens"))
    }

    @Test("pieces come as strings or as bytes")
    func tokenize() async throws {
        let reply = #"{"tokens":[{"id":36,"piece":"D"},{"id":128,"piece":[195]},{"id":103,"piece":[169]}]}"#
        let tokens = try await with(["/tokenize": reply]) { try await $0.tokenize("Dé") }
        #expect(tokens.tokens == [36, 128, 103])
        #expect(tokens.ends == [1, 2, 3])
    }

    @Test("control tokens are parsed only on request, and may come without their text")
    func controlTokens() async throws {
        try await FaultServer.with(
            FaultServer.replying { request in
                let isParsed = request.contains(#""parse_special":true,"add_special":false}"#)
                return httpReply(
                    200, body: isParsed ? #"{"tokens":[{"id":9,"piece":""}]}"# : #"{"tokens":[{"id":1,"piece":"<s>"}]}"#
                )
            }
        ) { server in
            let client = HTTPClient(transport: HTTPTransport(), policy: .never)
            let server = LlamaServer(address: try ServerAddress(server.url), client: client)
            #expect(try await server.tokenize("<s>").tokens == [1])
            #expect(try await server.tokenize("<s>", parsingControlTokens: true).tokens == [9])
        }
    }

    @Test(
        "tokens that cannot be trusted are refused",
        arguments: [
            #"{"tokens":[36,128]}"#, #"{"tokens":[{"id":1}]}"#, #"{"tokens":[{"piece":"D"}]}"#,
            #"{"tokens":[{"id":1,"piece":[256]}]}"#, #"{"tokens":[{"id":1,"piece":[-1]}]}"#,
            #"{"tokens":[{"id":1,"piece":null}]}"#, #"{"tokens":[{"id":1,"piece":"x"}]}"#, "{}", "", "[]",
            #"{"tokens":[{"id":1,"piece":"D"},{"id":2,"piece":"é"}]"#,
        ])
    func untrusted(reply: String) async throws {
        let error = try await with(["/tokenize": reply]) { server in
            await failure { () async throws(InferenceError) in _ = try await server.tokenize("Dé") }
        }
        switch error {
        case .malformedReply, .unfaithfulTokenizer: break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test(
        "only what another server or another time could mend is a fault of the server",
        arguments: [
            (400, false), (401, true), (403, true), (404, false), (413, false), (429, true), (500, false), (502, true),
            (503, true), (504, true),
        ])
    func serverFaults(status: Int, isServerFault: Bool) async throws {
        let error = try await with(["/completion": "{}"], status: status) { server in
            await failure { () async throws(InferenceError) in
                _ = try await server.complete(CompletionRequest(prompt: [1], maximumTokens: 1))
            }
        }
        #expect(try #require(error).isServerFault == isServerFault)
        #expect(error?.isCancellation == false)
    }

    @Test("health is asked once and is false for a server that is not there")
    func health() async throws {
        #expect(try await with(["/health": "{}"]) { await $0.isHealthy() })
        #expect(try await !with(["/health": "{}"], status: 503) { await $0.isHealthy() })
        let client = HTTPClient(transport: HTTPTransport(), policy: .never)
        #expect(await !LlamaServer(address: try ServerAddress("http://127.0.0.1:1"), client: client).isHealthy())
    }
}
