import Corpus

/// Every score that learning has paid for, so that nothing is asked twice.
struct ScoreBook {
    private(set) var scores: [ScoreCell: Double] = [:]
    private var unanswered: Set<ScoreCell> = []

    /// Whether a cell was asked for before, answered or not.
    func knows(_ cell: ScoreCell) -> Bool { scores[cell] != nil || unanswered.contains(cell) }

    /// The score of a cell in probability per token, or `nil` when there is none.
    subscript(cell: ScoreCell) -> Double? { scores[cell] }

    /// Writes down an answer, or that none came.
    mutating func take(_ score: Double?, for cell: ScoreCell) {
        if let score { scores[cell] = score } else { unanswered.insert(cell) }
    }

    /// All scores of one prompt, by document.
    func scores(of prompt: PromptID) -> [ArmedDocument: Double] {
        var found: [ArmedDocument: Double] = [:]
        for (cell, score) in scores where cell.prompt == prompt { found[cell.document] = score }
        return found
    }

    /// The lift of a prompt on a document, when both scores are known.
    func lift(_ prompt: PromptID, _ document: ArmedDocument) -> Double? {
        guard let with = scores[ScoreCell(prompt: prompt, document: document)],
            let without = scores[ScoreCell(prompt: .none, document: document)]
        else { return nil }
        return with - without
    }

    /// Mean lifts of a prompt over the documents that it was scored on, by arm.
    func meanLifts(_ prompt: PromptID, _ documents: [LearningDocument]) -> TriedCandidate.ArmLifts {
        func mean(_ arm: Arm) -> Double? {
            let lifts = documents.filter { $0.name.arm == arm }.compactMap { lift(prompt, $0.name) }
            return lifts.isEmpty ? nil : lifts.reduce(0, +) / Double(lifts.count)
        }
        return TriedCandidate.ArmLifts(suspect: mean(.suspect), control: mean(.control))
    }
}
