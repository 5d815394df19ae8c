/// What a race may cost and what it is to choose among.
public struct RaceDesign: Hashable, Codable, Sendable {
    /// The number of prompts that want to compete, besides the empty one.
    public var candidates: Int
    /// The number of suspect documents in the learning fold.
    public var suspects: Int
    /// The number of control documents in the learning fold.
    public var controls: Int
    /// The number of calls to the server that learning may use.
    public var budgetInCalls: Int
    /// The number of calls that one forced score takes.
    public var callsPerScore: Int

    /// The numbers of documents with which a first round may begin, best first.
    ///
    /// With 32 a prompt worth 1 nat per token on 60 % of the suspects passes the first round 98 times in 100 when lifts
    /// have a spread of 0.7; with 8 it passes 86 times in 100.
    public static let openingDocuments = [32, 16, 8, 4, 2]
    /// The largest number of documents that are held back from the race for the final choice.
    public static let mostHeldBack = 200
    /// The largest number of candidates or documents that can be planned for, and calls per score.
    public static let largestCount = 1_000_000

    /// Describes a race; ``plan()`` checks the numbers.
    public init(candidates: Int, suspects: Int, controls: Int, budgetInCalls: Int, callsPerScore: Int = 1) {
        self.candidates = candidates
        self.suspects = suspects
        self.controls = controls
        self.budgetInCalls = budgetInCalls
        self.callsPerScore = callsPerScore
    }

    /// The best race that is sure to stay within the budget.
    ///
    /// Tried in this order: all candidates with ever smaller first rounds and, last, fewer documents held back; then half
    /// of the candidates, and so on down to one. A third of each arm is held back at most.
    ///
    /// - Throws: ``RaceError`` for impossible numbers, for no suspects, and when not even one candidate fits.
    /// - Complexity: O(log² candidates).
    public func plan() throws(RaceError) -> RacePlan {
        for (name, value, least) in [
            ("candidates", candidates, 0), ("suspects", suspects, 0), ("controls", controls, 0),
            ("callsPerScore", callsPerScore, 1),
        ] where value < least || value > Self.largestCount {
            throw .outOfRange(name: name, value: value, requirement: "between \(least) and \(Self.largestCount)")
        }
        guard budgetInCalls >= 0 else {
            throw .outOfRange(name: "budgetInCalls", value: budgetInCalls, requirement: "at least 0")
        }
        guard suspects > 0 else { throw .noSuspects }
        var arms = candidates
        var smallest = 0
        while true {
            for opening in Self.openingDocuments {
                let plan = RacePlan(
                    candidates: arms, openingDocuments: opening, suspects: suspects, controls: controls,
                    mostHeldBack: min(Self.mostHeldBack, max(8, opening * 8)))
                smallest = plan.mostScores * callsPerScore
                if smallest <= budgetInCalls { return plan }
            }
            guard arms > 1 else { throw .budgetTooSmall(calls: budgetInCalls, smallest: smallest) }
            arms = (arms + 1) / 2
        }
    }
}

/// How many prompts race, on how many documents.
public struct RacePlan: Hashable, Codable, Sendable {
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
    /// - Parameters:
    ///   - candidates: The number of prompts besides the empty one; below 0 counts as 0.
    ///   - openingDocuments: The number of documents of the first round, raised to 1 if below.
    ///   - suspects: The number of suspect documents in the learning fold.
    ///   - controls: The number of control documents in the learning fold.
    ///   - mostHeldBack: The largest number of documents to hold back; both arms give half, or the suspects all when there
    ///     are no controls, and no arm more than a third. With 0 the race only ranks, and the empty prompt stays chosen.
    public init(
        candidates: Int, openingDocuments: Int = 32, suspects: Int, controls: Int,
        mostHeldBack: Int = RaceDesign.mostHeldBack
    ) {
        self.candidates = max(0, candidates)
        self.openingDocuments = max(1, openingDocuments)
        let share = max(0, controls > 0 ? mostHeldBack / 2 : mostHeldBack)
        heldBackSuspects = min(share, max(0, suspects) / 3)
        heldBackControls = min(share, max(0, controls) / 3)
        self.suspects = max(0, suspects) - heldBackSuspects
        self.controls = max(0, controls) - heldBackControls
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
public struct RaceRound: Hashable, Codable, Sendable {
    /// The number of prompts that compete, besides the empty one.
    public let candidates: Int
    /// The number of documents on which each of them has been scored when the round ends.
    public let documents: Int
}
