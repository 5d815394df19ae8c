import Corpus
import Testing

@testable import Inference

@Suite("Opening sessions over a socket", .serialized)
struct SessionOpenerTests {
    private func open(_ toy: ToyServer, _ opener: SessionOpener) async throws -> ServerSession {
        try await withToys([toy]) { try await opener.open($0[0]) }
    }

    @Test("a fast session measures the usable ways in both regimes")
    func fast() async throws {
        let session = try await open(ToyServer(model: ToyModel(seed: 1)), SessionOpener(sample: SelfTest.texts[1]))
        #expect(session.canScore, "\(session.selfTest.obstacle ?? "")")
        #expect(session.properties.slots == 2)
        let measured = session.calibration.measurements
        for regime in Calibration.Regime.allCases {
            #expect(
                Set(measured.filter { $0.regime == regime }.map(\.way)) == Set(session.selfTest.usableWays))
        }
        #expect(measured.allSatisfy { $0.tokensPerSecond > 0 })
    }

    @Test("a strict session measures nothing, so that it replays")
    func strict() async throws {
        let session = try await open(ToyServer(model: ToyModel(seed: 1)), SessionOpener(strictness: .strict))
        #expect(session.canScore, "\(session.selfTest.obstacle ?? "")")
        #expect(session.calibration == Calibration(measurements: [], unlikely: .grammar, recited: .grammar))
    }

    @Test("only allowed ways are chosen", arguments: [ForcingWay.grammar, .single, .freeRun])
    func allowed(way: ForcingWay) async throws {
        for strictness in [Strictness.fast, .strict] {
            let opener = SessionOpener(strictness: strictness, scoredTokens: 4, suffixTokens: 6, allowedWays: [way])
            let session = try await open(ToyServer(model: ToyModel(seed: 2)), opener)
            #expect(session.calibration.unlikely == way)
            #expect(session.calibration.recited == way)
        }
    }

    @Test(
        "a server without usable probabilities opens all the same, for work that needs none",
        arguments: [
            ToyServer.Fault.noRows, .dropsRows, .refusesProbabilities, .afterBias,
        ])
    func cannotScore(fault: ToyServer.Fault) async throws {
        let session = try await open(ToyServer(model: ToyModel(seed: 3), fault: fault), SessionOpener())
        #expect(!session.canScore)
        #expect(session.calibration.measurements.isEmpty)
    }

    @Test("a server that does not tell its vocabulary is asked for more than it has")
    func unknownVocabulary() async throws {
        let toy = ToyServer(model: ToyModel(seed: 1), tellsVocabulary: false)
        let session = try await open(toy, SessionOpener(strictness: .strict))
        #expect(session.canScore, "\(session.selfTest.obstacle ?? "")")
        #expect(session.properties.vocabulary == nil)
    }

    @Test("a context that is told to be absurd is no trap", arguments: [Int.min, -1, 0, 1, 9, 40, Int.max])
    func contexts(told: Int) async throws {
        var toy = ToyServer(model: ToyModel(seed: 5))
        toy.contextTokens = told
        // What matters is that it ends: with a session, or with an error that says why not.
        do {
            let session = try await open(toy, SessionOpener(strictness: .strict))
            #expect(session.properties.contextTokens == told)
        } catch { #expect(error is InferenceError, "\(error)") }
    }

    @Test("a fixed choice depends on what can be used and on nothing else")
    func fixed() {
        func ways(_ usable: [ForcingWay]) -> [ForcingWay] {
            let calibration = Calibration.fixed(usable: usable)
            return [calibration.way(for: .unlikely), calibration.way(for: .recited)]
        }
        #expect(ways(ForcingWay.allCases) == [.grammar, .grammar])
        #expect(ways([.single, .freeRun]) == [.single, .single])
        #expect(ways([.freeRun]) == [.freeRun, .freeRun])
        #expect(ways([.echo]) == [.echo, .echo])
        #expect(ways([]) == [.single, .single])
    }
}
