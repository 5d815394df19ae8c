import Audit
import Corpus
import Inference
import PrefixLearning

/// Asks a server about one probe, in as few requests as the instruments allow.
struct MeasurementProber: Sendable {
    let preparation: MeasurementPreparation
    /// What carries the requests of the near-verbatim search; `nil` when there is none.
    let client: HTTPClient?

    private var plan: MeasurementPlan { preparation.plan }

    /// The answers of a server before they are compared with anything.
    struct Answers: Sendable {
        let server: String
        let replies: [(decoding: ReplyDecoding, completion: Completion, asked: Int)]
        let score: SuffixScore?
        let nearVerbatimBound: ConstrainedSearch.Bound?
        let requests: Int
    }

    /// Asks about one probe.
    ///
    /// - Throws: `InferenceError` when the server gave no usable answer.
    func ask(_ probe: MeasurementProbe, at place: Fleet.Place) async throws(InferenceError) -> Answers {
        let target = target(of: probe)
        let session = place.session
        let length = target.suffix.tokens.count + plan.grid.slackTokens
        let needed = target.prefix.count + length + 1
        if session.properties.contextTokens > 0, needed > session.properties.contextTokens {
            throw .contextTooSmall(
                server: session.server.name, needed: needed, available: session.properties.contextTokens)
        }
        var replies: [(decoding: ReplyDecoding, completion: Completion, asked: Int)] = []
        for decoding in plan.instruments.decodings(seed: plan.seed) {
            let completion = try await session.server.complete(
                request(for: target, length: length, decoding, slot: place.slot))
            replies.append((decoding, completion, length))
        }
        var requests = replies.count
        let score = try await score(target, after: replies.first?.completion, at: place)
        requests += score?.requests ?? 0
        let search = try await search(target, at: place)
        requests += search?.requests ?? 0
        return Answers(
            server: session.server.name, replies: replies, score: score.map(SuffixScore.init),
            nearVerbatimBound: search?.bound, requests: requests)
    }

    private func score(
        _ target: ForcingTarget, after reply: Completion?, at place: Fleet.Place
    ) async throws(InferenceError) -> ForcedScore? {
        let scoring = plan.instruments.likelihood
        guard scoring != .none else { return nil }
        let isRecited = reply?.tokens.starts(with: target.suffix.tokens) ?? false
        return try await place.session.scorer.score(
            target, way: place.session.calibration.way(for: isRecited ? .recited : .unlikely),
            abandoningBelow: isRecited ? nil : scoring.limit, slot: place.slot)
    }

    private func search(
        _ target: ForcingTarget, at place: Fleet.Place
    ) async throws(InferenceError) -> (bound: ConstrainedSearch.Bound, requests: Int)? {
        guard let options = plan.instruments.nearVerbatimSearch, let client else { return nil }
        let source = LlamaNextTokens(
            session: place.session, client: client, context: target.prefix, suffix: target.suffix, slot: place.slot,
            reusesCache: plan.strictness == .fast)
        let bound = try await ConstrainedSearch(options).bound(for: target.suffix.tokens, in: source)
        return (bound, source.requests)
    }

    /// What is sent and what is expected back.
    func target(of probe: MeasurementProbe) -> ForcingTarget {
        let document = preparation.documents[probe.document]
        let place = document.place(probe.window)
        let tokens = document.tokens
        return ForcingTarget(
            prefix: plan.elicitations[probe.elicitation].context(of: tokens.tokens[place.prefixTokens]),
            suffix: tokens.part(place.suffixTokens))
    }

    private func request(
        for target: ForcingTarget, length: Int, _ decoding: ReplyDecoding, slot: SlotID?
    ) -> CompletionRequest {
        CompletionRequest(
            prompt: target.prefix, maximumTokens: length,
            sampling: decoding.sampling(plan.instruments.samples), reusesCache: plan.strictness == .fast, slot: slot)
    }

    // MARK: Records

    /// The record of what was seen.
    func observation(
        _ probe: MeasurementProbe, _ answers: Answers, comparedBy comparer: ReplyComparer
    ) -> MeasurementObservation {
        let replies = answers.replies.map { decoding, completion, asked in
            let channels = ReplyChannels(content: completion.content)
            let finding = comparer.compare(channels, tokens: completion.tokens, to: probe)
            return MeasuredReply(
                decoding: decoding, tokens: completion.tokens, text: completion.content, asked: asked,
                stop: completion.stop,
                judgement: ReplyJudgement(
                    visible: channels.visible, stop: completion.stop, repetition: finding.overlap.repetition,
                    trailingWordsElsewhere: finding.trailingWordsElsewhere, threshold: plan.threshold),
                overlap: finding.overlap, reasoningWords: finding.reasoningWords, elsewhere: finding.elsewhere)
        }
        let sighting = MeasurementSighting(
            replies: replies, score: answers.score, nearVerbatimBound: answers.nearVerbatimBound,
            requests: answers.requests)
        return observation(probe, server: answers.server, .seen(sighting))
    }

    /// The record of a probe that got no usable answer.
    func failure(_ probe: MeasurementProbe, _ error: InferenceError) -> MeasurementObservation {
        observation(probe, server: "", .failed(error.description))
    }

    private func observation(
        _ probe: MeasurementProbe, server: String, _ result: MeasurementObservation.Result
    ) -> MeasurementObservation {
        let document = preparation.documents[probe.document]
        let place = document.place(probe.window)
        let target = target(of: probe)
        let request = request(
            for: target, length: target.suffix.tokens.count + plan.grid.slackTokens, .greedy, slot: nil)
        return MeasurementObservation(
            probe: sha256Hex(request.body), arm: document.arm, document: document.document.id,
            condition: preparation.condition(of: probe), start: place.window.start, prefix: target.prefix,
            suffix: target.suffix.tokens, prefixBytes: place.prefixBytes, suffixBytes: place.suffixBytes,
            server: server, result: result)
    }
}
