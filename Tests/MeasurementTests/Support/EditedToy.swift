import Corpus
import Foundation

@testable import Inference
@testable import Measurement

/// Runs a body with a session on a toy server whose completions are changed on their way.
///
/// - Parameters:
///   - model: What the server runs.
///   - requests: Counts the completions that are asked for.
///   - edit: Changes the body of every completion.
func withEditedToy<Value: Sendable>(
    _ model: ToyModel, requests: Guarded<Int> = Guarded(0), edit: @escaping @Sendable (String) -> String,
    _ body: (ServerSession, HTTPClient) async throws -> Value
) async throws -> Value {
    let toy = ToyServer(model: model)
    let host = try FaultServer { connection in
        while let request = connection.readRequest() {
            let reply = toy.answer(request)
            guard request.hasPrefix("POST /completion ") else {
                connection.write(reply)
                continue
            }
            requests.withLock { $0 += 1 }
            let text = String(decoding: reply, as: UTF8.self)
            let start = text.firstRange(of: "\r\n\r\n").map { $0.upperBound } ?? text.startIndex
            connection.write(httpReply(200, body: edit(String(text[start...]))))
        }
    }
    defer { host.stop() }
    let client = HTTPClient(transport: HTTPTransport(maximumInFlight: 4), policy: .never)
    let server = LlamaServer(address: try ServerAddress(host.url), client: client)
    let properties = try await server.properties()
    let session = ServerSession(
        server: server, properties: properties,
        selfTest: SelfTestReport(ways: [.init(way: .single, largestDifference: 0, obstacle: nil)], obstacle: nil),
        calibration: Calibration(measurements: [], unlikely: .single, recited: .single),
        scorer: ForcedScorer(
            source: server, neutralToken: 97, vocabulary: properties.vocabulary ?? 0, reusesCache: false))
    return try await body(session, client)
}
