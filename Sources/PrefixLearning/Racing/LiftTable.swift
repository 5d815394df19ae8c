import Corpus

/// The forced scores of prompts on learning documents, as far as they are known, and the lifts they imply.
///
/// The empty prompt is always there, as prompt 0. A cell is open, scored or missing (asked for, and no answer came).
/// The first answer of a cell stays, so that replaying a journal changes nothing.
public struct LiftTable: Hashable, Sendable {
    /// The prompts, the empty one first, each once.
    public let prompts: [PromptID]
    /// The documents, each once.
    public let documents: [ArmedDocument]

    private let placeOfPrompt: [PromptID: Int]
    private let placeOfDocument: [ArmedDocument: Int]
    private var cells: [Answer]

    private enum Answer: Hashable {
        case open
        case missing
        case score(Double)
    }

    /// The largest size of a forced score, in probability per token; a server that says more does not know.
    public static let largestScore = 1e6

    /// Creates a table without scores.
    ///
    /// - Parameters:
    ///   - prompts: The prompts in the order that breaks ties; repeated ones count once, and ``PromptID/none`` is put
    ///     first whether it is among them or not.
    ///   - documents: The documents; repeated ones count once.
    /// - Complexity: O(prompts × documents).
    public init(prompts: [PromptID], documents: [ArmedDocument]) {
        (self.prompts, placeOfPrompt) = Self.numbered([.none] + prompts)
        (self.documents, placeOfDocument) = Self.numbered(documents)
        cells = Array(repeating: .open, count: self.prompts.count * self.documents.count)
    }

    private static func numbered<Name: Hashable>(_ names: [Name]) -> ([Name], [Name: Int]) {
        var places: [Name: Int] = [:]
        var kept: [Name] = []
        for name in names where places[name] == nil {
            places[name] = kept.count
            kept.append(name)
        }
        return (kept, places)
    }

    /// Writes down the answer for a cell.
    ///
    /// - Parameters:
    ///   - score: The forced score in probability per token; nil or a number that is not finite, or larger than
    ///     ``largestScore`` in size, when no answer could be had.
    ///   - cell: The cell.
    /// - Returns: Whether the cell was open and of this table; otherwise nothing changes.
    @discardableResult
    public mutating func take(_ score: Double?, for cell: ScoreCell) -> Bool {
        guard let places = places(of: cell), isOpen(prompt: places.prompt, document: places.document) else {
            return false
        }
        cells[places.prompt * documents.count + places.document] =
            score.flatMap { abs($0) <= Self.largestScore ? .score($0) : nil } ?? .missing
        return true
    }

    /// The answers so far, prompt by prompt; nil scores are missing ones.
    ///
    /// - Complexity: O(prompts × documents).
    public var answers: [(cell: ScoreCell, score: Double?)] {
        prompts.indices.flatMap { prompt in
            documents.indices.filter { !isOpen(prompt: prompt, document: $0) }.map { document in
                (cell(prompt: prompt, document: document), score(prompt: prompt, document: document))
            }
        }
    }

    /// Takes every answer of another table for cells that are open here, for example when prompts have been added.
    public mutating func take(answersOf other: LiftTable) {
        for (cell, score) in other.answers { take(score, for: cell) }
    }

    /// Whether the table has the cell and no answer for it yet.
    public func isOpen(_ cell: ScoreCell) -> Bool {
        places(of: cell).map { isOpen(prompt: $0.prompt, document: $0.document) } ?? false
    }

    func places(of cell: ScoreCell) -> (prompt: Int, document: Int)? {
        guard let prompt = placeOfPrompt[cell.prompt], let document = placeOfDocument[cell.document] else {
            return nil
        }
        return (prompt, document)
    }

    /// The place of a prompt in ``prompts``.
    public func place(of prompt: PromptID) -> Int? { placeOfPrompt[prompt] }

    /// The forced score of a prompt on a document, both by their places, in probability per token.
    public func score(prompt: Int, document: Int) -> Double? {
        guard case .score(let score) = cells[prompt * documents.count + document] else { return nil }
        return score
    }

    /// The lift of a prompt on a document, both by their places, when both scores are known.
    public func lift(prompt: Int, document: Int) -> Lift? {
        guard let with = score(prompt: prompt, document: document), let without = score(prompt: 0, document: document)
        else { return nil }
        return Lift(with: with, without: without)
    }

    func isOpen(prompt: Int, document: Int) -> Bool { cells[prompt * documents.count + document] == .open }

    func cell(prompt: Int, document: Int) -> ScoreCell {
        ScoreCell(prompt: prompts[prompt], document: documents[document])
    }

    /// The number of cells with a score.
    public var scoredCells: Int {
        cells.reduce(0) { count, cell in
            if case .score = cell { count + 1 } else { count }
        }
    }

    /// The lifts of a prompt on some documents, by arm; of its lifts minus a rival's where one is given.
    ///
    /// Documents on which one of the needed scores is unknown are left out.
    func lifts(of prompt: Int, over rival: Int = 0, on places: some Sequence<Int>) -> ArmLifts {
        var lifts = ArmLifts()
        for document in places {
            guard let with = score(prompt: prompt, document: document),
                let without = score(prompt: rival, document: document), let lift = Lift(with: with, without: without)
            else { continue }
            lifts.append(lift, of: documents[document].arm)
        }
        return lifts
    }
}

/// Lifts of documents, suspects and controls apart, in probability per token.
struct ArmLifts: Hashable, Sendable {
    var suspect: [Double] = []
    var control: [Double] = []

    mutating func append(_ lift: Lift, of arm: Arm) {
        switch arm {
        case .suspect: suspect.append(lift.value)
        case .control: control.append(lift.value)
        }
    }
}
