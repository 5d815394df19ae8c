import Corpus
import Randomness
import Testing

@testable import Inference

@Suite("Forced scores against a model whose probabilities are known", .serialized)
struct ForcedScorerTests {
    static let ways: [ForcingWay] = [.grammar, .single, .freeRun, .echo]

    private func source(
        _ model: ToyModel, fault: ToyServer.Fault = .none, echo: ToyServer.Echo = .honest
    ) -> ToySource {
        ToySource(ToyServer(model: model, fault: fault, echo: echo))
    }

    private func scorer(_ source: ToySource) -> ForcedScorer {
        ForcedScorer(
            source: source, neutralToken: 97, vocabulary: source.server.model.pieces.count, reusesCache: false)
    }

    /// A text of words, characters and now and then bytes that are no text, in tokens chosen at random.
    static func randomTarget(_ model: ToyModel, _ generator: inout SeededGenerator, suffixTokens: Int) -> ForcingTarget
    {
        let parts = [" the", " harbour", " fog", "ing", "é", "東京", "🦊", "😘", "“a”", "ть", " ", "e", ".", "ぁ"]
        var tokens: [TokenID] = []
        while tokens.count < suffixTokens + 5 {
            var bytes: [UInt8] = []
            for _ in 0..<10 { bytes += parts[generator.next(below: parts.count)].utf8 }
            if generator.next(below: 4) == 0 { bytes += [0xFF, 0xC3, 0x98] }
            tokens += model.tokenize(bytes) { fitting in generator.next(below: fitting.count) }.tokens
        }
        let suffix = Array(tokens[5..<5 + suffixTokens])
        return ForcingTarget(
            prefix: Array(tokens[..<5]),
            suffix: TokenizedText(tokens: suffix, pieces: suffix.map { model.pieces[Int($0.rawValue)] }))
    }

    /// Expects the numbers that the model's own table gives.
    static func expect(
        _ score: ForcedScore, equals truth: some Collection<TokenScore>, _ note: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(score.tokens.count == truth.count, "\(note)", sourceLocation: sourceLocation)
        for (index, (one, other)) in zip(score.tokens, truth).enumerated() {
            #expect(
                one.token == other.token && abs(one.ln - other.ln) < 1e-9 && one.isGreedy == other.isGreedy
                    && one.exactness == other.exactness,
                "\(note): token \(index): \(one) against \(other)", sourceLocation: sourceLocation)
        }
    }

    @Test("text in the model's own tokens takes no more requests than foretold", arguments: ways)
    func usualRequests(way: ForcingWay) async throws {
        var generator = SeededGenerator(seed: 5, stream: "usual requests")
        let parts = [" the", " harbour", " fog", "ing", "é", "東京", "🦊", "“a”", " ", "e", "."]
        for _ in 0..<12 {
            var text = ""
            for _ in 0..<30 { text += parts[generator.next(below: parts.count)] }
            let model = ToyModel(seed: 5)
            let tokenized = model.tokenize(text)
            let suffix = 5..<min(23, tokenized.tokens.count)
            let target = ForcingTarget(
                prefix: Array(tokenized.tokens[..<5]),
                suffix: tokenized.part(suffix))
            for count in [1, 8, 18] {
                let score = try await scorer(source(model)).score(target, first: count, way: way)
                #expect(score.requests <= target.usualRequests(first: count, way: way), "\(text.debugDescription)")
            }
        }
    }

    @Test("all ways give the true numbers on any text", arguments: ways, [0, 1, 2, 3] as [UInt64])
    func truth(way: ForcingWay, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed, stream: "forced scores")
        for round in 0..<3 {
            let strange = ToyModel(seed: seed)
            let target = Self.randomTarget(strange, &generator, suffixTokens: 18)
            // The same text as a stranger and as one that the model knows by heart, wholly or up to its middle.
            let whole = target.prefix + target.suffix.tokens
            for model in [
                strange, ToyModel(seed: seed, remembering: [whole]),
                ToyModel(seed: seed, remembering: [Array(whole[..<14])]),
            ] {
                let source = source(model)
                let score = try await scorer(source).score(target, way: way)
                let note = "\(way), seed \(seed), round \(round)"
                Self.expect(score, equals: model.trueScore(of: target), note)
                #expect(source.fatal.isEmpty, "\(note): \(source.fatal)")
                #expect(score.suffixCount == 18 && !score.wasAbandoned, "\(note)")
                if way != .echo { #expect(score.requests == source.requests.count, "\(note)") }
            }
        }
    }

    @Test("a server that withholds no rows is read rightly too", arguments: ways, [0, 1, 2] as [UInt64])
    func withholdsNothing(way: ForcingWay, seed: UInt64) async throws {
        let model = ToyModel(seed: seed)
        var generator = SeededGenerator(seed: seed, stream: "withholds nothing")
        for _ in 0..<5 {
            let target = Self.randomTarget(model, &generator, suffixTokens: 14)
            let score = try await scorer(source(model, fault: .withholdsNothing)).score(target, way: way)
            Self.expect(score, equals: model.trueScore(of: target), "\(way), seed \(seed)")
        }
    }

    @Test("tokens without bytes are scored like others", arguments: ways)
    func emptyPieces(way: ForcingWay) async throws {
        let model = ToyModel(seed: 3)
        let tokens: [TokenID] = [97, model.end, 98, model.control, 99, 100, model.end]
        let target = ForcingTarget(
            prefix: [32, 33, 34],
            suffix: TokenizedText(tokens: tokens, pieces: tokens.map { model.pieces[Int($0.rawValue)] }))
        let score = try await scorer(source(model)).score(target, way: way)
        Self.expect(score, equals: model.trueScore(of: target), "\(way)")
    }

    @Test("a text that the model recites costs a free run few requests, and single tokens one each")
    func requests() async throws {
        var generator = SeededGenerator(seed: 9, stream: "recited")
        let text = (0..<53).map { _ in TokenID(rawValue: Int32(33 + generator.next(below: 90))) }
        let model = ToyModel(seed: 9, remembering: [text])
        let suffix = Array(text[5..<53])
        let target = ForcingTarget(
            prefix: Array(text[..<5]),
            suffix: TokenizedText(tokens: suffix, pieces: suffix.map { model.pieces[Int($0.rawValue)] }))
        let free = try await scorer(source(model)).score(target, way: .freeRun)
        #expect(free.greedyRun == 48)
        #expect(free.requests == 3)
        #expect(try await scorer(source(model)).score(target, way: .grammar).requests == 1)
        #expect(try await scorer(source(model)).score(target, way: .single).requests == 48)
    }

    // MARK: Parts of a suffix

    @Test("only as many tokens are scored as are asked for", arguments: ways, [-3, 0, 1, 7, 18, 19, Int.max])
    func firstTokens(way: ForcingWay, count: Int) async throws {
        let model = ToyModel(seed: 4)
        var generator = SeededGenerator(seed: 4, stream: "first tokens")
        let target = Self.randomTarget(model, &generator, suffixTokens: 18)
        let score = try await scorer(source(model)).score(target, first: count, way: way)
        Self.expect(score, equals: model.trueScore(of: target).prefix(max(0, count)), "\(way), first \(count)")
        #expect(score.wasAbandoned == (count < 18))
    }

    @Test("a known beginning is continued, by the same way or another", arguments: ways, ways)
    func continuing(first: ForcingWay, second: ForcingWay) async throws {
        let model = ToyModel(seed: 5)
        var generator = SeededGenerator(seed: 5, stream: "continuing")
        for known in [0, 1, 8, 18] {
            let target = Self.randomTarget(model, &generator, suffixTokens: 18)
            let source = source(model)
            let start = try await scorer(source).score(target, first: known, way: first)
            let whole = try await scorer(source).score(target, way: second, continuing: start)
            Self.expect(whole, equals: model.trueScore(of: target), "\(first), then \(second), from \(known)")
            #expect(whole.requests >= start.requests)
            if known == 18 { #expect(whole.requests == start.requests) }
        }
    }

    @Test(
        "scoring stops where the rest no longer matters, and says so",
        arguments: [ForcingWay.grammar, .single, .freeRun])
    func abandoning(way: ForcingWay) async throws {
        let model = ToyModel(seed: 6)
        var generator = SeededGenerator(seed: 6, stream: "abandoning")
        let target = Self.randomTarget(model, &generator, suffixTokens: 60)
        let truth = model.trueScore(of: target)
        let score = try await scorer(source(model)).score(target, way: way, abandoningBelow: -30)
        Self.expect(score, equals: truth.prefix(score.tokens.count), "\(way)")
        #expect(score.wasAbandoned && score.isCensored)
        #expect(score.ln < -30)
        let shortest = (1...60).first { truth.prefix($0).reduce(0) { $0 + $1.ln } < -30 } ?? 60
        switch way {
        case .single: #expect(score.tokens.count == shortest)
        case .grammar: #expect((shortest...shortest + 15).contains(score.tokens.count))
        default: #expect(score.tokens.count >= shortest && score.tokens.count < 40)
        }
        // What stays above the threshold is scored to its end.
        let whole = try await scorer(source(model)).score(target, way: way, abandoningBelow: -1e6)
        Self.expect(whole, equals: truth, "\(way), whole")
        // A beginning that is below already asks for nothing more.
        let asked = source(model)
        let again = try await scorer(asked).score(target, way: way, continuing: score, abandoningBelow: -30)
        #expect(again == score && asked.requests.isEmpty)
    }

    // MARK: Numbers at the edge

    @Test("a probability under float range is clamped and marked", arguments: ways)
    func underflow(way: ForcingWay) async throws {
        let model = ToyModel(seed: 7)
        // Token 3 + 41·k is 200 nats below the others, see the model.
        let tokens: [TokenID] = [97, 44, 98, 167]
        let target = ForcingTarget(
            prefix: [32, 33, 34],
            suffix: TokenizedText(tokens: tokens, pieces: tokens.map { model.pieces[Int($0.rawValue)] }))
        let score = try await scorer(source(model)).score(target, way: way)
        Self.expect(score, equals: model.trueScore(of: target), "\(way)")
        #expect(score.tokens.map(\.exactness) == [.exact, .censored, .exact, .censored])
        #expect(score.tokens[1].ln == TokenScore.floor)
        #expect(score.isCensored && !score.wasAbandoned)
    }

    @Test("token scores clamp at both ends")
    func tokenScores() {
        #expect(TokenScore(token: 1, ln: 1e-7, isGreedy: true).ln == 0)
        #expect(TokenScore(token: 1, ln: -0.0, isGreedy: true).exactness == .exact)
        #expect(TokenScore(token: 1, ln: -3.4e38, isGreedy: false) == TokenScore(token: 1, ln: -200, isGreedy: false))
        #expect(TokenScore(token: 1, ln: -103, isGreedy: false).exactness == .exact)
        let score = ForcedScore(tokens: [], suffixCount: 0, requests: 0)
        #expect(score.ln == 0 && !score.isCensored && score.greedyRun == 0)
        #expect(score.ln(ofFirst: 0) == 0 && score.ln(ofFirst: 1) == nil)
    }

    // MARK: Servers that are not what they should be

    @Test(
        "a faulty server gives the true numbers or an error, never others",
        arguments: [
            ToyServer.Fault.ignoresBias, .ignoresGrammar, .dropsRows, .noRows, .wrongTokens, .refusesProbabilities,
        ], ways)
    func faults(fault: ToyServer.Fault, way: ForcingWay) async throws {
        var errors = 0
        for seed in 0..<4 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, stream: "faults")
            let strange = ToyModel(seed: seed)
            let target = Self.randomTarget(strange, &generator, suffixTokens: 14)
            for model in [strange, ToyModel(seed: seed, remembering: [target.prefix + target.suffix.tokens])] {
                let source = source(model, fault: fault, echo: .ignored)
                do throws(InferenceError) {
                    let score = try await scorer(source).score(target, way: way)
                    Self.expect(score, equals: model.trueScore(of: target), "\(fault), \(way), seed \(seed)")
                } catch {
                    errors += 1
                    #expect(!error.isCancellation, "\(error)")
                    #expect(!error.isServerFault, "\(error)")
                }
                #expect(source.fatal.isEmpty, "\(source.fatal)")
                #expect(source.requests.count < 80, "\(fault), \(way): \(source.requests.count) requests")
            }
        }
        if way == .echo || [.noRows, .refusesProbabilities].contains(fault) { #expect(errors == 8) }
        if way != .echo, [.ignoresGrammar].contains(fault) { #expect(errors == 0) }
    }

    @Test("a cancelled request ends the score as cancelled")
    func cancellation() async throws {
        struct Cancelled: CompletionSource {
            let name = "cancelled"
            func complete(
                _ request: CompletionRequest, lookingUp lookup: TokenID?
            ) async throws(InferenceError) -> Completion { throw .cancelled }
            func echo(_ prompt: [TokenID]) async throws(InferenceError) -> [EchoedToken] { throw .cancelled }
        }
        let scorer = ForcedScorer(source: Cancelled(), neutralToken: 97, vocabulary: 10, reusesCache: true)
        let target = ForcingTarget(prefix: [1], suffix: TokenizedText(tokens: [2, 3], pieces: [[65], [66]]))
        for way in Self.ways {
            do throws(InferenceError) {
                _ = try await scorer.score(target, way: way)
                Issue.record("\(way) gave a score")
            } catch { #expect(error.isCancellation) }
        }
    }
}
