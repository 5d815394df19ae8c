import Corpus
import Logging
import Randomness
import Testing

@testable import Inference

@Suite("Servers that share a job")
struct FleetTests {
    /// Servers that answer for their health alone; what the work does is up to the test.
    private final class Ward: Sendable {
        let sessions: [ServerSession]
        private let hosts: [FaultServer]
        private let ill: [Guarded<Bool>]

        init(count: Int, slots: Int = 3, model: @escaping (Int) -> String = { _ in "m" }) throws {
            let client = HTTPClient(transport: HTTPTransport(maximumInFlight: 64), policy: .never)
            let ill = (0..<count).map { _ in Guarded(false) }
            hosts = try ill.map { ill in
                try FaultServer(FaultServer.replying { _ in httpReply(ill.withLock { $0 } ? 500 : 200) })
            }
            self.ill = ill
            sessions = try hosts.enumerated().map { index, host in
                let server = LlamaServer(address: try ServerAddress(host.url), client: client)
                return ServerSession(
                    server: server,
                    properties: ServerProperties(
                        slots: slots, contextTokens: 512, model: model(index), build: "b", vocabulary: 9,
                        parameters: 9, modelBytes: 9, hasChatTemplate: false),
                    selfTest: SelfTestReport(ways: [], obstacle: nil), calibration: .fixed(usable: []),
                    scorer: ForcedScorer(source: server, neutralToken: 1, vocabulary: 9, reusesCache: false))
            }
        }

        deinit { for host in hosts { host.stop() } }

        func setIll(_ index: Int, _ value: Bool = true) { ill[index].withLock { $0 = value } }
        func index(_ place: Fleet.Place) -> Int {
            sessions.firstIndex { $0.server.name == place.session.server.name } ?? -1
        }
        func fleet(slotLimit: Int? = nil, patience: Duration = .seconds(60)) throws -> Fleet {
            try Fleet(sessions: sessions, slotLimit: slotLimit, patience: patience, logger: .quiet)
        }
    }

    /// What became of the items.
    private final class Ledger: Sendable {
        private let entries = Guarded<[(item: Int, isDone: Bool)]>([])
        var done: [Int] { entries.withLock { $0.filter(\.isDone).map(\.item).sorted() } }
        var failed: [Int] { entries.withLock { $0.filter { !$0.isDone }.map(\.item).sorted() } }
        func note(_ item: Int, _ outcome: Fleet.Outcome<Int>) -> Fleet.Continuation {
            entries.withLock { entries in
                if case .done = outcome { entries.append((item, true)) } else { entries.append((item, false)) }
            }
            return .goOn
        }
    }

    private static let lost = InferenceError.request(
        .transport(TransportError(kind: .connectionLost, url: "test", detail: "gone"), attempts: 1))

    @Test("every item is finished exactly once when nothing fails")
    func healthy() async throws {
        let ward = try Ward(count: 2)
        let ledger = Ledger()
        let fleet = try ward.fleet()
        #expect(fleet.width == 6)
        try await fleet.run(Array(0..<200)) { item, _ throws(InferenceError) in
            item
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.done == Array(0..<200))
        #expect(ledger.failed.isEmpty)
        try await fleet.run([]) { item, _ throws(InferenceError) in
            item
        } finished: {
            ledger.note($0, $1)
        }
    }

    @Test("places are the slots of each server, and no two items are at one place at once")
    func places() async throws {
        let ward = try Ward(count: 2, slots: 3)
        let busy = Guarded<[String: Int]>([:])
        let seen = Guarded<Set<String>>([])
        try await ward.fleet(slotLimit: 2).run(Array(0..<60)) { item, place throws(InferenceError) in
            let key = "\(ward.index(place))/\(place.slot.rawValue)"
            let others = busy.withLock { busy in
                busy[key, default: 0] += 1
                return busy[key, default: 0]
            }
            #expect(others == 1)
            _ = seen.withLock { $0.insert(key).inserted }
            try? await Task.sleep(for: .milliseconds(2))
            busy.withLock { $0[key, default: 0] -= 1 }
            return item
        } finished: { _, _ in
            .goOn
        }
        #expect(seen.withLock { $0 }.sorted() == ["0/0", "0/1", "1/0", "1/1"])
    }

    @Test("an answer that nothing more is wanted ends the job at once, whatever waits or is under way")
    func stop() async throws {
        let ward = try Ward(count: 2, slots: 3)
        let ledger = Ledger()
        let start = ContinuousClock.now
        try await ward.fleet().run(Array(0..<10_000)) { item, _ throws(InferenceError) in
            // All but the first few would take an hour.
            if item >= 20 { try? await Task.sleep(for: .seconds(3600)) }
            return item
        } finished: { item, outcome in
            _ = ledger.note(item, outcome)
            return item == 15 ? .stop : .goOn
        }
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(ledger.done.contains(15) && ledger.done.count <= 26)
    }

    @Test("a limit on slots below one still leaves one", arguments: [1, 0, -7])
    func slotLimits(limit: Int) async throws {
        let ward = try Ward(count: 1)
        let ledger = Ledger()
        let fleet = try ward.fleet(slotLimit: limit)
        #expect(fleet.width == 1)
        try await fleet.run([1, 2]) { item, _ throws(InferenceError) in
            item
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.done == [1, 2])
    }

    @Test("servers that fail at random lose nothing and finish nothing twice", arguments: 0..<3 as Range<UInt64>)
    func randomFailures(seed: UInt64) async throws {
        let ward = try Ward(count: 3)
        let ledger = Ledger()
        let dice = Guarded(SeededGenerator(seed: seed, stream: "failures"))
        try await ward.fleet().run(Array(0..<120)) { item, _ throws(InferenceError) in
            try? await Task.sleep(for: .milliseconds(1))
            if dice.withLock({ $0.next(below: 10) }) == 0 { throw Self.lost }
            return item
        } finished: {
            ledger.note($0, $1)
        }
        #expect((ledger.done + ledger.failed).sorted() == Array(0..<120), "seed \(seed)")
        #expect(ledger.failed.count <= 1, "seed \(seed): \(ledger.failed)")
    }

    @Test(
        "a server that dies for good does not keep the others from finishing, nor the job from ending",
        .timeLimit(.minutes(1)))
    func oneDies() async throws {
        let ward = try Ward(count: 2)
        let ledger = Ledger()
        let start = ContinuousClock.now
        try await ward.fleet().run(Array(0..<60)) { item, place throws(InferenceError) in
            try? await Task.sleep(for: .milliseconds(5))
            if ward.index(place) == 0, item >= 10 {
                ward.setIll(0)
                throw Self.lost
            }
            return item
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.done == Array(0..<60))
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("a server that comes back is given work again")
    func returns() async throws {
        let ward = try Ward(count: 1)
        let ledger = Ledger()
        let failures = Guarded(0)
        try await ward.fleet().run(Array(0..<10)) { item, _ throws(InferenceError) in
            let isFirst = failures.withLock { failures in
                failures += 1
                return failures == 1
            }
            guard isFirst else { return item }
            ward.setIll(0)
            Task {
                try? await Task.sleep(for: .milliseconds(400))
                ward.setIll(0, false)
            }
            throw Self.lost
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.done == Array(0..<10))
    }

    @Test(
        "when all servers are gone for longer than the patience lasts, the job ends with the cause",
        .timeLimit(.minutes(1)))
    func allDie() async throws {
        let ward = try Ward(count: 2)
        let ledger = Ledger()
        await #expect(throws: InferenceError.self) {
            try await ward.fleet(patience: .milliseconds(300)).run(Array(0..<40)) {
                item, place throws(InferenceError) in
                guard item < 8 else {
                    ward.setIll(ward.index(place))
                    throw Self.lost
                }
                return item
            } finished: {
                ledger.note($0, $1)
            }
        }
        #expect(ledger.done == Array(0..<8))
        #expect(ledger.failed.isEmpty)
    }

    @Test("an item that makes every server fail is given up alone")
    func poison() async throws {
        let ward = try Ward(count: 2)
        let ledger = Ledger()
        let tries = Guarded(0)
        try await ward.fleet().run(Array(0..<30)) { item, _ throws(InferenceError) in
            guard item == 7 else { return item }
            tries.withLock { $0 += 1 }
            throw Self.lost
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.failed == [7])
        #expect(ledger.done == (0..<30).filter { $0 != 7 })
        #expect(tries.withLock { $0 } == Fleet.maximumReturns + 1)
    }

    @Test("an item that takes down its server does not take its neighbours with it", .timeLimit(.minutes(1)))
    func crash() async throws {
        let ward = try Ward(count: 2, slots: 8)
        let ledger = Ledger()
        let crashes = (0..<2).map { _ in Guarded(0) }
        try await ward.fleet().run(Array(0..<24)) { item, place throws(InferenceError) in
            let server = ward.index(place)
            let before = crashes[server].withLock { $0 }
            // Its neighbours are still at work when the server goes down.
            try? await Task.sleep(for: .milliseconds(item == 3 ? 10 : 25))
            if item == 3 { crashes[server].withLock { $0 += 1 } }
            guard crashes[server].withLock({ $0 }) == before else { throw Self.lost }
            return item
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.failed == [3])
        #expect(ledger.done == (0..<24).filter { $0 != 3 })
    }

    @Test("servers that say they are well and do nothing end the job, with nothing held against the items")
    func nothingGetsDone() async throws {
        let ward = try Ward(count: 2)
        let ledger = Ledger()
        await #expect(throws: InferenceError.self) {
            try await ward.fleet().run(Array(0..<200)) { item, _ throws(InferenceError) in
                guard item < 10 else { throw Self.lost }
                return item
            } finished: {
                ledger.note($0, $1)
            }
        }
        #expect(ledger.done == Array(0..<10))
        #expect(ledger.failed.isEmpty)
    }

    @Test("what no other server could mend fails at once, and the server stays at work")
    func itemFailures() async throws {
        let ward = try Ward(count: 1)
        let ledger = Ledger()
        let tries = Guarded(0)
        try await ward.fleet().run(Array(0..<9)) { item, _ throws(InferenceError) in
            guard item % 3 == 0 else { return item }
            tries.withLock { $0 += 1 }
            throw .malformedReply(url: "test", detail: "nonsense")
        } finished: {
            ledger.note($0, $1)
        }
        #expect(ledger.failed == [0, 3, 6])
        #expect(ledger.done == [1, 2, 4, 5, 7, 8])
        #expect(tries.withLock { $0 } == 3)
    }

    @Test(
        "cancelling ends the job at once, also while servers are away", .timeLimit(.minutes(1)),
        arguments: [false, true])
    func cancellation(servers areAway: Bool) async throws {
        let ward = try Ward(count: 2)
        let fleet = try ward.fleet()
        let ledger = Ledger()
        if areAway { for index in 0..<2 { ward.setIll(index) } }
        let job = Task {
            try await fleet.run(Array(0..<1000)) { item, _ throws(InferenceError) in
                if areAway { throw Self.lost }
                do { try await Task.sleep(for: .milliseconds(5)) } catch { throw InferenceError.cancelled }
                return item
            } finished: {
                ledger.note($0, $1)
            }
        }
        try await Task.sleep(for: .milliseconds(60))
        let start = ContinuousClock.now
        job.cancel()
        do {
            try await job.value
            Issue.record("the job ended by itself")
        } catch {
            #expect(error is CancellationError || (error as? InferenceError)?.isCancellation == true, "\(error)")
        }
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(Set(ledger.done).count == ledger.done.count)
        #expect(ledger.failed.isEmpty)
    }

    @Test("a stop that comes as an error of the transport stops everything")
    func transportShutDown() async throws {
        let ward = try Ward(count: 1)
        let ledger = Ledger()
        do {
            try await ward.fleet().run(Array(0..<30)) { item, _ throws(InferenceError) in
                if item == 4 {
                    throw .request(.transport(TransportError(kind: .shutDown, url: "t", detail: ""), attempts: 1))
                }
                return item
            } finished: {
                ledger.note($0, $1)
            }
            Issue.record("the job went on")
        } catch { #expect((error as? InferenceError)?.isCancellation == true, "\(error)") }
        #expect(!ledger.failed.contains(4))
    }

    @Test("an error of whoever keeps the results ends the job and is passed on")
    func keeperFails() async throws {
        struct DiskFull: Error {}
        let ward = try Ward(count: 2)
        await #expect(throws: DiskFull.self) {
            try await ward.fleet().run(Array(0..<100)) { item, _ throws(InferenceError) in
                item
            } finished: { item, _ in
                if item == 20 { throw DiskFull() }
                return .goOn
            }
        }
    }

    @Test("servers with different models are refused, with both names")
    func differentModels() throws {
        let ward = try Ward(count: 3) { $0 == 2 ? "/other/n.gguf" : "/models/m.gguf" }
        do {
            _ = try ward.fleet()
            Issue.record("accepted")
        } catch {
            let text = "\(error)"
            #expect(text.contains("m.gguf") && text.contains("n.gguf"))
            #expect(text.contains(ward.sessions[2].server.name))
        }
        // The same file under another path is the same model.
        #expect(throws: Never.self) { try Ward(count: 2) { "/path\($0)/m.gguf" }.fleet() }
    }

    @Test("work for no servers is an error, not a success")
    func noServers() async throws {
        let fleet = try Fleet(sessions: [], logger: .quiet)
        await #expect(throws: InferenceError.self) {
            try await fleet.run([1]) { item, _ throws(InferenceError) in
                item
            } finished: { (_, _: Fleet.Outcome<Int>) in
                .goOn
            }
        }
    }

    @Test("texts are tokenized in their order by whichever server is free")
    func tokenize() async throws {
        let model = ToyModel(seed: 1)
        try await withToys([ToyServer(model: model, slots: 3), ToyServer(model: model, slots: 2)]) { servers in
            var sessions: [ServerSession] = []
            for server in servers {
                sessions.append(
                    ServerSession(
                        server: server, properties: try await server.properties(),
                        selfTest: SelfTestReport(ways: [], obstacle: nil), calibration: .fixed(usable: []),
                        scorer: ForcedScorer(source: server, neutralToken: 97, vocabulary: 283, reusesCache: false)))
            }
            let fleet = try Fleet(sessions: sessions, logger: .quiet)
            let texts = (0..<40).map { "the fog \($0) é東🦊" }
            #expect(try await fleet.tokenize(texts) == texts.map { model.tokenize($0) })
            #expect(try await fleet.leadingTokens().isEmpty)
        }
    }
}

extension Logger {
    /// A logger that says nothing.
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
