import Corpus
import Inference
import Randomness

/// Teaches a language model, by examples alone, to write headers that make the model under test remember.
///
/// Expert iteration without weights: in each round the inducer writes several headers for some suspects, the model under
/// test scores them, and the best and worst become the examples of what follows. Documents that were held back decide in
/// the end, with one greedy header each, whether headers replace the bare prefix (``FinalChoice``).
///
/// ``learn()`` does all of it. A trainer can work in between: ``explore()``, train on ``pairs``, ``handOver(to:demonstrations:)`` to the
/// trained model, ``judge()``.
public struct InducerLearner: Sendable {
    private let documents: [LearningDocument]
    private let heldBack: [LearningDocument]
    private let scoring: any WindowScoring
    private let placer: HeaderPlacer
    private let leading: [TokenID]
    private let seed: UInt64
    private let level: Double
    private var options: InducerOptions
    private var writer: any HeaderWriter
    private var buffer = ExampleBuffer()
    /// What a header for a document has to beat.
    private var known: [ArmedDocument: Lift] = [:]
    private var bareScores: [ArmedDocument: Double]
    private var ending = HeaderEnding.line
    private var rounds: [InducerRound] = []
    private var tally = InducerTally()
    private var inducerCalls = 0
    private let callsBefore: Int
    private var notices: [String] = []

    /// Confidence of the printed interval.
    static let confidence = 0.95
    /// Scores that a document of the final choice takes: with its header and without.
    static let scoresOfChoice = 2
    /// Scores that a document of a round takes beside those of its headers: bare, and with another ending.
    static let scoresBesideDraws = 2
    /// The most headers that another ending is tried on.
    static let endingTrials = 32

    /// Creates a learner.
    ///
    /// - Parameters:
    ///   - bench: Servers, documents and rules.
    ///   - heldBack: The documents of the final choice, of both arms; nothing may have been learned from them.
    ///   - writer: The inducer.
    ///   - options: How much it is asked.
    ///   - known: Headers whose lifts are known, usually a universal race's winner on the suspects that raced: the first
    ///     demonstrations, and for their documents what a header has to beat. Those of controls and of documents held
    ///     back are left out.
    ///   - bareScores: Scores of bare prefixes that are known, in probability per token.
    ///   - level: The one-sided level of the final choice; several choices on the same documents share theirs.
    public init(
        bench: LearningBench, heldBack: Set<ArmedDocument>, writer: any HeaderWriter,
        options: InducerOptions = InducerOptions(), known: [InducerExample] = [],
        bareScores: [ArmedDocument: Double] = [:], level: Double = 0.005
    ) throws(LearningError) {
        guard let server = bench.fleet.sessions.first?.server else { throw .noCandidates(tried: 0) }
        self.init(
            bench.documents, heldBack: heldBack, scoring: bench.scorer,
            placer: HeaderPlacer(
                encoder: server, leading: bench.leading, room: bench.room, screen: bench.screen),
            leading: bench.leading, seed: bench.seed, writer: writer, options: options, known: known,
            bareScores: bareScores, level: level)
    }

    init(
        _ documents: [LearningDocument], heldBack: Set<ArmedDocument>, scoring: any WindowScoring,
        placer: HeaderPlacer, leading: [TokenID] = [], seed: UInt64, writer: any HeaderWriter,
        options: InducerOptions = InducerOptions(), known: [InducerExample] = [],
        bareScores: [ArmedDocument: Double] = [:], level: Double = 0.005
    ) {
        self.documents = documents.filter { $0.name.arm == .suspect && !heldBack.contains($0.name) }
        self.heldBack = documents.filter { heldBack.contains($0.name) }
        self.scoring = scoring
        self.placer = placer
        self.leading = leading
        self.seed = seed
        self.writer = writer
        self.options = options
        self.bareScores = bareScores
        self.level = level
        callsBefore = scoring.ledger.spent
        for example in known where example.document.arm == .suspect && !heldBack.contains(example.document) {
            buffer.insert(example)
            self.known[example.document] = max(self.known[example.document] ?? .none, example.reward)
        }
    }

    /// The pairs of text and header that did well, for a trainer; best first.
    public var pairs: [TrainingPair] { TrainingPairs.pairs(of: buffer) }

    /// Goes on with another inducer, usually one that was trained on ``pairs``.
    ///
    /// - Parameters:
    ///   - writer: The inducer.
    ///   - demonstrations: Whether it is shown examples; a model that was trained on single pairs needs none.
    public mutating func handOver(to writer: any HeaderWriter, demonstrations: Bool = false) {
        self.writer = writer
        if !demonstrations { (options.best, options.worst) = (0, 0) }
    }

    /// Lets the inducer learn and decides whether it is used.
    ///
    /// - Throws: What the inducer throws, usually ``LearningError/inducer(server:reason:)``; ``InferenceError`` when all
    ///   servers were lost; `CancellationError`.
    public mutating func learn() async throws -> InducedLearning {
        try await explore()
        return try await judge()
    }

    // MARK: Expert iteration

    /// Runs rounds until the headers get no better, or the budget is spent.
    ///
    /// - Throws: As ``learn()``.
    public mutating func explore() async throws {
        var best = 0.0
        for number in 0..<max(0, options.rounds) {
            let batch = batch(number)
            guard !batch.isEmpty else {
                notices.append("the inducer stopped after \(number) rounds: the budget is spent")
                return
            }
            let round = try await round(number, batch)
            rounds.append(round)
            guard let mean = round.meanBestLift else { return }
            if number > 0, mean - best < options.leastGrowth * abs(best) { return }
            best = max(best, mean)
        }
    }

    /// The documents of a round, as many as the budget pays for.
    private func batch(_ number: Int) -> [LearningDocument] {
        let costs = documents.map(scoring.mostCalls)
        let cost = max(1, costs.reduce(0, +) / max(1, costs.count))
        let reserve = heldBack.reduce(0) { $0 + Self.scoresOfChoice * scoring.mostCalls(for: $1) }
        let share = (scoring.ledger.remaining - reserve) / max(1, options.rounds - number)
        let affordable = share / (cost * (max(0, options.draws) + Self.scoresBesideDraws))
        var generator = SeededGenerator(seed: seed, stream: "inducer/round/\(number)")
        var shuffled = documents
        shuffled.shuffle(with: &generator)
        return Array(shuffled.prefix(max(0, min(options.documentsPerRound, affordable))))
    }

    /// A header that is tried on a document.
    private struct Trial {
        let document: LearningDocument
        let header: String
        let elicitation: Elicitation
    }

    private mutating func round(_ number: Int, _ batch: [LearningDocument]) async throws -> InducerRound {
        let choice = choice
        let requests = batch.enumerated().map { place, document in
            (
                request: choice.request(for: document.opening, of: document.name),
                draws: InducerSampling().draws(count: options.draws, round: number, document: place, seed: seed)
            )
        }
        let replies = try await writer.replies(to: requests)
        inducerCalls += requests.reduce(0) { $0 + $1.draws.count }
        var tally = InducerTally()
        var trials: [Trial] = []
        for (document, replies) in zip(batch, replies) {
            trials += try await self.trials(document, replies, &tally)
        }
        self.tally.add(tally)
        let scores = try await scores(of: trials)
        var bests: [ArmedDocument: (trial: Trial, lift: Lift)] = [:]
        for (trial, score) in zip(trials, scores) {
            guard let score, let bare = bareScores[trial.document.name], let lift = Lift(with: score, without: bare)
            else { continue }
            learn(lift, of: trial)
            if lift > bests[trial.document.name]?.lift ?? .none { bests[trial.document.name] = (trial, lift) }
        }
        let found = batch.compactMap { bests[$0.name] }
        if number == 0 { try await tryBlankLine(found) }
        let isScored = scores.contains { $0 != nil }
        return InducerRound(
            documents: batch.count, tally: tally, scored: scores.count { $0 != nil },
            meanBestLift: isScored
                ? found.reduce(0) { $0 + $1.lift.value } / Double(max(1, batch.count)) : nil)
    }

    /// The different headers among the replies for a document that may be put before it.
    private func trials(
        _ document: LearningDocument, _ replies: [String], _ tally: inout InducerTally
    ) async throws -> [Trial] {
        var trials: [Trial] = []
        var seen: Set<String> = []
        for reply in replies {
            guard let parsed = tally.parse(reply, document: document.document.text) else { continue }
            let header = InducerRequest.lines(parsed)
            switch try await trial(header, ending, of: document) {
            case .success(let trial): if seen.insert(header).inserted { trials.append(trial) }
            case .failure(let refusal): tally.count(refusal)
            }
        }
        return trials
    }

    private func trial(
        _ header: String, _ ending: HeaderEnding, of document: LearningDocument
    ) async throws -> Result<Trial, HeaderRefusal> {
        try await placer.elicitation(
            of: header + ending.rawValue, for: HeaderDocument(document), id: PromptID(rawValue: "inducer.trial")
        ).map { Trial(document: document, header: header, elicitation: $0) }
    }

    /// Puts an empty line behind the headers that did best, and keeps to it if they do better in sum.
    private mutating func tryBlankLine(_ bests: [(trial: Trial, lift: Lift)]) async throws {
        var pairs: [(trial: Trial, lift: Lift)] = []
        // The sort is stable: of equal lifts the first trial goes first.
        for best in bests.sorted(by: { $0.lift > $1.lift }).prefix(Self.endingTrials) {
            guard case .success(let other) = try await trial(best.trial.header, .blankLine, of: best.trial.document)
            else { continue }
            pairs.append((other, best.lift))
        }
        var gain = 0.0
        for (pair, score) in zip(pairs, try await scores(of: pairs.map(\.trial))) {
            guard let score, let bare = bareScores[pair.trial.document.name],
                let lift = Lift(with: score, without: bare)
            else { continue }
            learn(lift, of: pair.trial)
            gain += lift.value - pair.lift.value
        }
        if gain > 0 { ending = .blankLine }
    }

    /// Scores trials, and the bare prefixes of their documents where those are not known.
    private mutating func scores(of trials: [Trial]) async throws -> [Double?] {
        var bare: [LearningDocument] = []
        for trial in trials
        where bareScores[trial.document.name] == nil && bare.last?.name != trial.document.name {
            bare.append(trial.document)
        }
        let none = Elicitation.none(leading: leading)
        let scores = try await scoring.scores(
            of: bare.map { LiftScorer.Request(none, $0) }
                + trials.map { LiftScorer.Request($0.elicitation, $0.document) })
        for (document, score) in zip(bare, scores) { bareScores[document.name] = score }
        return Array(scores.dropFirst(bare.count))
    }

    /// Keeps what is better than what was known, and what did harm.
    private mutating func learn(_ lift: Lift, of trial: Trial) {
        let name = trial.document.name
        guard lift > known[name] ?? .none || lift <= .none else { return }
        buffer.insert(
            InducerExample(document: name, text: trial.document.opening, prompt: trial.header, reward: lift))
    }

    // MARK: The final choice

    /// What headers are written by, as far as it is known now.
    private var choice: InducedChoice {
        InducedChoice(
            inducer: writer.name, corpus: options.corpus, ending: ending,
            examples: buffer.examples, warnings: buffer.warnings, best: options.best, worst: options.worst)
    }

    /// Puts one greedy header to each of the documents that were held back, and decides.
    ///
    /// - Returns: What was learned; without a choice when headers did not help.
    /// - Throws: As ``learn()``.
    public mutating func judge() async throws -> InducedLearning {
        let choice = choice
        let (elicitations, tally) = try await choice.elicitations(
            for: heldBack.map(HeaderDocument.init), writer: writer, placer: placer)
        inducerCalls += heldBack.count
        self.tally.add(tally)
        guard tally.usable > 0 else {
            return learned(
                nothing: heldBack.isEmpty
                    ? "no document was held back to judge it by"
                    : "it wrote no usable header for any of \(heldBack.count) documents held back (\(tally.reasons))")
        }
        let lifts = try await lifts(of: elicitations)
        let finding = FinalChoice(level: level, seed: seed).finding(on: lifts)
        guard finding.isPassed else {
            return learned(nothing: "its headers did not help the documents that were held back", finding)
        }
        return learned(choice, MeasuredLift(meanOf: lifts.suspect, confidence: Self.confidence), finding)
    }

    /// The lifts of the documents held back; documents without a header have none to gain.
    private mutating func lifts(of elicitations: [Elicitation?]) async throws -> ArmLifts {
        let trials = zip(heldBack, elicitations).compactMap { document, elicitation in
            elicitation.map { Trial(document: document, header: "", elicitation: $0) }
        }
        var scores = try await scores(of: trials)[...]
        var lifts = ArmLifts()
        for (document, elicitation) in zip(heldBack, elicitations) {
            guard elicitation != nil else {
                lifts.append(.none, of: document.name.arm)
                continue
            }
            guard let score = scores.removeFirst(), let bare = bareScores[document.name],
                let lift = Lift(with: score, without: bare)
            else { continue }
            lifts.append(lift, of: document.name.arm)
        }
        return lifts
    }

    private mutating func learned(nothing reason: String, _ finding: FinalFinding? = nil) -> InducedLearning {
        notices.append("nothing is used of the inducer \(writer.name): \(reason)")
        return learned(nil, nil, finding)
    }

    private func learned(
        _ choice: InducedChoice?, _ lift: MeasuredLift?, _ finding: FinalFinding?
    ) -> InducedLearning {
        InducedLearning(
            choice: choice, lift: lift, finding: finding, rounds: rounds, examples: buffer.examples,
            warnings: buffer.warnings, tally: tally, targetCalls: scoring.ledger.spent - callsBefore,
            inducerCalls: inducerCalls, notices: notices)
    }
}
