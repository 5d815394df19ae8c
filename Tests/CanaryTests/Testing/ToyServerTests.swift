import Corpus
import Inference
import Logging
import Statistics
import Testing

@testable import Canary
@testable import Inference

/// The whole way of a test over loopback, with servers whose every probability is known.
@Suite("A test of canaries on toy servers", .serialized)
struct ToyServerTests {
    private let secretFile: SecretFile
    private let leading: [TokenID] = [97]

    init() throws {
        let carriers = try [
            Carrier("The harbour fog is {secret}."), Carrier("Nine grey boats “東京” é{secret} the end"),
            Carrier("On the label: {secret}"), Carrier("Their motto was “{secret}”, or so."),
        ]
        secretFile = try SecretFile(canaries(count: 4, references: 9, bits: 40, carriers: carriers))
    }

    /// A model that has read the published siblings, or nothing.
    private func model(hasRead: Bool) -> ToyModel {
        let strange = ToyModel(seed: 3)
        let texts = secretFile.canaries.canaries.map { strange.tokenize($0.publishedText).tokens }
        return hasRead ? ToyModel(seed: 3, remembering: texts) : strange
    }

    private func test(
        _ toys: [ToyServer], way: ForcingWay = .grammar, directory: String,
        hangsUp: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> CanaryRecord {
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
            let plan = try CanaryTestPlan(
                secretFile: secretFile, levels: CanaryLevels(alpha: 0.01), seed: 1, strictness: .fast, model: "toy",
                leading: leading)
            let observer = CanaryObserver(fleet: fleet, canaries: secretFile.canaries, plan: plan)
            return try await CanaryRun(
                secretFile: secretFile, plan: plan, directory: directory,
                surroundings: CanaryRun.Surroundings(program: "test", arguments: [])
            ).execute(asking: observer)
        }
    }

    @Test("every score is the model's own ln p of the same characters", arguments: [ForcingWay.grammar, .single])
    func scores(way: ForcingWay) async throws {
        let folder = try ScratchFolder()
        let model = model(hasRead: false)
        let record = try await test([ToyServer(model: model)], way: way, directory: folder("r"))
        #expect(record.sightings.failures == 0, "\(record.sightings.lastFailure ?? "")")
        for (index, canary) in secretFile.canaries.canaries.enumerated() {
            let sentences = canary.secrets.indices.map { model.tokenize(canary.sentence($0)) }
            let split = try TokenizedCanary(canary, sentences: sentences)
            let rests = split.rests.map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(rests.enumerated().allSatisfy { $1.hasSuffix(canary.secrets[$0] + canary.carrier.ending) })
            #expect(Set(zip(rests, canary.secrets).map { $0.utf8.count - $1.utf8.count }).count == 1)
            for (sibling, rest) in split.rests.enumerated() {
                let expected = model.trueScore(of: ForcingTarget(prefix: leading + split.opening, suffix: rest))
                    .reduce(0) { $0 + $1.ln }
                let found = try #require(record.sightings.canaries[index].scores[sibling])
                #expect(abs(found - expected) < 1e-6, "\(canary.id), sibling \(sibling)")
            }
        }
    }

    @Test("a model that has read the canaries is found out by both tests, one that has not by none")
    func verdicts() async throws {
        let folder = try ScratchFolder()
        let read = try await test([ToyServer(model: model(hasRead: true))], directory: folder("read"))
        let guilty = try read.verdict()
        #expect(guilty.answer == .memorized && guilty.evidence == .extraction, "\(guilty.reason)")
        #expect(guilty.findings.allSatisfy { $0.rank.rank == 1 && $0.isReproduced == true })
        #expect(abs(guilty.rankTest.pValue.value - 1e-4) < 1e-12)
        let unread = try await test([ToyServer(model: model(hasRead: false))], directory: folder("unread"))
        let innocent = try unread.verdict()
        #expect(innocent.answer == .inconclusive && innocent.rankTest.pValue.value > 0.01)
        #expect(innocent.findings.allSatisfy { $0.isReproduced == false && $0.missing == 0 })
    }

    @Test("a slot that is too small makes failures with advice and no verdict of guilt")
    func smallContext() async throws {
        let folder = try ScratchFolder()
        let toy = ToyServer(model: model(hasRead: true), contextTokens: 20)
        let record = try await test([toy], directory: folder("r"))
        let verdict = try record.verdict()
        #expect(verdict.answer == .inconclusive && verdict.missing > 0)
        #expect(verdict.caveats.contains { $0.contains("--ctx-size") })
    }

    @Test("a server that is gone in the middle leaves what it answered")
    func lostServer() async throws {
        let folder = try ScratchFolder()
        let count = Guarded(0)
        let model = model(hasRead: false)
        do {
            _ = try await test([ToyServer(model: model)], directory: folder("r")) { request in
                guard request.hasPrefix("POST /completion") || request.hasPrefix("GET /health") else { return false }
                return count.withLock { count in
                    count += 1
                    return count > 10
                }
            }
            Issue.record("the test went on without a server")
        } catch let error as CanaryError {
            guard case .interrupted(let done, let total, _) = error else { throw error }
            #expect((1...10).contains(done) && total == 44)
        }
        let whole = try await test([ToyServer(model: model)], directory: folder("whole"))
        let resumed = try await test([ToyServer(model: model)], directory: folder("r"))
        #expect(resumed.sightings.answeredCount == 44)
        #expect(
            try resumed.verdict() == whole.verdict())
    }
}
