import Corpus
import Inference
import Logging
import Statistics
import Testing

@testable import Inference
@testable import OrderTest

/// The whole way of a test over loopback, with servers whose every probability is known.
@Suite("A test of the published order on toy servers", .serialized)
struct ToyServerTests {
    private let folder: ScratchFolder
    private let order: PublishedOrder
    private let leading: [TokenID] = [97]

    init() throws {
        folder = try ScratchFolder()
        let options = try OrderTestOptions(openingTokens: 6, tailTokens: 7)
        order = try PublishedOrder(randomCorpus(folder, count: 25, seed: 2), options: options)
        #expect(order.gates.allSatisfy(\.passed) && order.shards.count == 4)
    }

    /// A model that has read the documents in a given order, or nothing.
    private func model(read documents: [Document] = []) -> ToyModel {
        let strange = ToyModel(seed: 3)
        // It remembers what follows three tokens, so only the passage from one document to the next, not their insides.
        let passages = zip(documents, documents.dropFirst()).map { one, next in
            Array(strange.tokenize(one.text).tokens.suffix(3)) + strange.tokenize("\n\n").tokens
                + strange.tokenize(next.text).tokens.prefix(3)
        }
        return ToyModel(seed: 3, remembering: passages)
    }

    private func test(
        _ toys: [ToyServer], way: ForcingWay = .grammar, directory: String,
        hangsUp: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> OrderRecord {
        try await withToys(toys, hangsUp: hangsUp) { servers in
            var sessions: [ServerSession] = []
            for server in servers {
                let properties = try await server.properties()
                sessions.append(
                    ServerSession(
                        server: server, properties: properties, selfTest: SelfTestReport(ways: [], obstacle: nil),
                        calibration: Calibration(measurements: [], unlikely: way, recited: way),
                        scorer: ForcedScorer(
                            source: server, neutralToken: 97, vocabulary: properties.vocabulary ?? 0,
                            reusesCache: false)))
            }
            let fleet = try Fleet(
                sessions: sessions, patience: .milliseconds(400),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let plan = OrderTestPlan(order, model: "toy", leading: leading)
            return try await OrderRun(
                order: order, plan: plan, directory: directory,
                surroundings: OrderRun.Surroundings(program: "test", arguments: [])
            ).execute(asking: OrderObserver(fleet: fleet, order: order, plan: plan))
        }
    }

    @Test("every score is the model's own ln p of a beginning after an end", arguments: [ForcingWay.grammar, .single])
    func scores(way: ForcingWay) async throws {
        let model = model()
        let record = try await test([ToyServer(model: model)], way: way, directory: folder("r"))
        #expect(record.sightings.failures == 0, "\(record.sightings.lastFailure ?? "")")
        let separator = model.tokenize("\n\n").tokens
        for (number, shard) in order.shards.enumerated() {
            let found = try #require(record.sightings.fit(ofShard: number))
            for place in 0..<3 {
                for mover in 0..<3 {
                    var expected = 0.0
                    for (end, beginning) in [
                        (shard.anchors[place], shard.movers[mover]), (shard.movers[mover], shard.anchors[place + 1]),
                    ] {
                        let tail = model.tokenize(order.documents[end].text).tokens.suffix(7)
                        let text = model.tokenize(order.documents[beginning].text)
                        // Cut back to where a character ends.
                        let count = (1...6).last {
                            String(validating: text.bytes(ofTokens: 0..<$0), as: UTF8.self) != nil
                        }
                        let opening = TokenizedText(
                            tokens: Array(text.tokens.prefix(count ?? 0)),
                            pieces: (0..<(count ?? 0)).map { Array(text.piece($0)) })
                        expected += model.trueScore(
                            of: ForcingTarget(prefix: leading + tail + separator, suffix: opening)
                        ).reduce(0) { $0 + $1.ln }
                    }
                    #expect(abs(found[place][mover] - expected) < 1e-6, "\(number) \(place) \(mover)")
                }
            }
        }
    }

    @Test("a model that read the documents in their order is found out; one that read them in another, or none, is not")
    func verdicts() async throws {
        let read = try await test([ToyServer(model: model(read: order.documents))], directory: folder("read")).verdict()
        #expect(read.answer == .memorized && read.evidence == .order, "\(read.reason)")
        let backwards = try await test(
            [ToyServer(model: model(read: order.documents.reversed()))], directory: folder("backwards")
        ).verdict()
        #expect(backwards.answer == .inconclusive && (backwards.test?.pValue.value ?? 0) > 0.01)
        let unread = try await test([ToyServer(model: model())], directory: folder("unread")).verdict()
        #expect(unread.answer == .inconclusive && (unread.test?.pValue.value ?? 0) > 0.01)
    }

    @Test("a slot that is too small makes failures with advice and no verdict of guilt")
    func smallContext() async throws {
        let toy = ToyServer(model: model(read: order.documents), contextTokens: 12)
        let record = try await test([toy], directory: folder("r"))
        let verdict = try record.verdict()
        #expect(verdict.answer == .inconclusive && verdict.incompleteShards == 4)
        #expect(verdict.caveats.contains { $0.contains("--ctx-size") }, "\(verdict.caveats)")
    }

    @Test("a server that is gone in the middle leaves what it answered, and two continue")
    func lostServer() async throws {
        let count = Guarded(0)
        let model = model()
        do {
            _ = try await test([ToyServer(model: model)], directory: folder("r")) { request in
                guard request.hasPrefix("POST /completion") || request.hasPrefix("GET /health") else { return false }
                return count.withLock { count in
                    count += 1
                    return count > 20
                }
            }
            Issue.record("the test went on without a server")
        } catch let error as OrderTestError {
            guard case .interrupted(let done, let total, _) = error else { throw error }
            #expect((1...20).contains(done) && total == 72)
        }
        let whole = try await test([ToyServer(model: model)], directory: folder("whole"))
        let resumed = try await test([ToyServer(model: model), ToyServer(model: model)], directory: folder("r"))
        #expect(resumed.sightings.answered == 72)
        #expect(try resumed.verdict() == whole.verdict())
    }
}
