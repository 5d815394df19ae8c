import Randomness

/// The documents on which an aggregate is learned: what is chosen is chosen here.
public struct LearningFold: Sendable, Hashable {
    /// One row of features per suspect document.
    public let suspect: [[Double?]]
    /// One row of features per control document.
    public let control: [[Double?]]
}

/// The documents on which an aggregate is tested, once; none of them is in the learning fold.
public struct TestFold: Sendable, Hashable {
    /// One row of features per suspect document.
    public let suspect: [[Double?]]
    /// One row of features per control document.
    public let control: [[Double?]]
    /// The stratum of every document.
    public let strata: DocumentStrata
}

/// A random split of a table's documents into the two folds.
///
/// Within every stratum each arm is halved, the odd document going to the test fold. Strata in which the test fold would
/// get fewer than two documents of an arm cannot be tested in and go to the learning fold entirely. The split looks at
/// arms and strata and at no score, so that under the null hypothesis the arms of the test fold's documents remain
/// exchangeable whatever is learned from the other fold.
public struct FoldSplit: Sendable, Hashable {
    /// The learning fold, fold A.
    public let learning: LearningFold
    /// The test fold, fold B.
    public let test: TestFold

    /// Splits a table.
    ///
    /// - Parameters:
    ///   - table: The documents' features.
    ///   - seed: The seed of the split; the stream is `"dataset-inference-split"` and the split's number.
    ///   - number: The number of the split, for several splits from one seed.
    /// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` when no stratum has three documents of each arm,
    ///   or when the learning fold lacks an arm.
    /// - Complexity: O(documents log documents).
    public init(_ table: FeatureTable, seed: UInt64, number: Int = 0) throws(StatisticsError) {
        var generator = SeededGenerator(seed: seed, stream: "dataset-inference-split-\(number)")
        var learned: (suspect: [Int], control: [Int]) = ([], [])
        var tested: (suspect: [Int], control: [Int]) = ([], [])
        let strata = Set(table.strata.suspect).union(table.strata.control).sorted()
        var largest = 0
        for stratum in strata {
            var suspects = table.strata.suspect.indices.filter { table.strata.suspect[$0] == stratum }
            var controls = table.strata.control.indices.filter { table.strata.control[$0] == stratum }
            suspects.shuffle(with: &generator)
            controls.shuffle(with: &generator)
            largest = max(largest, min(suspects.count, controls.count))
            let isTestable = min(suspects.count, controls.count) >= Self.fewestDocuments
            let (first, second) = isTestable ? (suspects.count / 2, controls.count / 2) : (.max, .max)
            learned.suspect += suspects.prefix(first)
            learned.control += controls.prefix(second)
            tested.suspect += suspects.dropFirst(first)
            tested.control += controls.dropFirst(second)
        }
        guard !tested.suspect.isEmpty, !tested.control.isEmpty else {
            throw .sampleTooSmall(
                name: "the smaller arm of the largest stratum", count: largest, minimum: Self.fewestDocuments)
        }
        learning = LearningFold(
            suspect: learned.suspect.map { table.suspect[$0] }, control: learned.control.map { table.control[$0] })
        test = TestFold(
            suspect: tested.suspect.map { table.suspect[$0] }, control: tested.control.map { table.control[$0] },
            strata: DocumentStrata(
                suspect: tested.suspect.map { table.strata.suspect[$0] },
                control: tested.control.map { table.strata.control[$0] }))
    }

    /// One document of each arm to learn from and two to test on.
    private static let fewestDocuments = 3
}
