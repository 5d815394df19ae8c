import Corpus
import Testing

@testable import Audit
@testable import Inference

@Suite("What is asked about every window", .serialized)
struct ProberTests {
    private func observe(
        _ corpus: ToyCorpus, _ options: AuditOptions, leading: [TokenID] = [],
        ways: (ForcingWay, ForcingWay) = (.grammar, .freeRun), toy change: (inout ToyServer) -> Void = { _ in }
    ) async throws -> [Observation] {
        let preparation = try await corpus.prepare(options, leading: leading)
        var toy = ToyServer(model: corpus.model, echo: .honest)
        change(&toy)
        return try await withToyFleet([toy], ways: ways) { fleet in
            let prober = Prober(plan: preparation.plan, documents: preparation.documents)
            let place = Fleet.Place(session: fleet.sessions[0], slot: SlotID(rawValue: 0))
            var observations: [Observation] = []
            for probe in preparation.probes { observations.append(try await prober.observe(probe, at: place)) }
            return observations
        }
    }

    private func isHit(_ observation: Observation) -> Bool {
        observation.sighting?.reply?.run == observation.suffix.count
    }

    @Test(
        "staged, full and generated alone find the same reproduced windows; staged and full the same scores",
        arguments: 0..<3 as Range<UInt64>,
        [(ForcingWay.grammar, ForcingWay.freeRun), (.single, .grammar), (.freeRun, .single), (.echo, .echo)])
    func agreement(seed: UInt64, ways: (ForcingWay, ForcingWay)) async throws {
        let corpus = ToyCorpus(seed: seed)
        let staged = try await observe(corpus, shortOptions(), ways: ways)
        let full = try await observe(corpus, shortOptions(staging: .full), ways: ways)
        let generated = try await observe(corpus, shortOptions(staging: .generationOnly), ways: ways)
        #expect(staged.count == full.count && staged.count == generated.count)
        #expect(staged.contains(where: isHit), "seed \(seed): nothing to compare")
        #expect(!staged.allSatisfy(isHit), "seed \(seed): nothing to compare")
        let threshold = Extractability.standard.thresholdLn
        for index in staged.indices {
            let (one, other, text) = (staged[index], full[index], generated[index])
            let note = "seed \(seed), \(ways), \(one.document) \(one.window)"
            #expect(isHit(one) == isHit(other) && isHit(one) == isHit(text), "\(note)")
            let short = try #require(one.sighting?.score)
            let long = try #require(other.sighting?.score)
            #expect(long.lns.count == 8, "\(note)")
            for (left, right) in zip(short.lns, long.lns) { #expect(abs(left - right) < 1e-9, "\(note)") }
            #expect(short.greedy == String(long.greedy.prefix(short.greedy.count)), "\(note)")
            #expect(short.lns.count >= 3, "\(note)")
            // Whatever could be extracted is scored to its end.
            #expect((long.ln >= threshold) == (short.lns.count == 8 && short.ln >= threshold), "\(note)")
            #expect(one.probe == other.probe && one.probe == text.probe, "\(note)")
        }
    }

    @Test("scores are the model's own numbers")
    func truth() async throws {
        let corpus = ToyCorpus(seed: 4)
        for observation in try await observe(corpus, shortOptions(staging: .full)) {
            let score = try #require(observation.sighting?.score)
            let target = ForcingTarget(
                prefix: observation.prefix,
                suffix: TokenizedText(
                    tokens: observation.suffix,
                    pieces: observation.suffix.map { corpus.model.pieces[Int($0.rawValue)] }))
            let truth = corpus.model.trueScore(of: target)
            for (ln, true_) in zip(score.lns, truth) { #expect(abs(ln - true_.ln) < 1e-9) }
            #expect(score.greedy == truth.map { $0.isGreedy ? "1" : "0" }.joined())
            #expect(score.censored == truth.contains { $0.exactness == .censored })
            let reply = try #require(observation.sighting?.reply)
            #expect(
                reply.tokens == corpus.model.greedyText(after: observation.prefix, count: 8) || reply.stop == .endOfText
            )
        }
    }

    @Test("a window that the model does not know costs one request, and no reply")
    func cost() async throws {
        let corpus = ToyCorpus(seed: 5)
        let strangers = try await observe(corpus, shortOptions()).filter { $0.arm == .control }
        #expect(!strangers.isEmpty)
        let cheap = strangers.filter { $0.sighting?.requests == 1 }
        #expect(cheap.allSatisfy { $0.sighting?.reply == nil })
        // Characters that the vocabulary splits cost a request for every token whose row is withheld.
        #expect(cheap.count >= strangers.count / 2)
    }

    @Test("text alone is asked for in a first look and, where that is right, whole")
    func generationOnly() async throws {
        let corpus = ToyCorpus(seed: 6, bytes: 100)
        for observation in try await observe(corpus, shortOptions(suffix: 20, staging: .generationOnly)) {
            let sighting = try #require(observation.sighting)
            let reply = try #require(sighting.reply)
            #expect(sighting.score == nil)
            #expect(sighting.requests == (reply.asked == 20 ? 2 : 1))
            #expect((reply.asked == 20) == (reply.run >= Prober.firstLook))
        }
    }

    @Test("an observation names its window and exactly what was sent")
    func fields() async throws {
        let corpus = ToyCorpus(seed: 7)
        let preparation = try await corpus.prepare(shortOptions(), leading: [257, 32])
        let observations = try await observe(corpus, shortOptions(), leading: [257, 32])
        #expect(Set(observations.map(\.probe)).count == observations.count)
        for (probe, observation) in zip(preparation.probes, observations) {
            let document = preparation.documents[probe.document]
            #expect(observation.arm == document.arm && observation.document == document.document.id)
            #expect(observation.window == probe.window && observation.start == document.starts[probe.window])
            #expect(observation.prefix.prefix(2) == [257, 32])
            #expect(
                Array(observation.prefix.dropFirst(2)) + observation.suffix
                    == Array(document.tokens.tokens[observation.start..<observation.start + 16]))
            let request = CompletionRequest(
                prompt: observation.prefix, maximumTokens: 8, reusesCache: true, slot: nil)
            #expect(observation.probe == sha256Hex(request.body))
            #expect(observation.server.hasPrefix("http://127.0.0.1:"))
        }
    }

    @Test(
        "a window that does not fit the context is refused before anything is sent",
        arguments: [(16, false), (17, true)])
    func context(tokens: Int, fits: Bool) async throws {
        let corpus = ToyCorpus(seed: 8)
        do {
            _ = try await observe(corpus, shortOptions()) { $0.contextTokens = tokens }
            #expect(fits)
        } catch let error as InferenceError {
            guard case .contextTooSmall(_, needed: 17, available: 16) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!fits)
        }
    }

    @Test("a window without an answer is recorded as that, with the reason")
    func failure() async throws {
        let corpus = ToyCorpus(seed: 9)
        let preparation = try await corpus.prepare(shortOptions())
        let prober = Prober(plan: preparation.plan, documents: preparation.documents)
        let observation = prober.failure(
            preparation.probes[1], .malformedReply(url: "http://x", detail: "nonsense"))
        #expect(observation.sighting == nil)
        guard case .failed(let reason) = observation.result else {
            Issue.record("\(observation.result)")
            return
        }
        #expect(reason.contains("nonsense"))
        #expect(observation.suffix.count == 8)
    }

    @Test(
        "a faulty server gives the true hits or an error, never others",
        arguments: [ToyServer.Fault.ignoresGrammar, .ignoresBias, .dropsRows, .noRows, .wrongTokens])
    func faults(fault: ToyServer.Fault) async throws {
        let corpus = ToyCorpus(seed: 10)
        let honest = try await observe(corpus, shortOptions())
        for staging in Staging.allCases {
            guard
                let found = try? await observe(corpus, shortOptions(staging: staging), toy: { $0.fault = fault })
            else {
                #expect(staging != .generationOnly, "no probabilities are needed there")
                continue
            }
            #expect(found.map(isHit) == honest.map(isHit), "\(fault), \(staging)")
        }
    }
}
