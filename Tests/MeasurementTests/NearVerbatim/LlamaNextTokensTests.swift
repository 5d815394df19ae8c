import Corpus
import Foundation
import Statistics
import Testing

@testable import Inference
@testable import Measurement

@Suite("Next tokens of a server")
struct LlamaNextTokensTests {
    /// Runs a body with a session on a toy server that tells the bytes of listed tokens.
    private func withSession<Value: Sendable>(
        _ model: ToyModel, requests: Guarded<Int>, _ body: (ServerSession, HTTPClient) async throws -> Value
    ) async throws -> Value {
        try await withEditedToy(
            model, requests: requests,
            edit: { reply in
                reply.replacing(/\{"id":(\d+),"logprob"/) { match in
                    let piece = Int(match.1).map { model.pieces[$0] } ?? []
                    return "{\"id\":\(match.1),\"bytes\":\(piece),\"logprob\""
                }
            }, body)
    }

    /// Σ p over all sequences that differ from the suffix in at most one place and never end the text.
    private func withinOne(_ model: ToyModel, _ context: [TokenID], _ suffix: [TokenID]) -> Double {
        func ln(_ path: [TokenID]) -> Double {
            path.indices.reduce(0) { $0 + model.lnProbabilities(after: context + path[..<$1])[Int(path[$1].rawValue)] }
        }
        var sum = exp(ln(suffix))
        for place in suffix.indices {
            for id in model.pieces.indices where TokenID(Int32(id)) != suffix[place] {
                var path = suffix
                path[place] = TokenID(Int32(id))
                sum += exp(ln(path))
            }
        }
        return sum
    }

    @Test(
        "a search over a server is bounded by what can be enumerated, split characters or not",
        arguments: ["nine grey boats by the harbour", "a “déjà vu” 🦊 東京 in the fog"])
    func bound(text: String) async throws {
        let plain = ToyModel(seed: 4)
        let model = ToyModel(seed: 4, remembering: [plain.tokenize(text).tokens])
        let tokens = model.tokenize(text)
        let context = Array(tokens.tokens[..<4])
        let end = min(tokens.tokens.count, 11)
        let suffix = TokenizedText(
            tokens: Array(tokens.tokens[4..<end]), pieces: (4..<end).map { Array(tokens.piece($0)) })
        let truth = model.trueScore(of: ForcingTarget(prefix: context, suffix: suffix)).reduce(0) { $0 + $1.ln }
        let requests = Guarded(0)
        try await withSession(model, requests: requests) { session, client in
            func search(_ radius: Int) async throws -> (bound: ConstrainedSearch.Bound, requests: Int) {
                let options = try #require(
                    ConstrainedSearch.Options(distance: .hamming, radius: radius, beam: 12, candidates: 6, leastLn: -60)
                )
                let source = LlamaNextTokens(
                    session: session, client: client, context: context, suffix: suffix, slot: nil, reusesCache: false)
                return (try await ConstrainedSearch(options).bound(for: suffix.tokens, in: source), source.requests)
            }
            let verbatim = try await search(0)
            #expect(abs(verbatim.bound.atLeast.ln - truth) < 1e-6, "\(verbatim.bound) \(truth)")
            let near = try await search(1)
            #expect(near.bound.atLeast.ln >= truth - 1e-6)
            #expect(near.bound.atLeast.value <= withinOne(model, context, suffix.tokens) * (1 + 1e-6))
            #expect(near.bound.sequences > 1)
            // Greedy runs tell several lists at once along a remembered text.
            if suffix.bytes.allSatisfy({ $0 < 0x80 }) { #expect(verbatim.requests < suffix.tokens.count) }
            #expect(verbatim.requests + near.requests == requests.withLock { $0 })
        }
    }

    @Test("a reply without lists is an error that names the server")
    func noLists() async throws {
        let host = try FaultServer { connection in
            while connection.readRequest() != nil { connection.write(httpReply(200, body: "{\"tokens\":\"none\"}")) }
        }
        defer { host.stop() }
        let requests = Guarded(0)
        try await withSession(ToyModel(seed: 1), requests: requests) { session, client in
            let broken = ServerSession(
                server: LlamaServer(address: try ServerAddress(host.url), client: client),
                properties: session.properties, selfTest: session.selfTest, calibration: session.calibration,
                scorer: session.scorer)
            let suffix = TokenizedText(tokens: [98], pieces: [[98]])
            let source = LlamaNextTokens(
                session: broken, client: client, context: [97], suffix: suffix, slot: nil, reusesCache: false)
            await #expect(throws: InferenceError.self) {
                _ = try await source.candidates(after: [], count: 3, including: 98)
            }
        }
    }
}
