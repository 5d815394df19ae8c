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
    /// A prompt worth 1 on 60 % of the suspects, with a spread of 0.7 in all lifts, is chosen among 64
    /// with 320 documents for each arm 398 times in 400 when the first round has 32 documents, 381 times when it has 16
    /// and 339 times when it has 8.
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
    /// Tried in this order: all candidates with ever smaller first rounds, and eight times as many documents held back,
    /// up to ``mostHeldBack`` and a third of each arm; then half of the candidates likewise, and so on down to one.
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
                    mostHeldBack: min(Self.mostHeldBack, opening * 8))
                smallest = plan.mostScores * callsPerScore
                if smallest <= budgetInCalls { return plan }
            }
            guard arms > 1 else { throw .budgetTooSmall(calls: budgetInCalls, smallest: smallest) }
            arms = (arms + 1) / 2
        }
    }
}
