import Audit
import Foundation
import Inference
import Logging

/// The way to the servers of a run, whether they run already or have to be started.
struct ServerAccess: Sendable {
    let addresses: [ServerAddress]
    let model: String?
    let serverBinary: String?
    let slots: Int?
    let threads: Int?
    let apiKey: APIKey?
    let deadlines: Deadlines
    let patience: Duration

    /// Most slots of all servers together that are kept busy; each costs a connection.
    private static let largestWidth = 512

    /// Opens sessions on all servers and lends them.
    ///
    /// - Parameters:
    ///   - opener: How to test and calibrate.
    ///   - windowTokens: Prefix and suffix of the longest window together, for the context of a started server.
    ///   - logPath: Where a started server writes what it prints.
    ///   - console: Is told what happens.
    ///   - body: The work.
    func withFleet<Value: Sendable>(
        opener: SessionOpener, windowTokens: Int, logPath: String, console: Console,
        _ body: @escaping @Sendable (Fleet) async throws -> Value
    ) async throws -> Value {
        try await withFleet(opener: opener, windowTokens: windowTokens, logPath: logPath, console: console) {
            fleet, _ in
            try await body(fleet)
        }
    }

    /// Opens sessions on all servers and lends them, with what carries their requests.
    func withFleet<Value: Sendable>(
        opener: SessionOpener, windowTokens: Int, logPath: String, console: Console,
        _ body: @escaping @Sendable (Fleet, HTTPClient) async throws -> Value
    ) async throws -> Value {
        let transport = HTTPTransport(maximumInFlight: Self.largestWidth)
        defer { transport.shutDown() }
        // Waiting for a server that is down is the fleet's business; a request only rides out what passes quickly.
        let policy = RetryPolicy(maximumAttempts: 4, maximumDelay: .seconds(5), totalDeadline: .seconds(1800))
        let client = HTTPClient(transport: transport, policy: policy, apiKey: apiKey)
        let logger = console.logger("rote")
        let limit = opener.strictness == .strict ? 1 : slots

        @Sendable func work(_ addresses: [ServerAddress]) async throws -> Value {
            var sessions: [ServerSession] = []
            for address in addresses {
                console.note("testing \(address)")
                let session = try await opener.open(
                    LlamaServer(address: address, client: client, deadlines: deadlines))
                console.note(Self.introduction(session))
                sessions.append(session)
            }
            let fleet = try Fleet(sessions: sessions, slotLimit: limit, patience: patience, logger: logger)
            transport.limitInFlight(to: min(Self.largestWidth, max(1, fleet.width)))
            return try await body(fleet, client)
        }

        guard let model else { return try await work(addresses) }
        let job = try ServerJob(model: model, slots: limit, windowTokens: windowTokens, threads: threads)
        let program = try ServerProgram.find(given: serverBinary)
        console.note("starting a server for \(model) with \(job.slots) slots")
        return try await ManagedServer(program: program, job: job, logPath: logPath).run(
            isReady: { await LlamaServer(address: $0, client: client).isHealthy() },
            { try await work([$0]) })
    }

    private static func introduction(_ session: ServerSession) -> String {
        let properties = session.properties
        let identity = "\(properties.modelIdentity), build \(properties.build), \(properties.slots) slots"
        guard session.canScore else {
            return "\(identity); forced scores refused: \(session.selfTest.obstacle ?? "unknown")"
        }
        let ways = session.calibration
        return "\(identity); forced scores agree; forcing by \(ways.unlikely.rawValue)"
            + (ways.recited == ways.unlikely ? "" : ", recited text by \(ways.recited.rawValue)")
    }
}
