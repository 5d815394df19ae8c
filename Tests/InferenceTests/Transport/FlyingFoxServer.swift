import FlyingFox
import FlyingSocks
import Foundation

/// Runs a real HTTP server on a free loopback port for the time of a closure.
///
/// FlyingFox and Inference both have types named after HTTP's nouns, so this file is the only one that imports it here.
func withFlyingFox<Result: Sendable>(
    _ reply: @escaping @Sendable (_ path: String, _ body: [UInt8]) async throws -> (status: Int, body: [UInt8]),
    _ body: (_ url: String) async throws -> Result
) async throws -> Result {
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 30, logger: .disabled)
    await server.appendRoute("*") { request in
        let answer = try await reply(request.path, [UInt8](request.bodyData))
        return HTTPResponse(
            statusCode: HTTPStatusCode(answer.status, phrase: "Any"),
            headers: HTTPHeaders([.contentType: "application/json"]),
            body: .init(answer.body))
    }
    let task = Task { try await server.run() }
    defer { task.cancel() }
    try await server.waitUntilListening(timeout: 5)
    guard case .ip4(_, let port) = await server.listeningAddress else { throw FlyingFoxDidNotListen() }
    return try await body("http://127.0.0.1:\(port)")
}

struct FlyingFoxDidNotListen: Error {}
