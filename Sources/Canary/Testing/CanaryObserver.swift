import Inference

/// Whoever answers the questions of a test: a fleet of servers, or a function.
public struct CanaryObserver: Sendable {
    /// Takes one answered question; called from many tasks at once.
    typealias Finished = @Sendable (CanaryObservation) async throws -> Void

    /// Answers questions in their order and hands over each answer.
    let observe: @Sendable ([CanaryProbe], @escaping Finished) async throws -> Void

    /// An observer that asks a function, one question after the other.
    ///
    /// - Parameter answer: Answers a question; what it throws ends the test, which can be continued.
    public init(answer: @escaping @Sendable (CanaryProbe) async throws -> CanaryAnswer) {
        observe = { probes, finished in
            for probe in probes {
                try Task.checkCancellation()
                try await finished(CanaryObservation(probe: probe, answer: await answer(probe)))
            }
        }
    }

    /// An observer that asks servers.
    ///
    /// - Parameters:
    ///   - fleet: The servers, tested.
    ///   - canaries: The canaries; all their siblings are tokenized before the first question.
    ///   - plan: The frozen plan.
    public init(fleet: Fleet, canaries: CanarySet, plan: CanaryTestPlan) {
        observe = { probes, finished in
            guard !probes.isEmpty else { return }
            let prober = CanaryProber(
                canaries: try await fleet.tokenize(canaries), leading: plan.leading,
                reusesCache: plan.strictness == .fast)
            try await fleet.run(probes) { probe, place throws(InferenceError) in
                let session = place.session
                let answer = try await prober.ask(
                    probe, of: session.server, scorer: session.scorer, way: session.calibration.unlikely,
                    contextTokens: session.properties.contextTokens, slot: place.slot)
                return CanaryObservation(probe: probe, answer: answer, server: session.server.name)
            } finished: { probe, outcome in
                switch outcome {
                case .done(let observation): try await finished(observation)
                case .failed(let error):
                    try await finished(CanaryObservation(probe: probe, answer: .failed(error.description)))
                }
                return .goOn
            }
        }
    }
}

extension Fleet {
    /// Tokenizes all siblings of all canaries.
    ///
    /// - Throws: `InferenceError` when a sentence cannot be tokenized faithfully, ``CanaryError`` when siblings share
    ///   no opening.
    func tokenize(_ canaries: CanarySet) async throws -> [TokenizedCanary] {
        let sentences = canaries.canaries.flatMap { canary in canary.secrets.indices.map(canary.sentence) }
        let tokenized = try await tokenize(sentences)
        let siblings = canaries.design.siblings
        return try canaries.canaries.enumerated().map { index, canary in
            let start = index * siblings
            return try TokenizedCanary(canary, sentences: Array(tokenized[start..<start + siblings]))
        }
    }
}
