import Corpus
import Testing

@testable import Inference

@Suite("Calibration on servers of known speed", .serialized)
struct CalibratorTests {
    private static let model = ToyModel(seed: 1)
    private static let prefix: [TokenID] = (40..<60).map { TokenID(rawValue: $0) }
    private static let slots = 3

    /// A toy that takes its time over each request.
    private struct Paced: CompletionSource {
        let toy: ToySource
        let time: @Sendable (CompletionRequest) -> Duration
        var name: String { toy.name }

        func complete(
            _ request: CompletionRequest, lookingUp lookup: TokenID?
        ) async throws(InferenceError) -> Completion {
            try? await Task.sleep(for: time(request))
            return try await toy.complete(request, lookingUp: lookup)
        }

        func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken] { try await toy.echo(prompt) }
    }

    private func calibrate(
        _ toy: ToySource, usable: [ForcingWay] = [.grammar, .single],
        time: @escaping @Sendable (CompletionRequest) -> Duration
    ) async throws -> Calibration {
        let text = Self.model.tokenize(" the harbour fog")
        let transport = HTTPTransport()
        defer { transport.shutDown() }
        let calibrator = Calibrator(
            scorer: ForcedScorer(
                source: Paced(toy: toy, time: time), neutralToken: 97, vocabulary: Self.model.pieces.count,
                reusesCache: true),
            slots: Self.slots, executor: transport.executor,
            unlikely: { number in
                ForcingTarget(prefix: [TokenID(rawValue: Int32(number))] + Self.prefix, suffix: text)
            },
            recited: ForcingTarget(prefix: Self.prefix, suffix: text))
        return try await calibrator.run(usable: usable)
    }

    private func source(_ fault: ToyServer.Fault = .none) -> ToySource {
        ToySource(ToyServer(model: Self.model, fault: fault))
    }

    @Test("the way that takes less time is chosen for each kind of text by itself")
    func choice() async throws {
        // Reading a context that is not the recited one takes long, and so does a grammar on recited text.
        let calibration = try await calibrate(source()) { request in
            if case .grammar = request.constraint {
                return .milliseconds(request.prompt.starts(with: Self.prefix) ? 100 : 10)
            }
            return .milliseconds(request.prompt.starts(with: Self.prefix) ? 5 : 30)
        }
        #expect(calibration.unlikely == .grammar)
        #expect(calibration.recited == .single)
        #expect(calibration.measurements.count == 4)
        #expect(calibration.measurements.allSatisfy { $0.tokensPerSecond > 0 })
    }

    @Test("every slot works on contexts of its own that it does not hold, except for recited text, which it does")
    func contexts() async throws {
        let toy = source()
        _ = try await calibrate(toy) { .milliseconds(5 * $0.maximumTokens) }
        var seen: Set<[TokenID]> = []
        var held: [SlotID: [TokenID]] = [:]
        for request in toy.requests {
            let slot = try #require(request.slot)
            #expect((0..<Self.slots).contains(slot.rawValue) && request.reusesCache)
            if request.prompt.starts(with: Self.prefix) {
                // Unless it only reads the context, the slot has it already.
                #expect(request.maximumTokens == 1 || held[slot]?.starts(with: Self.prefix) == true)
            } else if request.prompt.count == Self.prefix.count + 1 {
                #expect(seen.insert(request.prompt).inserted, "a context came twice")
            }
            held[slot] = request.prompt
        }
        #expect(seen.count > 2 * Self.slots)
        #expect(held.count == Self.slots)
    }

    @Test("a way that fails is left out")
    func failures() async throws {
        let calibration = try await calibrate(source(), usable: [.echo, .grammar]) { _ in .milliseconds(2) }
        #expect(calibration.unlikely == .grammar && calibration.recited == .grammar)
        #expect(!calibration.measurements.contains { $0.way == .echo })
    }
}
