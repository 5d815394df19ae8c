import Inference

/// Whoever answers the questions of a test: a fleet of servers, or a function.
public struct OrderObserver: Sendable {
    /// Takes one answered question; called from many tasks at once.
    typealias Finished = @Sendable (OrderObservation) async throws -> Void

    /// Answers questions in their order and hands over each answer.
    let observe: @Sendable ([OrderProbe], @escaping Finished) async throws -> Void

    /// An observer that asks a function, one question after the other.
    ///
    /// - Parameter answer: Answers a question; what it throws ends the test, which can be continued.
    public init(answer: @escaping @Sendable (OrderProbe) async throws -> OrderAnswer) {
        observe = { probes, finished in
            for probe in probes {
                try Task.checkCancellation()
                try await finished(OrderObservation(probe: probe, answer: await answer(probe)))
            }
        }
    }

    /// An observer that asks servers.
    ///
    /// - Parameters:
    ///   - fleet: The servers, tested.
    ///   - order: The documents; those of the tested shards are tokenized before the first question.
    ///   - plan: The frozen plan.
    public init(fleet: Fleet, order: PublishedOrder, plan: OrderTestPlan) {
        observe = { probes, finished in
            guard !probes.isEmpty else { return }
            let texts = try await fleet.tokenize(order, plan: plan)
            try await fleet.run(probes) { probe, place throws(InferenceError) in
                let session = place.session
                let answer = try await Self.ask(
                    probe, texts: texts, shards: order.shards, of: session, slot: place.slot)
                return OrderObservation(probe: probe, answer: answer, server: session.server.name)
            } finished: { probe, outcome in
                switch outcome {
                case .done(let observation): try await finished(observation)
                case .failed(let error):
                    try await finished(OrderObservation(probe: probe, answer: .failed(error.description)))
                }
                return .goOn
            }
        }
    }

    private static func ask(
        _ probe: OrderProbe, texts: OrderTexts, shards: [ShardLayout], of session: ServerSession, slot: SlotID
    ) async throws(InferenceError) -> OrderAnswer {
        let (end, beginning) = probe.documents(shards)
        guard let target = texts.target(end: end, beginning: beginning), !target.prefix.isEmpty else {
            return .failed("a document has no tokens")
        }
        let needed = target.prefix.count + target.suffix.tokens.count + 1
        let available = session.properties.contextTokens
        guard available <= 0 || needed <= available else {
            throw .contextTooSmall(server: session.server.name, needed: needed, available: available)
        }
        let score = try await session.scorer.score(target, way: session.calibration.unlikely, slot: slot)
        guard score.ln.isFinite else {
            throw .unforced(server: session.server.name, detail: "a log-probability is not a number")
        }
        return .score(
            ln: score.ln, tokens: score.tokens.count, censored: score.tokens.contains { $0.exactness == .censored })
    }
}
