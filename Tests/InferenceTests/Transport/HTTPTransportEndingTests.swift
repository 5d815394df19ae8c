import Foundation
import Testing

@testable import Inference

/// Blocks the calling thread; for scripts of ``FaultServer``, which have a thread of their own.
func pause(milliseconds: Int) {
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
}

@Suite("Cancellation and shutdown", .serialized, .timeLimit(.minutes(1)))
struct HTTPTransportEndingTests {
    private let silent: FaultServer.Script = { $0.waitForPeerToLeave() }

    private func waitUntil(_ condition: () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(2)) }
        #expect(condition())
    }

    /// Starts requests that will never be answered and measures how long the slowest takes to come back once ended.
    private func slowestReturn(
        count: Int, on transport: HTTPTransport, url: String, expecting kind: TransportError.Kind,
        end: ([Task<ContinuousClock.Instant, Never>]) -> Void
    ) async throws -> Duration {
        let tasks = (0..<count).map { _ in
            Task {
                let error = await #expect(throws: TransportError.self) {
                    try await transport.send(HTTPRequest(method: .post, url: url, body: [1]))
                }
                #expect(error?.kind == kind)
                return ContinuousClock.now
            }
        }
        try await waitUntil { transport.counters.inFlight + transport.counters.waiting == count }
        let start = ContinuousClock.now
        end(tasks)
        var slowest = Duration.zero
        for task in tasks { slowest = max(slowest, start.duration(to: await task.value)) }
        #expect(transport.counters.inFlight == 0 && transport.counters.waiting == 0)
        return slowest
    }

    @Test("200 cancelled requests, in flight and waiting, all return within 50 ms")
    func cancelMany() async throws {
        try await FaultServer.with(silent) { server in
            let transport = HTTPTransport(maximumInFlight: 64)
            // Other work on the machine can delay any single round; a transport that is slow fails every round.
            var rounds: [Duration] = []
            for _ in 0..<25 where !rounds.contains(where: { $0 <= .milliseconds(50) }) {
                rounds.append(
                    try await slowestReturn(count: 200, on: transport, url: server.url, expecting: .cancelled) {
                        tasks in
                        for task in tasks { task.cancel() }
                    })
            }
            #expect(rounds.contains { $0 <= .milliseconds(50) }, "\(rounds)")
            #expect(transport.counters.failed == 200 * rounds.count)
        }
    }

    @Test("shutdown returns everyone within 50 ms, and later requests at once")
    func shutDownWithWork() async throws {
        try await FaultServer.with(silent) { server in
            var rounds: [Duration] = []
            for _ in 0..<25 where !rounds.contains(where: { $0 <= .milliseconds(50) }) {
                let transport = HTTPTransport(maximumInFlight: 8)
                rounds.append(
                    try await slowestReturn(count: 100, on: transport, url: server.url, expecting: .shutDown) { _ in
                        transport.shutDown()
                        transport.shutDown()
                    })
                let late = await #expect(throws: TransportError.self) {
                    try await transport.send(HTTPRequest(method: .get, url: server.url))
                }
                #expect(late?.kind == .shutDown)
            }
            #expect(rounds.contains { $0 <= .milliseconds(50) }, "\(rounds)")
        }
    }

    @Test("cancelling the attempt closes its connection, so that the server can stop working")
    func connectionIsClosed() async throws {
        try await confirmation { closed in
            let (left, tell) = AsyncStream.makeStream(of: Void.self)
            try await FaultServer.with({ connection in
                _ = connection.readRequest()
                connection.waitForPeerToLeave()
                tell.yield()
                tell.finish()
            }) { server in
                let transport = HTTPTransport()
                let task = Task { try await transport.send(HTTPRequest(method: .get, url: server.url)) }
                try await waitUntil { server.accepted == 1 && transport.counters.inFlight == 1 }
                try await Task.sleep(for: .milliseconds(20))
                task.cancel()
                for await _ in left { closed() }
                transport.shutDown()
            }
        }
    }

    @Test("cancellations at random moments: each request ends once, and none is left behind", arguments: [1, 2, 3])
    func randomCancellation(seed: Int) async throws {
        try await FaultServer.with(FaultServer.replying { _ in httpReply() }) { server in
            let transport = HTTPTransport(maximumInFlight: 8)
            let endings = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<300 {
                    group.addTask {
                        let task = Task {
                            try await transport.send(HTTPRequest(method: .post, url: server.url, body: [1]))
                        }
                        // From before the start, through the flight, to after the finish.
                        for _ in 0..<((index * 7919 + seed * 104_729) % 61) { await Task.yield() }
                        task.cancel()
                        switch await task.result {
                        case .success(let reply): return reply.status == 200
                        case .failure(let error): return (error as? TransportError)?.kind == .cancelled
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(endings == 300)
            let counters = transport.counters
            #expect(counters.inFlight == 0 && counters.waiting == 0)
            #expect(counters.replied + counters.failed <= 300)
            // Still in working order.
            let reply = try await transport.send(HTTPRequest(method: .get, url: server.url))
            #expect(reply.status == 200)
        }
    }

    @Test("a cancellation that overtakes its request on the way to the loop is not forgotten")
    func overtakingCancellation() async throws {
        try await FaultServer.with(silent) { server in
            let transport = HTTPTransport()
            // In a task that is cancelled already, the cancellation is always posted ahead of the request. A forgotten
            // one would leave the request waiting for the silent server, beyond the time limit.
            let tasks = (0..<200).map { _ in
                Task {
                    while !Task.isCancelled { await Task.yield() }
                    return await #expect(throws: TransportError.self) {
                        try await transport.send(HTTPRequest(method: .get, url: server.url))
                    }
                }
            }
            for task in tasks { task.cancel() }
            for task in tasks { #expect(await task.value?.kind == .cancelled) }
            let counters = transport.counters
            #expect(counters.sent == 0 && counters.failed == 200 && counters.inFlight == 0 && counters.waiting == 0)
            #expect(server.accepted == 0)
        }
    }

    @Test("a transport that is let go ends its loop and closes its connections")
    func released() async throws {
        let (left, tell) = AsyncStream.makeStream(of: Void.self)
        try await FaultServer.with({ connection in
            while connection.readRequest() != nil { connection.write(httpReply()) }
            tell.finish()
        }) { server in
            do {
                let transport = HTTPTransport()
                let reply = try await transport.send(HTTPRequest(method: .get, url: server.url))
                #expect(reply.status == 200)
            }
            // Ends only when the server sees the kept connection close.
            for await _ in left {}
        }
    }

    @Test("shutdown from many threads while others send")
    func shutDownRace() async throws {
        try await FaultServer.with(FaultServer.replying { _ in httpReply() }) { server in
            for _ in 0..<10 {
                let transport = HTTPTransport(maximumInFlight: 4)
                let ended = await withTaskGroup(of: Bool.self) { group in
                    for index in 0..<60 {
                        group.addTask {
                            if index % 15 == 14 { transport.shutDown() }
                            do throws(TransportError) {
                                return try await transport.send(HTTPRequest(method: .get, url: server.url)).status
                                    == 200
                            } catch {
                                return error.kind == .shutDown
                            }
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(ended == 60)
            }
        }
    }
}
