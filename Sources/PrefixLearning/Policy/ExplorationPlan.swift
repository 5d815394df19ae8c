import Corpus
import Randomness

/// Which cells of a partly filled table to score next, so that a policy can be learned from it.
///
/// A race fills many cells of its survivors and few of the others. What a policy needs are documents on which all
/// prompts of a small, diverse pool are known. The pool is made of
/// - the prompt with the best mean lift, what it lifts controls by taken off, and the empty prompt,
/// - then prompts by greedy coverage of the suspect documents, see `DiversePool`, in which a prompt that is bad on
///   average but best on some documents survives (the Pareto idea of GEPA, Agrawal and others, 2025),
/// - and, where room is left, prompts by the number of documents on which they are the best one known.
///
/// Then the rows of documents are completed one after the other: those first that lack the fewest cells, in a seeded
/// order among equals. After every three suspects comes one control, which the policy does not learn from, but without
/// which its gain cannot be told from a gain on any text.
public struct ExplorationPlan: Hashable, Sendable {
    /// The prompts that are worth knowing on every document, the best single one first.
    public let pool: [PromptID]
    /// The cells to score, in order; at most as many as the budget.
    public let cells: [ScoreCell]
    /// The number of open cells of the pool that the budget leaves open.
    public let leftOpen: Int

    /// The number of suspect rows that are completed before one control row.
    public static let suspectsPerControl = 3

    /// Plans what to score.
    ///
    /// - Parameters:
    ///   - table: What is known.
    ///   - poolSize: The largest number of prompts, raised to 1 if below.
    ///   - budgetInCells: The largest number of cells; below 0 counts as 0.
    ///   - seed: The seed of the order of documents (stream `"exploration"`).
    /// - Complexity: O(pool × prompts × documents).
    public init(table: LiftTable, poolSize: Int = 8, budgetInCells: Int, seed: UInt64) {
        let rows = OwnLifts(table, among: Array(table.documents.indices)).rows
        var pool = DiversePool(rows: rows, prompts: table.prompts.count, size: max(1, poolSize)).prompts
        let byWins = Self.byWins(rows: rows, prompts: table.prompts.count).filter { !pool.contains($0) }
        pool += byWins.prefix(max(0, poolSize - pool.count))
        self.pool = pool.map { table.prompts[$0] }

        // A row needs the bare window as well, whether the empty prompt is in the pool or not.
        let needed = pool.contains(0) ? pool : pool + [0]
        var generator = SeededGenerator(seed: seed, stream: "exploration")
        let cells = Self.rowOrder(of: table, needed: needed, with: &generator).flatMap { document in
            needed.sorted().filter { table.isOpen(prompt: $0, document: document) }
                .map { table.cell(prompt: $0, document: document) }
        }
        self.cells = Array(cells.prefix(max(0, budgetInCells)))
        leftOpen = cells.count - self.cells.count
    }

    /// Prompts with at least one win, by the number of documents on which they have the largest lift known, above 0.
    private static func byWins(rows: [[Double?]], prompts: Int) -> [Int] {
        var wins = [Int](repeating: 0, count: prompts)
        for row in rows {
            guard let best = row.compactMap({ $0 }).max(), best > 0 else { continue }
            for prompt in 0..<prompts where row[prompt] == best { wins[prompt] += 1 }
        }
        return (0..<prompts).filter { wins[$0] > 0 }.sorted { (wins[$1], $0) < (wins[$0], $1) }
    }

    /// Documents with open cells, those that lack the fewest first, controls strewn among suspects.
    private static func rowOrder(
        of table: LiftTable, needed: [Int], with generator: inout SeededGenerator
    ) -> [Int] {
        var documents = Array(table.documents.indices)
        documents.shuffle(with: &generator)
        let open = table.documents.indices.map { document in
            needed.reduce(0) { $0 + (table.isOpen(prompt: $1, document: document) ? 1 : 0) }
        }
        let place = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1, $0) })
        let ordered = documents.filter { open[$0] > 0 }
            .sorted { (open[$0], place[$0] ?? 0) < (open[$1], place[$1] ?? 0) }
        let suspects = ordered.filter { table.documents[$0].arm == .suspect }
        let controls = ordered.filter { table.documents[$0].arm == .control }
        var order: [Int] = []
        var (nextSuspect, nextControl) = (0, 0)
        while order.count < ordered.count {
            let isControlsTurn = order.count % (suspectsPerControl + 1) == suspectsPerControl
            if nextSuspect < suspects.count, !isControlsTurn || nextControl == controls.count {
                order.append(suspects[nextSuspect])
                nextSuspect += 1
            } else {
                order.append(controls[nextControl])
                nextControl += 1
            }
        }
        return order
    }
}
