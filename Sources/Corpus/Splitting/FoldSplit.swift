import Randomness

/// The share of documents that choices may be made on, from 0 to 1.
public struct LearningFraction: Hashable, Sendable {
    /// The share as a number in `0...1`.
    public let value: Double

    /// Creates a share, or nil when the number is not in `0...1`.
    public init?(_ value: Double) {
        guard (0...1).contains(value) else { return nil }
        self.value = value
    }

    private init(checked value: Double) { self.value = value }

    /// One document in four: what is learned from few documents chooses badly, and what is learned from is not tested.
    public static let standard = LearningFraction(checked: 0.25)
}

/// The documents of one arm, split into those that choices are made on and those that decide.
public struct FoldSplit: Hashable, Codable, Sendable {
    /// The documents on which prefixes, lengths and the endpoint are chosen, sorted by name.
    public let learning: [DocumentID]
    /// The documents that are used once, for the decision, sorted by name.
    public let test: [DocumentID]

    /// Splits an arm's documents at random.
    ///
    /// The split depends on the set of names, the arm and the seed, and on nothing else: not on the order of the
    /// names, the platform or the release. The learning fold has the fraction's share of documents rounded to the
    /// nearest whole number; with two documents or more and a fraction strictly between 0 and 1 neither fold is empty.
    ///
    /// - Parameters:
    ///   - documents: Names in any order; a repeated name counts once.
    ///   - arm: The arm, so that the two arms are split independently.
    ///   - learningFraction: The share of the learning fold.
    ///   - seed: The run's seed.
    /// - Complexity: O(*n* log *n*).
    public static func split(
        documents: [DocumentID], arm: Arm, learningFraction: LearningFraction, seed: UInt64
    ) -> FoldSplit {
        var names = Set(documents).sorted()
        var generator = SeededGenerator(seed: seed, stream: "fold-split/\(arm.rawValue)")
        names.shuffle(with: &generator)
        let fraction = learningFraction.value
        var learningCount = Int((Double(names.count) * fraction).rounded())
        if names.count >= 2, fraction > 0, fraction < 1 {
            learningCount = min(max(learningCount, 1), names.count - 1)
        }
        return FoldSplit(
            learning: names.prefix(learningCount).sorted(), test: names.dropFirst(learningCount).sorted())
    }
}
