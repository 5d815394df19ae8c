import Corpus
import Foundation
import Inference
import Synchronization

/// The next tokens of a llama.cpp server, most of them for less than one request each.
///
/// One greedy run with lists of probable tokens answers for every place along the greedy text, and a model that
/// remembers a text returns to it soon after a departure; so while a sequence is greedy, runs look further and further
/// ahead, and their lists are kept. Elsewhere one forced token answers for one place. Tokens without bytes end a reply,
/// so no sequence goes on from them and they are left out.
final class LlamaNextTokens: NextTokenSource {
    private let session: ServerSession
    private let client: HTTPClient
    private let context: [TokenID]
    private let suffix: TokenizedText
    private let slot: SlotID?
    private let reusesCache: Bool
    private let state = Mutex(State())

    /// Tokens of the first greedy run.
    private static let firstRun = 4

    private struct State {
        var lists: [[TokenID]: [TokenCandidate]] = [:]
        var requests = 0
    }

    /// Creates a source for one context.
    ///
    /// - Parameters:
    ///   - session: The server, whose forced scores are known to be right.
    ///   - client: What carries the requests.
    ///   - context: Everything before the suffix.
    ///   - suffix: The tokens that are expected, with their bytes.
    ///   - slot: The server slot to stay on.
    ///   - reusesCache: Whether the server may keep the context between requests.
    init(
        session: ServerSession, client: HTTPClient, context: [TokenID], suffix: TokenizedText, slot: SlotID?,
        reusesCache: Bool
    ) {
        self.session = session
        self.client = client
        self.context = context
        self.suffix = suffix
        self.slot = slot
        self.reusesCache = reusesCache
    }

    /// Requests sent so far.
    var requests: Int { state.withLock { $0.requests } }

    func candidates(
        after path: [TokenID], count: Int, including wanted: TokenID
    ) async throws(InferenceError) -> [TokenCandidate] {
        if list(after: path) == nil {
            let ahead = lookAhead(from: path)
            if ahead > 1 { try await runGreedily(from: path, tokens: ahead, count: count) }
            if list(after: path) == nil { try await ask(about: wanted, after: path, count: count) }
        }
        var found = list(after: path) ?? []
        if !found.contains(where: { $0.token == wanted }), let ln = try await force(wanted, after: path) {
            found.append(TokenCandidate(token: wanted, ln: ln))
        }
        return found
    }

    private func list(after path: [TokenID]) -> [TokenCandidate]? { state.withLock { $0.lists[path] } }

    /// How many tokens to run from a path: twice as many as were greedy at its end, as far as the suffix goes.
    private func lookAhead(from path: [TokenID]) -> Int {
        let left = suffix.tokens.count - path.count
        guard !path.isEmpty else { return min(left, Self.firstRun) }
        let greedy = path.indices.reversed().prefix { index in
            list(after: Array(path[..<index]))?.max { $0.ln < $1.ln }?.token == path[index]
        }
        return min(left, 2 * greedy.count)
    }

    /// Runs greedily from a path and keeps the lists along the way.
    private func runGreedily(from path: [TokenID], tokens: Int, count: Int) async throws(InferenceError) {
        let reply = try await ask(
            CompletionRequest(
                prompt: context + path, maximumTokens: tokens, topProbabilities: count, reusesCache: reusesCache,
                slot: slot))
        // Places inside a character come without a row; only rows that certainly belong to their tokens are used.
        guard reply.rows.count == reply.tokens.count, zip(reply.rows, reply.tokens).allSatisfy({ $0.id == $1 }) else {
            return
        }
        state.withLock { state in
            for (index, row) in reply.rows.enumerated() {
                state.lists[path + reply.tokens[..<index]] = row.candidates
            }
        }
    }

    /// Asks for one list while the wanted token is forced, whose own log-probability comes with it.
    private func ask(about wanted: TokenID, after path: [TokenID], count: Int) async throws(InferenceError) {
        var row = try await forcedRow(wanted, after: path, count: count)
        if row == nil, let plain = suffix.firstPlainToken {
            // The row of a token that ends inside a character is withheld; that of a plain one is sent.
            row = try await forcedRow(plain, after: path, count: count)
        }
        var list = row?.candidates ?? []
        if let row, row.id == wanted, row.logprob >= TokenScore.floor, !list.contains(where: { $0.token == wanted }) {
            list.append(TokenCandidate(token: wanted, ln: row.logprob))
        }
        state.withLock { $0.lists[path] = list }
    }

    private func forcedRow(
        _ token: TokenID, after path: [TokenID], count: Int
    ) async throws(InferenceError) -> ListedReply.Row? {
        try await ask(
            CompletionRequest(
                prompt: context + path, maximumTokens: 1, topProbabilities: count, constraint: .token(token),
                reusesCache: reusesCache, slot: slot)
        ).rows.first
    }

    /// The log-probability of a token that is in no list; `nil` when it is not the suffix's token at this place.
    private func force(_ token: TokenID, after path: [TokenID]) async throws(InferenceError) -> Double? {
        guard suffix.tokens.indices.contains(path.count), suffix.tokens[path.count] == token else { return nil }
        let target = ForcingTarget(
            prefix: context + path, suffix: suffix.part(path.count..<path.count + 1))
        let score = try await session.scorer.score(target, way: .single, slot: slot)
        state.withLock { $0.requests += score.requests }
        guard let first = score.tokens.first, first.exactness == .exact else { return nil }
        return first.ln
    }

    private func ask(_ request: CompletionRequest) async throws(InferenceError) -> ListedReply {
        state.withLock { $0.requests += 1 }
        let url = session.server.address.url(path: "/completion")
        let body: [UInt8]
        do throws(HTTPFailure) {
            body = try await client.send(HTTPRequest(method: .post, url: url, body: request.body)).body
        } catch { throw .request(error) }
        do {
            return try JSONDecoder().decode(ListedReply.self, from: Data(body))
        } catch {
            throw .malformedReply(url: url, detail: "no list of probable tokens in the reply")
        }
    }
}

/// The fields of a reply to `/completion` that a search reads.
private struct ListedReply: Decodable {
    struct Row: Decodable {
        let id: TokenID
        let logprob: Double
        let top_logprobs: [Entry]

        /// The listed tokens that stand for bytes.
        var candidates: [TokenCandidate] {
            top_logprobs.compactMap { entry in
                entry.bytes.isEmpty ? nil : TokenCandidate(token: entry.id, ln: entry.logprob)
            }
        }
    }

    struct Entry: Decodable {
        let id: TokenID
        let bytes: [UInt8]
        let logprob: Double
    }

    let tokens: [TokenID]
    let completion_probabilities: [Row]?

    var rows: [Row] { completion_probabilities ?? [] }
}

extension TokenizedText {
    /// A token of whole ASCII characters, if there is one.
    fileprivate var firstPlainToken: TokenID? {
        tokens.indices.first { !piece($0).isEmpty && piece($0).allSatisfy { $0 < 0x80 } }.map { tokens[$0] }
    }
}
