import Corpus
import Foundation

@testable import Inference

/// A llama.cpp server in miniature: the same requests, the same replies, the same traps, over a ``ToyModel``.
struct ToyServer: Sendable {
    /// What a server can do wrong.
    enum Fault: String, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// Probabilities are reported after bias and grammar.
        case afterBias
        /// Every log-probability is 0.
        case zeros
        /// `logit_bias` has no effect.
        case ignoresBias
        /// `grammar` has no effect.
        case ignoresGrammar
        /// Every third row is left out, and every row of a reply of one token.
        case dropsRows
        /// No rows at all.
        case noRows
        /// Rows name the token after theirs.
        case wrongTokens
        /// The rows of incomplete characters are sent like all others.
        case withholdsNothing
        /// The best alternative is not reported.
        case noAlternatives
        /// Every request that asks for probabilities is refused.
        case refusesProbabilities
    }

    /// How `/v1/completions` answers to `echo`.
    enum Echo: String, Sendable {
        /// As llama.cpp: it is ignored.
        case ignored
        /// As vLLM: honestly.
        case honest
        /// Zeros for the prompt.
        case zeros
        /// -9999 for the prompt.
        case unknown
        /// Right numbers, and every token called the best.
        case allGreedy
    }

    var model: ToyModel
    var fault = Fault.none
    var echo = Echo.ignored
    var slots = 2
    var contextTokens = 512
    /// Whether `/v1/models` tells the size of the vocabulary.
    var tellsVocabulary = true
    var name = "toy"
    /// Told what real servers would not survive.
    var fatal: @Sendable (String) -> Void = { _ in }

    /// What a server reports for a probability of zero.
    static let lowest = -3.4028234663852886e+38

    typealias Reply = (status: Int, body: String)

    /// Answers one request.
    func reply(_ path: String, _ body: [UInt8]) -> Reply {
        switch path {
        case "/health": return (200, #"{"status":"ok"}"#)
        case "/props":
            return (
                200,
                #"{"total_slots":\#(slots),"model_path":"/models/\#(name).gguf","build_info":"toy","#
                    + #""default_generation_settings":{"n_ctx":\#(contextTokens)}}"#
            )
        case "/v1/models":
            let meta = tellsVocabulary ? #","meta":{"n_vocab":\#(model.pieces.count),"n_params":1,"size":1}"# : ""
            return (200, #"{"data":[{"id":"\#(name)"\#(meta)}]}"#)
        case "/tokenize": return tokenize(object(body))
        case "/completion": return complete(object(body))
        case "/v1/completions": return echo(object(body))
        default: return (404, #"{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"#)
        }
    }

    private func object(_ body: [UInt8]) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
    }

    private func failed(_ status: Int, _ message: String) -> Reply {
        (status, #"{"error":{"code":\#(status),"message":"\#(message)","type":"server_error"}}"#)
    }

    private func tokenize(_ request: [String: Any]) -> Reply {
        let text = model.tokenize(request["content"] as? String ?? "")
        let entries = text.tokens.enumerated().map { index, token in
            let bytes = text.piece(index)
            let piece = String(validating: bytes, as: UTF8.self).map(Self.quoted) ?? "\(Array(bytes))"
            return #"{"id":\#(token),"piece":\#(piece)}"#
        }
        return (200, #"{"tokens":[\#(entries.joined(separator: ","))]}"#)
    }

    // MARK: Completions

    private struct Row {
        let token: TokenID
        let ln: Double
        let list: [(token: TokenID, ln: Double)]
    }

    private func complete(_ request: [String: Any]) -> Reply {
        let prompt = (request["prompt"] as? [Int] ?? []).map { TokenID(rawValue: Int32($0)) }
        let wanted = request["n_predict"] as? Int ?? 0
        let listed = request["n_probs"] as? Int ?? 0
        guard !prompt.isEmpty else { return failed(400, "prompt must not be empty") }
        guard prompt.count < contextTokens else { return failed(400, "request exceeds the available context size") }
        if fault == .refusesProbabilities, listed > 0 { return failed(400, "n_probs is not supported") }
        var grammar: ToyGrammar?
        if fault != .ignoresGrammar, let text = request["grammar"] as? String {
            guard let parsed = ToyGrammar(text) else {
                fatal("unreadable grammar: \(text)")
                return failed(400, "failed to parse grammar")
            }
            for token in parsed.literalTokens where !isWhole(token) { fatal("grammar names token \(token): \(text)") }
            grammar = parsed
        }
        var bias: [Int: Double] = [:]
        if fault != .ignoresBias {
            for entry in request["logit_bias"] as? [[Double]] ?? [] { bias[Int(entry[0])] = entry[1] }
        }
        var tokens: [TokenID] = []
        var bytes: [UInt8] = []
        var rows: [Row] = []
        var stop = "limit"
        var truncated = false
        while tokens.count < wanted {
            let raw = model.lnProbabilities(after: prompt + tokens)
            var adjusted = raw
            for (id, value) in bias where adjusted.indices.contains(id) { adjusted[id] += value }
            if let grammar {
                for id in adjusted.indices where !isAllowed(id, by: grammar) { adjusted[id] = -.infinity }
            }
            let token = ToyModel.best(adjusted)
            guard adjusted[Int(token.rawValue)] > -.infinity else {
                return failed(500, "Unexpected empty grammar stack")
            }
            let piece = model.pieces[Int(token.rawValue)]
            if token != model.end { grammar?.take(piece: piece) }
            tokens.append(token)
            bytes += piece
            if listed > 0, fault != .noRows, fault == .withholdsNothing || Self.endsBetweenCharacters(bytes) {
                rows.append(row(token, raw: raw, adjusted: adjusted, listed: listed))
            }
            if token == model.end {
                stop = "eos"
                break
            }
            if prompt.count + tokens.count >= contextTokens {
                truncated = true
                break
            }
        }
        if fault == .dropsRows { rows = wanted == 1 ? [] : rows.indices.filter { $0 % 3 != 1 }.map { rows[$0] } }
        let list = rows.map(json).joined(separator: ",")
        let probabilities = rows.isEmpty ? "" : #""completion_probabilities":[\#(list)],"#
        return (
            200,
            #"{"tokens":[\#(tokens.map { "\($0)" }.joined(separator: ","))],"#
                + #""content":\#(Self.quoted(String(decoding: bytes, as: UTF8.self))),\#(probabilities)"stop_type":"\#(stop)","#
                + #""truncated":\#(truncated),"tokens_evaluated":\#(prompt.count),"#
                + #""timings":{"cache_n":0,"prompt_n":\#(prompt.count),"predicted_n":\#(tokens.count)}}"#
        )
    }

    private func isWhole(_ token: TokenID) -> Bool {
        guard model.pieces.indices.contains(Int(token.rawValue)) else { return false }
        let piece = model.pieces[Int(token.rawValue)]
        return !piece.isEmpty && String(validating: piece, as: UTF8.self) != nil
    }

    private func isAllowed(_ id: Int, by grammar: ToyGrammar) -> Bool {
        let token = TokenID(rawValue: Int32(id))
        return grammar.isComplete ? token == model.end : grammar.allows(token, piece: model.pieces[id])
    }

    private func row(_ token: TokenID, raw: [Double], adjusted: [Double], listed: Int) -> Row {
        var lns = raw
        if fault == .afterBias {
            let greatest = adjusted.max() ?? 0
            let total = adjusted.reduce(0) { $0 + exp($1 - greatest) }
            lns = adjusted.map { $0 == -.infinity ? Self.lowest : $0 - greatest - log(total) }
        }
        if fault == .zeros { lns = lns.map { _ in 0 } }
        func told(_ id: Int) -> Double { Float(exp(lns[id])) == 0 ? Self.lowest : lns[id] }
        let order =
            listed == 1 ? [Int(ToyModel.best(lns).rawValue)] : lns.indices.sorted { (lns[$1], $0) < (lns[$0], $1) }
        let named = fault == .wrongTokens ? TokenID(rawValue: token.rawValue + 1) : token
        return Row(
            token: named, ln: told(Int(token.rawValue)),
            list: fault == .noAlternatives
                ? [] : order.prefix(listed).map { (TokenID(rawValue: Int32($0)), told($0)) })
    }

    private func json(_ row: Row) -> String {
        // Lists of the whole vocabulary are as short as they may be: most of the time goes into them.
        let list = row.list.map { "{\"id\":\($0.token.rawValue),\"logprob\":\($0.ln)}" }
        return
            #"{"id":\#(row.token),"token":"","bytes":[],"logprob":\#(row.ln),"top_logprobs":[\#(list.joined(separator: ","))]}"#
    }

    /// Whether a server sends what it has: no lead byte among the last four still waits for its continuation.
    static func endsBetweenCharacters(_ bytes: [UInt8]) -> Bool {
        for distance in 1...4 where distance <= bytes.count {
            let byte = bytes[bytes.count - distance]
            if byte & 0xE0 == 0xC0, distance < 2 { return false }
            if byte & 0xF0 == 0xE0, distance < 3 { return false }
            if byte & 0xF8 == 0xF0, distance < 4 { return false }
        }
        return true
    }

    private func echo(_ request: [String: Any]) -> Reply {
        let prompt = (request["prompt"] as? [Int] ?? []).map { TokenID(rawValue: Int32($0)) }
        guard echo != .ignored else {
            return (200, #"{"choices":[{"text":"x","logprobs":{"content":[{"id":1,"logprob":-2.5}]}}]}"#)
        }
        var values = ["null"]
        var tops = ["null"]
        for index in prompt.indices.dropFirst() {
            let raw = model.lnProbabilities(after: prompt[..<index])
            let ln = raw[Int(prompt[index].rawValue)]
            let best = raw.max() ?? 0
            switch echo {
            case .zeros: values.append("0")
            case .unknown: values.append("-9999.0")
            default: values.append(Float(exp(ln)) == 0 ? "\(Self.lowest)" : "\(ln)")
            }
            tops.append(#"{"a":\#(echo == .allGreedy ? ln : best),"b":\#(ln)}"#)
        }
        let row =
            #"{"token_logprobs":[\#(values.joined(separator: ","))],"top_logprobs":[\#(tops.joined(separator: ","))]}"#
        return (200, #"{"choices":[{"text":"","logprobs":\#(row)}]}"#)
    }

    private static func quoted(_ text: String) -> String {
        var json = JSONText()
        json.string(text)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
