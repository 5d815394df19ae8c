/// Whether several scores together tell suspect documents from controls, learned on one fold and tested on the other.
///
/// LLM dataset inference (Maini and others, 2024): one score is learned from fold A (``ScoreAggregate``) and compared
/// between the arms of fold B, once. The null hypothesis is that the documents of both arms are exchangeable before the
/// model saw any of them; a difference in topic or date that shows in the scores breaks it as well as memorization
/// does. So may a difference in spread alone, studentized or not: outliers of the more spread arm are cut, which moves
/// its mean. Fitting and testing on the same documents would reject always, which is why the two folds have different
/// types.
public struct DatasetInference: Sendable, Hashable, Codable {
    /// The number of documents of each arm in one fold.
    public struct FoldSize: Sendable, Hashable, Codable {
        /// The number of suspect documents.
        public let suspect: Int
        /// The number of control documents.
        public let control: Int
    }

    /// The names of the features.
    public let features: [String]
    /// What was learned on the learning fold.
    public let aggregate: ScoreAggregate
    /// The size of the learning fold.
    public let learning: FoldSize
    /// The size of the test fold.
    public let test: FoldSize
    /// The studentized permutation test of the test fold's documents: the result.
    public let permutation: TestResult
    /// Welch's test of the same scores, an approximation to compare with other publications.
    public let welch: TestResult
    /// The chance that a suspect document of the test fold has the higher aggregate of a pair (ties count half), pairs
    /// taken within strata.
    public let area: Double

    /// Splits, learns and tests.
    ///
    /// - Parameters:
    ///   - table: The features of all documents.
    ///   - penalty: The penalty on the squared weights, above 0.
    ///   - resamples: The number of random arrangements, at least 1.
    ///   - seed: The seed of the split and of the arrangements.
    ///   - split: The number of the split, for several splits from one seed.
    /// - Throws: ``StatisticsError`` with fewer than three documents of an arm in every stratum, or numbers out of range.
    /// - Complexity: That of the permutation test: O(resamples × documents).
    public init(
        _ table: FeatureTable, penalty: Double = 1, resamples: Int = 9_999, seed: UInt64, split number: Int = 0
    ) throws(StatisticsError) {
        let split = try FoldSplit(table, seed: seed, number: number)
        try self.init(
            names: table.names, aggregate: ScoreAggregate(split.learning, penalty: penalty), split: split,
            resamples: resamples, seed: seed)
    }

    private init(
        names: [String], aggregate: ScoreAggregate, split: FoldSplit, resamples: Int, seed: UInt64
    ) throws(StatisticsError) {
        let fold = split.test
        let suspect = fold.suspect.map(aggregate.score)
        let control = fold.control.map(aggregate.score)
        features = names
        self.aggregate = aggregate
        learning = FoldSize(suspect: split.learning.suspect.count, control: split.learning.control.count)
        test = FoldSize(suspect: suspect.count, control: control.count)
        permutation = try documentPermutationTest(
            suspect: suspect, control: control, strata: fold.strata,
            studentized: true, resamples: resamples, seed: seed)
        welch = try welchTest(suspect: suspect, control: control, strata: fold.strata)
        area = Self.area(suspect, control, fold.strata)
    }

    private static func area(_ suspect: [Double], _ control: [Double], _ strata: DocumentStrata) -> Double {
        var (wins, pairs) = (0.0, 0.0)
        let controls = Dictionary(grouping: zip(control, strata.control), by: \.1).mapValues { $0.map(\.0).sorted() }
        for (score, stratum) in zip(suspect, strata.suspect) {
            guard let others = controls[stratum] else { continue }
            let below = others.partitionPoint { $0 >= score }
            let notAbove = others.partitionPoint { $0 > score }
            wins += Double(below + notAbove) / 2
            pairs += Double(others.count)
        }
        return pairs > 0 ? wins / pairs : 0.5
    }
}

extension [Double] {
    /// The number of leading elements of a sorted array before the first one for which the condition holds.
    fileprivate func partitionPoint(_ condition: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Dataset inference over several random splits: twice the median of their p-values.
///
/// The p-values of several splits of the same documents depend on each other; twice their median is a valid p-value
/// under any dependence (Rüger, 1978; Meinshausen, Meier and Bühlmann, 2009). It depends less on the luck of one split,
/// and is about twice as large where the splits agree. It is another analysis than ``DatasetInference``: choose one of
/// the two beforehand.
///
/// - Parameters:
///   - table: The features of all documents.
///   - splits: The number of splits, at least 2; odd numbers waste nothing.
///   - penalty: The penalty on the squared weights, above 0.
///   - resamples: The number of random arrangements per split, at least 1.
///   - seed: The seed of all splits and arrangements; the first split is that of ``DatasetInference``.
/// - Returns: The result; its sample sizes are those of the whole table.
/// - Throws: ``StatisticsError`` as ``DatasetInference`` does, and for fewer than two splits.
/// - Complexity: O(splits × resamples × documents).
public func datasetInferenceOverSplits(
    _ table: FeatureTable, splits: Int = 11, penalty: Double = 1, resamples: Int = 9_999, seed: UInt64
) throws(StatisticsError) -> TestResult {
    guard splits >= 2 else { throw .sampleTooSmall(name: "splits", count: splits, minimum: 2) }
    var results: [TestResult] = []
    for number in 0..<splits {
        results.append(
            try DatasetInference(table, penalty: penalty, resamples: resamples, seed: seed, split: number).permutation)
    }
    let isVaried = results.contains { !$0.warnings.contains(.noVariation) }
    let isExact = results.allSatisfy { $0.exactness == .exact }
    return TestResult(
        method: "dataset inference, twice the median p of \(splits) splits", alternative: .greater,
        pValue: try combinedPValue(results.map(\.pValue), rule: .twiceMedian),
        exactness: isExact ? .exact : .monteCarlo(resamples: resamples, seed: seed),
        sampleSizes: [Int64(table.suspect.count), Int64(table.control.count)],
        warnings: isVaried ? [] : [.noVariation])
}
