import Corpus
import Foundation

@testable import Inference

/// A ``ToyServer`` that is asked directly, by the bytes that would go over the wire.
final class ToySource: CompletionSource {
    let server: ToyServer
    let name = "toy"
    private let log = Guarded<[CompletionRequest]>([])
    private let fatalLog: Guarded<[String]>

    init(_ server: ToyServer) {
        let fatalLog = Guarded<[String]>([])
        var server = server
        server.fatal = { message in fatalLog.withLock { $0.append(message) } }
        self.server = server
        self.fatalLog = fatalLog
    }

    /// What was asked so far.
    var requests: [CompletionRequest] { log.withLock { $0 } }
    /// What a real server would not have survived.
    var fatal: [String] { fatalLog.withLock { $0 } }

    func complete(
        _ request: CompletionRequest, lookingUp lookup: TokenID?
    ) async throws(InferenceError) -> Completion {
        // Toys compute where servers are waited for; their neighbours measure milliseconds.
        await Task.yield()
        log.withLock { $0.append(request) }
        let body = try answer("/completion", request.body)
        do throws(JSONScanError) { return try Completion(body: body, lookup: lookup) } catch {
            throw .malformedReply(url: name, detail: error.description)
        }
    }

    func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken] {
        let ids = prompt.map { "\($0)" }.joined(separator: ",")
        let body = try answer("/v1/completions", Array(#"{"prompt":[\#(ids)],"echo":true}"#.utf8))
        guard let reply = try? JSONDecoder().decode(EchoReply.self, from: Data(body)),
            let echoed = reply.echoed(promptCount: prompt.count)
        else { throw .malformedReply(url: name, detail: "no log-probabilities of the prompt") }
        return echoed
    }

    private func answer(_ path: String, _ body: [UInt8]) throws(InferenceError) -> [UInt8] {
        let reply = server.reply(path, body)
        guard reply.status == 200 else {
            let http = HTTPReply(status: reply.status, body: Array(reply.body.utf8))
            throw .request(.refused(HTTPRefusal(reply: http, url: path, attempts: 1, apiKey: nil)))
        }
        return Array(reply.body.utf8)
    }
}
