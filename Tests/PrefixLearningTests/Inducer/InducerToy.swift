import Corpus
import Foundation
import Synchronization

@testable import Inference

/// A llama.cpp server with one token per byte and two control tokens, whose replies are a function of the request.
final class InducerToy: Sendable {
    /// What `/apply-template` does.
    enum Frame: Sendable {
        /// There is none.
        case none
        /// ChatML, lent to a model that does not know its marks.
        case borrowed
        /// ChatML.
        case chat
        /// ChatML that drops system messages.
        case chatWithoutSystem
        /// ChatML that fails at system messages.
        case chatRefusingSystem
    }

    /// A completion as it was asked for, control tokens in guillemets.
    struct Asked: Sendable {
        let text: String
        let most: Int
        let topK: Int
        let temperature: Double
        let seed: Int
        let reusesCache: Bool
    }

    private struct State {
        var asked: [Asked] = []
        var atOnce = 0
        var mostAtOnce = 0
    }

    private let frame: Frame
    private let slots: Int
    private let contextTokens: Int
    private let pause: Double
    private let reply: @Sendable (Asked) -> String?
    private let state = Mutex(State())
    private static let controls = ["<s>": 1000, "<|im_start|>": 1001, "<|im_end|>": 1002]

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - pause: Seconds that a completion takes.
    ///   - reply: The reply to a completion; `nil` refuses it.
    init(
        frame: Frame, slots: Int = 2, contextTokens: Int = 8192, pause: Double = 0,
        reply: @escaping @Sendable (Asked) -> String?
    ) {
        self.frame = frame
        self.slots = slots
        self.contextTokens = contextTokens
        self.pause = pause
        self.reply = reply
    }

    var asked: [Asked] { state.withLock { $0.asked } }
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    /// Serves for the time of a closure.
    func serve(_ body: (LlamaServer) async throws -> Void) async throws {
        let script = FaultServer.replying { request in
            let path = request.split(separator: " ", maxSplits: 2).dropFirst().first.map(String.init) ?? ""
            let content = request.firstRange(of: "\r\n\r\n").map { request[$0.upperBound...] } ?? ""
            let (status, body) = self.answer(path, Data(content.utf8))
            return httpReply(status, body: body)
        }
        try await FaultServer.with(script) { host in
            let client = HTTPClient(transport: HTTPTransport(maximumInFlight: 64), policy: .never)
            try await body(LlamaServer(address: try ServerAddress(host.url), client: client))
        }
    }

    private func answer(_ path: String, _ body: Data) -> (Int, String) {
        let request = (try? JSONSerialization.jsonObject(with: body) as? [String: Any]) ?? [:]
        switch path {
        case "/health": return (200, "{}")
        case "/props":
            return (
                200,
                #"{"total_slots":\#(slots),"model_path":"/m/inducer.gguf","default_generation_settings":{"n_ctx":\#(contextTokens)}}"#
            )
        case "/tokenize": return (200, json(["tokens": tokenize(request)]))
        case "/apply-template": return applyTemplate(request)
        case "/completion": return complete(request)
        default: return (404, #"{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"#)
        }
    }

    private func json(_ object: [String: Any]) -> String {
        String(decoding: (try? JSONSerialization.data(withJSONObject: object)) ?? Data(), as: UTF8.self)
    }

    private func tokenize(_ request: [String: Any]) -> [[String: Any]] {
        var rest = (request["content"] as? String ?? "")[...]
        var tokens: [[String: Any]] = request["add_special"] as? Bool == true ? [["id": 1000, "piece": ""]] : []
        let parses = request["parse_special"] as? Bool == true && frame != .borrowed
        while let first = rest.utf8.first {
            if parses, let control = Self.controls.first(where: { rest.hasPrefix($0.key) }) {
                tokens.append(["id": control.value, "piece": control.key])
                rest = rest.dropFirst(control.key.count)
            } else {
                tokens.append(["id": Int(first), "piece": [Int(first)]])
                rest = Substring(rest.utf8.dropFirst())
            }
        }
        return tokens
    }

    private func applyTemplate(_ request: [String: Any]) -> (Int, String) {
        var messages = request["messages"] as? [[String: String]] ?? []
        let hasSystem = messages.contains { $0["role"] == "system" }
        if frame == .none || (frame == .chatRefusingSystem && hasSystem) {
            return (
                400, #"{"error":{"code":400,"message":"System role not supported","type":"invalid_request_error"}}"#
            )
        }
        if frame == .chatWithoutSystem { messages.removeAll { $0["role"] == "system" } }
        let turns = messages.map { "<|im_start|>\($0["role"] ?? "")\n\($0["content"] ?? "")<|im_end|>\n" }
        return (200, json(["prompt": turns.joined() + "<|im_start|>assistant\n"]))
    }

    private func complete(_ request: [String: Any]) -> (Int, String) {
        let shown: [UInt8] = (request["prompt"] as? [Int] ?? []).flatMap { id -> [UInt8] in
            let control = Self.controls.first { $0.value == id }?.key.filter { !"<|>".contains($0) }
            return control.map { Array("«\($0)»".utf8) } ?? [UInt8(id)]
        }
        let asked = Asked(
            text: String(decoding: shown, as: UTF8.self), most: request["n_predict"] as? Int ?? 0,
            topK: request["top_k"] as? Int ?? 0, temperature: request["temperature"] as? Double ?? 0,
            seed: request["seed"] as? Int ?? 0, reusesCache: request["cache_prompt"] as? Bool ?? false)
        state.withLock { state in
            state.asked.append(asked)
            state.atOnce += 1
            state.mostAtOnce = max(state.mostAtOnce, state.atOnce)
        }
        defer { state.withLock { $0.atOnce -= 1 } }
        if pause > 0 { Thread.sleep(forTimeInterval: pause) }
        guard let content = reply(asked) else {
            return (400, #"{"error":{"code":400,"message":"no","type":"invalid_request_error"}}"#)
        }
        return (200, json(["tokens": [1], "content": content, "stop_type": "eos", "truncated": false]))
    }
}
