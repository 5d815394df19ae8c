import Corpus

/// A race of prompts for the largest contrast: every round has more documents and drops the worse half.
///
/// The machine asks nobody. It names the cells that must be scored now (``nextRequests``), is told the scores
/// (``take(_:for:)``), and goes on by itself when a round is complete, until there is an ``outcome``. It depends on the
/// scores alone, not on the order in which they come; scores that are known from an earlier race can be told before
/// they are asked for.
///
/// **Race** (sequential halving: Karnin, Koren and Somekh, 2013). In round r all live prompts are scored on the same
/// first documents of one seeded order, in which suspects and controls take turns; their number doubles with each
/// round. Prompts are ranked by their contrast over all documents so far (steadied: see `SteadiedContrasts`), ties by
/// the order in which they were given, and the worse half is dropped. The race ends when one is left, when the
/// documents run out, or when the leader's paired lead over the runner-up exceeds three standard errors on at least 16
/// documents. The empty prompt takes no part in the ranking: its lift is 0 by definition, it is never dropped, and it
/// costs one score per document.
///
/// **Final choice.** The leader of many is lucky as well as good, so what it won the race with decides nothing: it is
/// scored on documents held back from the race, and replaces the empty prompt only when it passes ``FinalChoice``
/// there.
public struct SequentialHalving: Hashable, Sendable {
    /// The plan that is followed.
    public let plan: RacePlan
    /// Every score known so far.
    public private(set) var table: LiftTable
    /// The result, when the race is over.
    public private(set) var outcome: RaceOutcome?

    /// The lead over the runner-up, in standard errors, at which a race ends early.
    public static let decisiveLead = 3.0
    /// The number of documents before which no race ends early.
    public static let leastDocuments = 16

    private let choice: FinalChoice
    private let raceCount: Int
    private var live: [Int]
    private var round = 0
    private var dropped: [Placed] = []
    private var finalist: Int?
    private var awaited = 0

    /// A prompt and the last round it took part in.
    private struct Placed: Hashable {
        let prompt: Int
        let round: Int
    }

    /// Starts a race.
    ///
    /// - Parameters:
    ///   - prompts: The competing prompts; the first of them that the plan has room for take part. The empty prompt
    ///     need not be named.
    ///   - suspects: The suspect documents of the learning fold.
    ///   - controls: The control documents of the learning fold; without any, lifts of suspects alone are compared.
    ///   - plan: How many prompts and documents; see ``RaceDesign/plan()``.
    ///   - choice: The rule of the final choice.
    ///   - seed: The seed of the order of documents (streams `"race/suspect"`, `"race/control"`).
    /// - Throws: ``RaceError/noSuspects``.
    public init(
        prompts: [PromptID], suspects: [DocumentID], controls: [DocumentID], plan: RacePlan,
        choice: FinalChoice = FinalChoice(), seed: UInt64
    ) throws(RaceError) {
        guard !suspects.isEmpty else { throw .noSuspects }
        let documents = RaceDocuments(suspects: suspects, controls: controls, plan: plan, seed: seed)
        let all = LiftTable(prompts: prompts, documents: []).prompts.dropFirst().prefix(plan.candidates)
        table = LiftTable(prompts: Array(all), documents: documents.race + documents.heldBack)
        live = Array(table.prompts.indices.dropFirst())
        raceCount = documents.race.count
        self.plan = plan
        self.choice = choice
        awaited = openCells.count
        advance()
    }

    /// The cells whose scores the race is waiting for, document by document; empty when it is over.
    ///
    /// - Complexity: O(live prompts × documents of the round).
    public var nextRequests: [ScoreCell] {
        guard outcome == nil else { return [] }
        return openCells.map { table.cell(prompt: $0.prompt, document: $0.document) }
    }

    /// Takes the answer for a cell, and goes on when it was the last one awaited.
    ///
    /// - Parameters:
    ///   - score: The forced score in probability per token; nil or a number that is not finite when there is none, or when
    ///     the prompt must not be used on the document because it gives the suffix away.
    ///   - cell: Any cell of the race, asked for or not.
    /// - Returns: Whether the answer was new; an answer for another race's cell or a second one changes nothing.
    @discardableResult
    public mutating func take(_ score: Double?, for cell: ScoreCell) -> Bool {
        guard table.take(score, for: cell), let places = table.places(of: cell) else { return false }
        if documentsOfRound.contains(places.document), promptsOfRound.contains(places.prompt) { awaited -= 1 }
        advance()
        return true
    }

    /// Takes what an earlier race has learned of the same prompts and documents, so that it is not asked again.
    ///
    /// A later generation of prompts races against the winner of the one before on the same documents when it is given
    /// the same seed and numbers of documents.
    public mutating func take(answersOf earlier: LiftTable) {
        for (cell, score) in earlier.answers { take(score, for: cell) }
    }

    /// Counts everything still awaited as missing, and goes on.
    public mutating func endRound() {
        for cell in nextRequests { table.take(nil, for: cell) }
        awaited = 0
        advance()
    }

    private var documentsOfRound: Range<Int> {
        finalist == nil ? 0..<min(raceCount, plan.documents(throughRound: round)) : raceCount..<table.documents.count
    }

    private var promptsOfRound: [Int] { [0] + (finalist.map { [$0] } ?? live) }

    private var openCells: [(prompt: Int, document: Int)] {
        let prompts = promptsOfRound
        return documentsOfRound.flatMap { document in
            prompts.filter { table.isOpen(prompt: $0, document: document) }.map { ($0, document) }
        }
    }

    private mutating func advance() {
        while outcome == nil {
            if live.isEmpty { return finish(nil) }
            guard awaited == 0 else { return }
            if let finalist { return finish(finalist) }
            endRaceRound()
            awaited = openCells.count
        }
    }

    private mutating func endRaceRound() {
        let seen = documentsOfRound
        let ranked = ranked(live, on: seen)
        let isLast = ranked.count == 1 || seen.count == raceCount || isDecided(ranked, on: seen)
        let kept = isLast ? 1 : (ranked.count + 1) / 2
        // Worst first, so that the whole list reversed is the ranking.
        dropped += ranked.dropFirst(kept).reversed().map { Placed(prompt: $0, round: round) }
        live = Array(ranked.prefix(kept))
        guard isLast, let leader = ranked.first else {
            round += 1
            return
        }
        if let contrast = contrast(of: leader, on: seen), contrast.value > 0, table.documents.count > raceCount {
            finalist = leader
        } else {
            finish(nil)
        }
    }

    private func isDecided(_ ranked: [Int], on seen: Range<Int>) -> Bool {
        guard seen.count >= Self.leastDocuments, ranked.count >= 2,
            let lead = Contrast(table.lifts(of: ranked[0], over: ranked[1], on: seen)),
            lead.suspects + lead.controls >= Self.leastDocuments, let t = lead.t
        else { return false }
        return t > Self.decisiveLead
    }

    private func contrast(of prompt: Int, on seen: Range<Int>) -> Contrast? {
        Contrast(table.lifts(of: prompt, on: seen))
    }

    /// Best first; prompts without a contrast last.
    private func ranked(_ prompts: [Int], on seen: Range<Int>) -> [Int] {
        let contrasts = SteadiedContrasts(prompts.map { table.lifts(of: $0, on: seen) })
        return zip(prompts, contrasts.values).sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    }

    private mutating func finish(_ finalist: Int?) {
        let final = finalist.map {
            choice.finding(on: table.lifts(of: $0, on: raceCount..<table.documents.count))
        }
        let leaders = live.map { Placed(prompt: $0, round: round) }
        let ranking = (leaders + dropped.reversed()).map { placed in
            RaceStanding(
                prompt: table.prompts[placed.prompt], rounds: placed.round + 1,
                contrast: contrast(
                    of: placed.prompt, on: 0..<min(raceCount, plan.documents(throughRound: placed.round))))
        }
        let isChosen = final?.isPassed ?? false
        outcome = RaceOutcome(
            chosen: isChosen ? finalist.map { table.prompts[$0] } ?? .none : .none, ranking: ranking, final: final,
            scores: table.scoredCells)
    }
}
