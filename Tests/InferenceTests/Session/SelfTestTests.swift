import Corpus
import Randomness
import Testing

@testable import Inference

@Suite("The start-up test of a server", .serialized)
struct SelfTestTests {
    private func report(
        _ model: ToyModel, fault: ToyServer.Fault = .none, echo: ToyServer.Echo = .ignored, contextTokens: Int = 512
    ) async throws -> SelfTestReport {
        let source = ToySource(ToyServer(model: model, fault: fault, echo: echo, contextTokens: contextTokens))
        let report = try await Self.test(source, model).run(
            texts: SelfTest.texts.map { model.tokenize($0) }, contextLimit: contextTokens)
        #expect(source.fatal.isEmpty, "\(source.fatal)")
        return report
    }

    private static func test(_ source: any CompletionSource, _ model: ToyModel) -> SelfTest {
        SelfTest(
            source: source,
            scorer: ForcedScorer(
                source: source, neutralToken: 97, vocabulary: model.pieces.count, reusesCache: true),
            slot: SlotID(rawValue: 0))
    }

    /// Models that know nothing, and models that recite after the test's own context with next to no doubt.
    static let models: [ToyModel] = {
        let strange = ToyModel(seed: 2)
        let context = strange.tokenize(SelfTest.texts[0]).tokens.prefix(SelfTest.contextTokens)
        let after = (0..<30).map { TokenID(rawValue: 33 + Int32($0) * 2) }
        return [strange, ToyModel(seed: 2, remembering: [context + after])]
    }()

    @Test("an honest server passes with every way it has", arguments: models)
    func honest(model: ToyModel) async throws {
        let report = try await report(model)
        #expect(report.passed, "\(report.obstacle ?? "")")
        #expect(report.usableWays == [.grammar, .single, .freeRun])
        #expect(report.ways.map(\.way) == ForcingWay.allCases)
        for way in report.ways where way.isUsable { #expect(way.largestDifference ?? 1 < 1e-9, "\(way)") }
    }

    @Test("an honest echo is one more way")
    func honestEcho() async throws {
        let report = try await report(Self.models[0], echo: .honest)
        #expect(report.passed)
        #expect(report.usableWays == ForcingWay.allCases)
    }

    @Test("an echo of nonsense is no way", arguments: [ToyServer.Echo.ignored, .zeros, .unknown, .allGreedy])
    func echoes(echo: ToyServer.Echo) async throws {
        let report = try await report(Self.models[0], echo: echo)
        #expect(report.passed)
        #expect(!report.usableWays.contains(.echo))
    }

    @Test(
        "a server whose numbers are not what they claim to be is refused", arguments: models,
        [
            ToyServer.Fault.afterBias, .zeros, .dropsRows, .noRows, .wrongTokens, .noAlternatives,
            .refusesProbabilities,
        ])
    func refused(model: ToyModel, fault: ToyServer.Fault) async throws {
        let report = try await report(model, fault: fault)
        #expect(!report.passed)
        #expect(report.obstacle?.isEmpty == false)
    }

    @Test(
        "a server that ignores bias or grammar, or withholds nothing, passes only with ways that still tell the truth",
        arguments: [ToyServer.Fault.ignoresBias, .ignoresGrammar, .withholdsNothing])
    func stillTrue(fault: ToyServer.Fault) async throws {
        let model = Self.models[0]
        let report = try await report(model, fault: fault)
        guard report.passed else { return }
        var generator = SeededGenerator(seed: 1, stream: "still true")
        let target = ForcedScorerTests.randomTarget(model, &generator, suffixTokens: 12)
        let source = ToySource(ToyServer(model: model, fault: fault))
        let scorer = ForcedScorer(
            source: source, neutralToken: 97, vocabulary: model.pieces.count, reusesCache: false)
        for way in report.usableWays {
            // Without its bias a server may choose a lead byte, whose row it withholds; that is an error.
            guard let score = try? await scorer.score(target, way: way) else { continue }
            ForcedScorerTests.expect(score, equals: model.trueScore(of: target), "\(fault), \(way)")
        }
    }

    @Test("a context too short for any test is an obstacle, not an error", arguments: [-1, 0, 1, 5, 8])
    func shortContext(limit: Int) async throws {
        let model = ToyModel(seed: 1)
        let source = ToySource(ToyServer(model: model))
        let report = try await Self.test(source, model).run(
            texts: SelfTest.texts.map { model.tokenize($0) }, contextLimit: limit)
        #expect(!report.passed)
        #expect(report.usableWays.isEmpty)
        #expect(source.requests.isEmpty)
    }

    @Test("texts without tokens are an obstacle, not a trap")
    func noTexts() async throws {
        let model = ToyModel(seed: 1)
        let test = Self.test(ToySource(ToyServer(model: model)), model)
        #expect(try await !test.run(texts: [], contextLimit: 512).passed)
        #expect(try await !test.run(texts: [model.tokenize("")], contextLimit: 512).passed)
        #expect(try await !test.run(texts: [model.tokenize("é")], contextLimit: 512).passed)
    }

    /// Passes requests on until a number of them were answered, then fails.
    private final class Interrupted: CompletionSource {
        let name = "interrupted"
        private let source: ToySource
        private let answers: Int
        private let error: InferenceError

        init(_ source: ToySource, after answers: Int, with error: InferenceError) {
            self.source = source
            self.answers = answers
            self.error = error
        }

        func complete(
            _ request: CompletionRequest, lookingUp lookup: TokenID?
        ) async throws(InferenceError) -> Completion {
            guard source.requests.count < answers else { throw error }
            return try await source.complete(request, lookingUp: lookup)
        }

        func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken] {
            try await source.echo(prompt)
        }
    }

    @Test("a stop or a lost server is passed on from wherever it strikes, and never taken for a verdict on the server")
    func interrupted() async throws {
        let model = ToyModel(seed: 1)
        let whole = ToySource(ToyServer(model: model))
        let texts = SelfTest.texts.map { model.tokenize($0) }
        _ = try await Self.test(whole, model).run(texts: texts, contextLimit: 512)
        let lost = TransportError(kind: .connectionLost, url: "toy", detail: "gone")
        for error in [InferenceError.cancelled, .request(.transport(lost, attempts: 1))] {
            for answers in stride(from: 0, to: whole.requests.count, by: 45) {
                let source = Interrupted(ToySource(ToyServer(model: model)), after: answers, with: error)
                do throws(InferenceError) {
                    let report = try await Self.test(source, model).run(texts: texts, contextLimit: 512)
                    Issue.record("after \(answers) answers: \(report.obstacle ?? "passed")")
                } catch {
                    #expect(error.isCancellation || error.isServerFault)
                }
            }
        }
    }
}

extension ToyModel: CustomTestStringConvertible {
    var testDescription: String { "a toy model" }
}
