import Corpus
import Inference
import Overlap
import PrefixLearning

/// Asks a server about one window, in as few requests as the plan's stages allow.
///
/// Stages of a staged plan:
/// 1. Every window: the forced score of the first suffix tokens. It gives the likelihood test its data, and its greedy
///    flags tell whether a greedy run would even begin with the suffix.
/// 2. Windows whose scored tokens are all greedy: a real greedy run over the whole suffix, which alone decides whether
///    a window counts as reproduced.
/// 3. Windows that were reproduced, or that sampling could still extract: the score of the whole suffix, abandoned as
///    soon as it is no longer extractable.
///
/// On text a model does not know this is one request where a full score takes several, and on text that it knows
/// nothing is left out.
struct Prober: Sendable {
    let plan: AuditPlan
    let documents: [PreparedDocument]
    /// Whether the first scored tokens are all that is asked for.
    var scoresOnly = false

    /// First tokens of a greedy run when only text is asked for; most runs on unknown text end within them.
    static let firstLook = 8

    /// Observes one window.
    ///
    /// - Returns: What was seen.
    /// - Throws: ``InferenceError`` when the server gave no usable answer.
    func observe(_ probe: Probe, at place: Fleet.Place) async throws(InferenceError) -> Observation {
        let document = documents[probe.document]
        let target = forcingTarget(probe)
        let session = place.session
        let needed = target.prefix.count + target.suffix.tokens.count + 1
        if session.properties.contextTokens > 0, needed > session.properties.contextTokens {
            throw .contextTooSmall(
                server: session.server.name, needed: needed, available: session.properties.contextTokens)
        }
        let sighting: Sighting
        switch plan.staging {
        case _ where scoresOnly:
            let way = session.calibration.unlikely
            let score = try await session.scorer.score(target, first: plan.scoredTokens, way: way, slot: place.slot)
            sighting = Sighting(reply: nil, score: Sighting.Score(score, way: way), requests: score.requests)
        case .staged: sighting = try await observeInStages(target, document, place)
        case .full: sighting = try await observeFully(target, document, place)
        case .generationOnly: sighting = try await observeText(target, document, place)
        }
        return observation(probe, server: session.server.name, .seen(sighting))
    }

    /// A prober that asks the same without anything around the prefix, and only for the first scored tokens.
    var unaided: Prober {
        let none = plan.elicitations.first { $0.id == .none } ?? .none(leading: [])
        return Prober(plan: plan, documents: documents.map { $0.under(none) }, scoresOnly: true)
    }

    /// The record of a window that could not be observed.
    func failure(_ probe: Probe, _ error: InferenceError) -> Observation {
        observation(probe, server: "", .failed(error.description))
    }

    // MARK: Stages

    private func observeInStages(
        _ target: ForcingTarget, _ document: PreparedDocument, _ place: Fleet.Place
    ) async throws(InferenceError) -> Sighting {
        let session = place.session
        let unlikely = session.calibration.unlikely
        var score = try await session.scorer.score(
            target, first: plan.scoredTokens, way: unlikely, slot: place.slot)
        var way = unlikely
        var reply: Sighting.Reply?
        var requests = score.requests
        let beginsGreedily = score.greedyRun == score.tokens.count
        if beginsGreedily {
            reply = try await generate(target, document, place, target.suffix.tokens.count)
            requests += 1
        }
        let isRecited = reply?.run == target.suffix.tokens.count
        if isRecited || score.ln >= plan.extractability.thresholdLn {
            let before = score.requests
            way = isRecited ? session.calibration.recited : unlikely
            score = try await session.scorer.score(
                target, way: way, continuing: score, abandoningBelow: isRecited ? nil : plan.extractability.thresholdLn,
                slot: place.slot)
            requests += score.requests - before
        }
        return Sighting(reply: reply, score: Sighting.Score(score, way: way), requests: requests)
    }

    private func observeFully(
        _ target: ForcingTarget, _ document: PreparedDocument, _ place: Fleet.Place
    ) async throws(InferenceError) -> Sighting {
        let session = place.session
        let reply = try await generate(target, document, place, target.suffix.tokens.count)
        let way = session.calibration.way(
            for: reply.run == target.suffix.tokens.count ? .recited : .unlikely)
        let score = try await session.scorer.score(target, way: way, slot: place.slot)
        return Sighting(reply: reply, score: Sighting.Score(score, way: way), requests: score.requests + 1)
    }

    private func observeText(
        _ target: ForcingTarget, _ document: PreparedDocument, _ place: Fleet.Place
    ) async throws(InferenceError) -> Sighting {
        let whole = target.suffix.tokens.count
        var reply = try await generate(target, document, place, min(Self.firstLook, whole))
        var requests = 1
        if reply.run == reply.asked, reply.asked < whole {
            reply = try await generate(target, document, place, whole)
            requests += 1
        }
        return Sighting(reply: reply, score: nil, requests: requests)
    }

    // MARK: Requests and records

    private func greedyRequest(_ target: ForcingTarget, _ tokens: Int, slot: SlotID?) -> CompletionRequest {
        CompletionRequest(
            prompt: target.prefix, maximumTokens: tokens, reusesCache: plan.strictness == .fast, slot: slot)
    }

    private func generate(
        _ target: ForcingTarget, _ document: PreparedDocument, _ place: Fleet.Place, _ tokens: Int
    ) async throws(InferenceError) -> Sighting.Reply {
        let completion = try await place.session.server.complete(
            greedyRequest(target, tokens, slot: place.slot))
        let run = firstDivergence(expected: target.suffix.tokens, actual: completion.tokens)
        let shared = ContiguousRuns(source: document.document.text, reply: completion.content)
        return Sighting.Reply(
            tokens: completion.tokens, text: completion.content, asked: tokens, run: run,
            longestCharacters: shared.characters?.count ?? 0, longestWords: shared.words?.count ?? 0,
            stop: completion.stop)
    }

    private func forcingTarget(_ probe: Probe) -> ForcingTarget {
        documents[probe.document].target(ofWindow: probe.window, shape: plan.shape)
    }

    private func observation(_ probe: Probe, server: String, _ result: Observation.Result) -> Observation {
        let document = documents[probe.document]
        let target = forcingTarget(probe)
        let request = greedyRequest(target, plan.shape.suffixTokens, slot: nil)
        return Observation(
            probe: sha256Hex(request.body), arm: document.arm, document: document.document.id,
            window: probe.window, start: document.starts[probe.window], prefix: target.prefix,
            suffix: target.suffix.tokens, server: server, result: result)
    }
}
