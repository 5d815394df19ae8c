import Foundation

@testable import Inference

extension ToyServer {
    /// The answer to one HTTP request, head and body.
    func answer(_ request: String) -> [UInt8] {
        let path = request.split(separator: " ", maxSplits: 2).dropFirst().first.map(String.init) ?? ""
        let body = request.firstRange(of: "\r\n\r\n").map { request[$0.upperBound...] } ?? ""
        let reply = reply(path, Array(body.utf8))
        return httpReply(reply.status, body: reply.body)
    }
}

/// Runs toy servers on loopback sockets for the time of a closure.
///
/// - Parameter hangsUp: Decides for every request whether the connection is closed instead of an answer.
func withToys<Value: Sendable>(
    _ toys: [ToyServer], policy: RetryPolicy = .never, hangsUp: @escaping @Sendable (String) -> Bool = { _ in false },
    _ body: ([LlamaServer]) async throws -> Value
) async throws -> Value {
    let client = HTTPClient(transport: HTTPTransport(maximumInFlight: 64), policy: policy)
    var hosts: [FaultServer] = []
    defer { for host in hosts { host.stop() } }
    var servers: [LlamaServer] = []
    for toy in toys {
        let host = try FaultServer { connection in
            while let request = connection.readRequest(), !hangsUp(request) { connection.write(toy.answer(request)) }
        }
        hosts.append(host)
        servers.append(LlamaServer(address: try ServerAddress(host.url), client: client))
    }
    return try await body(servers)
}
