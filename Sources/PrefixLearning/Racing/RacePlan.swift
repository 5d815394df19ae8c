/// How many prompts race, on how many documents.
public struct RacePlan: Hashable, Encodable, Sendable {
    /// The number of prompts that compete, besides the empty one.
    public let candidates: Int
    /// The number of documents of the first round; every round doubles it.
    public let openingDocuments: Int
    /// The number of suspect documents that the race may use.
    public let suspects: Int
    /// The number of control documents that the race may use.
    public let controls: Int
    /// The number of suspect documents held back for the final choice.
    public let heldBackSuspects: Int
    /// The number of control documents held back for the final choice.
    public let heldBackControls: Int

    /// Divides the documents of the learning fold.
    ///
    /// Numbers outside 0 … ``RaceDesign/largestCount`` are brought to the nearest that is inside.
    ///
    /// - Parameters:
    ///   - candidates: The number of prompts besides the empty one.
    ///   - openingDocuments: The number of documents of the first round, raised to 1 if below.
    ///   - suspects: The number of suspect documents in the learning fold.
    ///   - controls: The number of control documents in the learning fold.
    ///   - mostHeldBack: The largest number of documents to hold back; both arms give half, or the suspects all when
    ///     there are no controls, and no arm more than a third. With 0 the race only ranks, and the empty prompt stays
    ///     chosen.
    public init(
        candidates: Int, openingDocuments: Int = 32, suspects: Int, controls: Int,
        mostHeldBack: Int = RaceDesign.mostHeldBack
    ) {
        func bounded(_ value: Int) -> Int { min(max(0, value), RaceDesign.largestCount) }
        self.candidates = bounded(candidates)
        self.openingDocuments = max(1, bounded(openingDocuments))
        let share = bounded(controls > 0 ? mostHeldBack / 2 : mostHeldBack)
        heldBackSuspects = min(share, bounded(suspects) / 3)
        heldBackControls = min(share, bounded(controls) / 3)
        self.suspects = bounded(suspects) - heldBackSuspects
        self.controls = bounded(controls) - heldBackControls
    }

    /// The number of documents after which round `round`, counted from 0, ends.
    public func documents(throughRound round: Int) -> Int {
        let all = suspects + controls
        guard round < 40, openingDocuments < all else { return all }
        let (documents, overflows) = openingDocuments.multipliedReportingOverflow(by: 1 << max(0, round))
        return overflows ? all : min(all, documents)
    }

    /// The rounds, each with the number of competing prompts and of documents seen when it ends.
    public var rounds: [RaceRound] {
        var rounds: [RaceRound] = []
        var live = candidates
        while live > 0 {
            let documents = documents(throughRound: rounds.count)
            rounds.append(RaceRound(candidates: live, documents: documents))
            if live == 1 || documents == suspects + controls { break }
            live = (live + 1) / 2
        }
        return rounds
    }

    /// The largest number of forced scores that the race can ask for, those of the bare windows included.
    public var mostScores: Int {
        guard candidates > 0 else { return 0 }
        var scores = 2 * (heldBackSuspects + heldBackControls)
        var seen = 0
        for round in rounds {
            scores += (round.candidates + 1) * (round.documents - seen)
            seen = round.documents
        }
        return scores
    }
}

/// One round of a planned race.
public struct RaceRound: Hashable, Encodable, Sendable {
    /// The number of prompts that compete, besides the empty one.
    public let candidates: Int
    /// The number of documents on which each of them has been scored when the round ends.
    public let documents: Int
}
