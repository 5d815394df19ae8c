import Corpus
import Inference

/// Learns which prefix makes a model remember, on documents that are spent for it.
///
/// 1. Candidates are gathered from all sources, those that give a suffix away are dropped.
/// 2. They race for the largest contrast between suspects and controls (``SequentialHalving``).
/// 3. The winners are changed token by token, and the changed ones race against them, as long as there is something left
///    to gain and budget to find it.
/// 4. Documents that were held back from all this decide whether the winner replaces the empty prefix
///    (``FinalChoice``).
public struct PrefixLearner: Sendable {
    private let bench: LearningBench
    private let sources: [any CandidateSource]
    private let mode: LearningMode
    private var pool: CandidatePool
    private var book = ScoreBook()
    private var rounds: [PromptID: Int] = [:]

    /// Fewest suspect documents that anything can be learned from.
    public static let fewestSuspects = 6
    /// Most generations of changed winners.
    static let mostGenerations = 3
    /// Winners that are changed, and that changed ones race against.
    static let parents = 2
    /// Changed candidates of one generation.
    static let litter = 16
    /// Share of the budget that the first race may use.
    static let firstRaceShare = 0.6
    /// Share of the budget that the first race may use when an inducer learns after it.
    static let raceShareBesideInducer = 0.4
    /// Suspects that are recited to within this many probability per token leave nothing to gain.
    static let nothingLeft = 0.05

    /// Creates a learner.
    ///
    /// - Parameters:
    ///   - bench: Servers, documents and rules.
    ///   - sources: What proposes candidates, in the order that breaks ties.
    ///   - mode: What to learn; ``LearningMode/none`` learns nothing.
    public init(bench: LearningBench, sources: [any CandidateSource], mode: LearningMode) {
        self.bench = bench
        self.sources = sources
        self.mode = mode
        pool = CandidatePool(screen: bench.screen, leading: bench.leading, room: bench.room)
    }

    /// Learns.
    ///
    /// - Returns: What was chosen and everything that was tried.
    /// - Throws: ``LearningError`` when nothing can be learned from so little, ``InferenceError`` when all servers were
    ///   lost, `CancellationError`.
    public mutating func learn() async throws -> Learned {
        let suspects = bench.documents(of: .suspect)
        guard suspects.count >= Self.fewestSuspects else {
            throw LearningError.tooFewDocuments(suspects: suspects.count, needed: Self.fewestSuspects)
        }
        var proposed = 0
        for source in sources {
            let (candidates, notices) = try await source.propose(on: bench)
            proposed += candidates.count
            pool.add(candidates)
            pool.note(notices)
        }
        guard !pool.candidates.isEmpty else { throw LearningError.noCandidates(tried: proposed) }
        let plan = try firstPlan()
        let held = heldBack(by: plan)
        var ranking = try await race(
            pool.candidates.map(\.id), plan, leaving: held, openingDocuments: plan.openingDocuments)
        for generation in 1...Self.mostGenerations where mode != .inducer {
            guard let next = try await nextGeneration(generation, ranking, held) else { break }
            // When no change was for the better, others of the same kind will not be either.
            let isBetter = next.first != ranking.first
            ranking = next
            guard isBetter else { break }
        }
        return try await choose(ranking, held)
    }

    // MARK: Racing

    /// Scores that the budget still pays for.
    private var affordableScores: Int {
        Int(Double(bench.ledger.remaining) / meanCost)
    }

    /// Requests that a score takes on average, at least 1.
    private var meanCost: Double {
        let costs = bench.documents.map(bench.scorer.mostCalls)
        return max(1, Double(costs.reduce(0, +)) / Double(max(1, costs.count)))
    }

    private func firstPlan() throws -> RacePlan {
        let controls = bench.documents(of: .control).count
        let suspects = bench.documents(of: .suspect).count
        func plan(_ scores: Int) throws(RaceError) -> RacePlan {
            try RaceDesign(
                candidates: pool.candidates.count, suspects: suspects, controls: controls, budgetInCalls: scores
            ).plan()
        }
        do throws(RaceError) {
            let part = mode == .inducer ? Self.raceShareBesideInducer : Self.firstRaceShare
            let share = Int(Double(affordableScores) * part)
            if let first = try? plan(share), first.candidates == pool.candidates.count { return first }
            return try plan(affordableScores)
        } catch {
            guard case .budgetTooSmall(_, let smallest) = error else { throw LearningError.budgetTooSmall(error) }
            // In requests, and with what gathering the candidates has taken, as the user counts it.
            let needed = bench.ledger.spent + Int((Double(smallest) * meanCost).rounded(.up))
            throw LearningError.budgetTooSmall(
                .budgetTooSmall(calls: bench.ledger.budgetedCalls, smallest: needed))
        }
    }

    /// The documents of the final choice, which no race may see.
    private func heldBack(by plan: RacePlan) -> Set<ArmedDocument> {
        Set(
            RaceDocuments(
                suspects: bench.documents(of: .suspect).map(\.name.document),
                controls: bench.documents(of: .control).map(\.name.document), plan: plan, seed: bench.seed
            ).heldBack)
    }

    /// The documents that races and policies may see.
    private func documents(leaving held: Set<ArmedDocument>) -> [LearningDocument] {
        bench.documents.filter { !held.contains($0.name) }
    }

    /// Lets candidates race on all documents but those held back.
    ///
    /// - Returns: The candidates, best first.
    private mutating func race(
        _ ids: [PromptID], _ plan: RacePlan, leaving held: Set<ArmedDocument>, openingDocuments: Int
    ) async throws -> [PromptID] {
        let open = documents(leaving: held)
        let suspects = open.filter { $0.name.arm == .suspect }.map(\.name.document)
        let controls = open.filter { $0.name.arm == .control }.map(\.name.document)
        var race = try SequentialHalving(
            prompts: ids, suspects: suspects, controls: controls,
            plan: RacePlan(
                candidates: plan.candidates, openingDocuments: openingDocuments, suspects: suspects.count,
                controls: controls.count, mostHeldBack: 0),
            seed: bench.seed)
        while race.outcome == nil {
            let cells = race.nextRequests
            // The final choice must still be paid for, or all was for nothing.
            let unknown = cells.filter { !book.knows($0) }
            let left = Set(unknown.dropFirst(max(0, affordableScores - Self.scoresOfChoice * held.count)))
            try await score(cells.filter { !left.contains($0) })
            for cell in cells { race.take(book[cell], for: cell) }
            if bench.ledger.remaining == 0 { race.endRound() }
        }
        let standings = race.outcome?.ranking ?? []
        for standing in standings { rounds[standing.prompt, default: 0] += standing.rounds }
        return standings.map(\.prompt)
    }

    /// Sees to it that all cells have been asked for.
    private mutating func score(_ cells: [ScoreCell]) async throws {
        let documents = Dictionary(bench.documents.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var asked: [ScoreCell] = []
        var requests: [LiftScorer.Request] = []
        for cell in cells where !book.knows(cell) {
            guard let document = documents[cell.document],
                let elicitation = cell.prompt == .none
                    ? Elicitation.none(leading: bench.leading) : pool[cell.prompt]?.elicitation(for: cell.document)
            else {
                book.take(nil, for: cell)
                continue
            }
            asked.append(cell)
            requests.append(LiftScorer.Request(elicitation, document))
        }
        for (cell, score) in zip(asked, try await bench.scorer.scores(of: requests)) { book.take(score, for: cell) }
    }

    // MARK: Generations

    /// Changes the winners and lets them race against what they became; `nil` when there is no point in it.
    private mutating func nextGeneration(
        _ number: Int, _ ranking: [PromptID], _ held: Set<ArmedDocument>
    ) async throws -> [PromptID]? {
        guard let leader = ranking.first, headroom(of: leader) > Self.nothingLeft else { return nil }
        let parents = ranking.prefix(Self.parents).compactMap { pool[$0] }
        // A policy needs to know several candidates on all documents, which is worth more than another generation.
        let explored = mode == .policy ? Self.policyPool * (bench.documents.count - held.count) / 2 : 0
        let reserve = Self.scoresOfChoice * held.count + explored
        guard affordableScores - reserve >= Self.litter * RaceDesign.openingDocuments[1] else { return nil }
        let source = EditSource(parents: parents, generation: number, count: Self.litter)
        let (candidates, notices) = try await source.propose(on: bench)
        let before = pool.candidates.count
        pool.add(candidates)
        pool.note(notices)
        let born = pool.candidates.dropFirst(before).map(\.id)
        guard !born.isEmpty else { return nil }
        let plan = RacePlan(
            candidates: born.count + parents.count, suspects: documents(leaving: held).count, controls: 0,
            mostHeldBack: 0)
        let next = try await race(
            parents.map(\.id) + born, plan, leaving: held, openingDocuments: RaceDesign.openingDocuments[1])
        // Who did not race stays behind those who did, and a parent is replaced only by what is clearly better.
        let all = next + ranking.filter { !next.contains($0) }
        return isClearlyBetter(all.first, than: leader, leaving: held) ? all : [leader] + all.filter { $0 != leader }
    }

    /// Whether one candidate leads another by more than chance on the documents that both were scored on.
    private func isClearlyBetter(
        _ candidate: PromptID?, than rival: PromptID, leaving held: Set<ArmedDocument>
    ) -> Bool {
        let table = table(of: documents(leaving: held))
        guard let candidate, candidate != rival, let first = table.place(of: candidate),
            let second = table.place(of: rival),
            let lead = Contrast(table.lifts(of: first, over: second, on: table.documents.indices))
        else { return false }
        return (lead.t ?? 0) > Self.clearLead
    }

    /// Standard errors by which a changed candidate must lead the one that it was made from.
    static let clearLead = 2.0

    /// What is still missing to certain recitation of the suspects, in probability per token.
    private func headroom(of prompt: PromptID) -> Double {
        let scores = bench.documents(of: .suspect).compactMap { book[ScoreCell(prompt: prompt, document: $0.name)] }
        return scores.isEmpty ? 0 : 1 - scores.reduce(0, +) / Double(scores.count)
    }
}

// MARK: The final choice

extension PrefixLearner {
    /// Puts the winner, or a policy over several candidates, to the documents that were held back.
    private mutating func choose(_ ranking: [PromptID], _ held: Set<ArmedDocument>) async throws -> Learned {
        let policy = mode == .policy ? try await policy(held, ranking.first) : nil
        let names = bench.documents.filter { held.contains($0.name) }
        var choice: (LearningDocument) -> PromptID = { _ in ranking.first ?? .none }
        if let policy { choice = { policy.choose($0.opening) } }
        var cells: [ScoreCell] = []
        for document in names {
            cells.append(ScoreCell(prompt: .none, document: document.name))
            let chosen = choice(document)
            if chosen != .none { cells.append(ScoreCell(prompt: chosen, document: document.name)) }
        }
        try await score(cells)
        var lifts = ArmLifts()
        for document in names {
            guard let difference = book.lift(choice(document), document.name),
                let lift = Lift(value: difference)
            else { continue }
            lifts.append(lift, of: document.name.arm)
        }
        let finding = FinalChoice(level: mode == .inducer ? Self.sharedLevel : Self.level, seed: bench.seed)
            .finding(on: lifts)
        let used = (policy?.prompts ?? Array(ranking.prefix(1))).filter { $0 != .none }.compactMap { pool[$0] }
        let isKept = finding.isPassed && !used.isEmpty
        let isConditional = policy?.choice != nil
        return Learned(
            mode: isKept ? (isConditional ? .policy : .universal) : .none, chosen: isKept ? used : [],
            policy: isKept && isConditional ? policy : nil,
            lift: isKept ? MeasuredLift(meanOf: lifts.suspect, confidence: Self.confidence) : nil, finding: finding,
            induced: nil, heldBack: held, bareScores: book.scores(of: .none),
            leaderExamples: examples(of: ranking.first, held),
            candidates: tried(ranking), calls: bench.ledger.spent,
            budgetedCalls: bench.ledger.budgetedCalls, notices: pool.notices)
    }

    /// Learns which candidate suits which document, from the documents that raced.
    private mutating func policy(
        _ held: Set<ArmedDocument>, _ winner: PromptID?
    ) async throws -> PrefixPolicy {
        let open = documents(leaving: held)
        let exploration = ExplorationPlan(
            table: table(of: open), poolSize: Self.policyPool,
            budgetInCells: max(0, affordableScores - Self.scoresOfChoice * held.count), seed: bench.seed)
        try await score(exploration.cells)
        var options = PolicyOptions()
        options.poolSize = Self.policyPool
        options.suffixTokens = bench.scorer.scoredTokens
        return try PrefixPolicy(
            learnedFrom: table(of: open), texts: open.map(\.opening), universal: winner, options: options,
            seed: bench.seed)
    }

    /// What is known about all candidates on some documents.
    private func table(of documents: [LearningDocument]) -> LiftTable {
        var table = LiftTable(prompts: pool.candidates.map(\.id), documents: documents.map(\.name))
        for prompt in table.prompts {
            for document in table.documents {
                let cell = ScoreCell(prompt: prompt, document: document)
                if book.knows(cell) { table.take(book[cell], for: cell) }
            }
        }
        return table
    }

    /// Most candidates that a policy chooses among.
    static let policyPool = 8
    /// Scores that the final choice needs for each document: with what was chosen and without.
    static let scoresOfChoice = 2
    /// Level of the final choice.
    static let level = 0.01
    /// Level of the final choice when an inducer makes another one on the same documents.
    public static let sharedLevel = 0.005
    /// Confidence of printed intervals.
    static let confidence = 0.95

    /// What the leader put before the suspects that it raced on.
    private func examples(of leader: PromptID?, _ held: Set<ArmedDocument>) -> [InducerExample] {
        guard let leader, let candidate = pool[leader] else { return [] }
        return bench.documents(of: .suspect).filter { !held.contains($0.name) }.compactMap { document in
            book.lift(leader, document.name).flatMap { Lift(value: $0) }
                .flatMap { InducerExample(candidate, on: document, reward: $0) }
        }
    }

    private func tried(_ ranking: [PromptID]) -> [TriedCandidate] {
        ranking.compactMap { id in
            pool[id].map {
                TriedCandidate(
                    id: id, source: $0.origin.rawValue, roundsSurvived: rounds[id] ?? 0,
                    meanLift: book.meanLifts(id, bench.documents))
            }
        }
    }
}
