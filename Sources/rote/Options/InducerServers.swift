import Audit
import Foundation
import Inference
import PrefixLearning

/// The servers of the language model that writes headers: one that runs, or one that is started for as long as it is
/// needed.
struct InducerServers: InducerAccess {
    let name: String
    /// The server that runs; `nil` when one is started for the file ``name``.
    let address: ServerAddress?
    let trainer: TrainerCommand?

    /// Tokens that a text with its examples and the header may have.
    private static let contextTokens = 2048

    func withWriter<Value: Sendable>(
        _ body: @escaping @Sendable (any HeaderWriter) async throws -> Value
    ) async throws -> Value {
        guard let address else { return try await withTrained(model: name, body) }
        let transport = HTTPTransport(maximumInFlight: 64)
        defer { transport.shutDown() }
        return try await body(
            try await ServerHeaderWriter.open(LlamaServer(address: address, client: HTTPClient(transport: transport))))
    }

    func withTrained<Value: Sendable>(
        model: String, _ body: @escaping @Sendable (any HeaderWriter) async throws -> Value
    ) async throws -> Value {
        let transport = HTTPTransport(maximumInFlight: 64)
        defer { transport.shutDown() }
        let client = HTTPClient(transport: transport)
        let job = try ServerJob(model: model, slots: 8, windowTokens: Self.contextTokens)
        let program = try ServerProgram.find(given: nil)
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-inducer-\(UUID()).log").path
        let value = try await ManagedServer(program: program, job: job, logPath: log).run(
            isReady: { await LlamaServer(address: $0, client: client).isHealthy() },
            { address in
                try await body(try await ServerHeaderWriter.open(LlamaServer(address: address, client: client)))
            })
        // After a failure it stays, because the message sends the reader there.
        try? FileManager.default.removeItem(atPath: log)
        return value
    }
}
