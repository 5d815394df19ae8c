import Randomness
import RealModule
import Statistics

/// How a blind baseline is run.
public struct BlindBaselineOptions: Codable, Sendable, Hashable {
    /// The number of folds wished for, at least 2.
    public var folds = 5
    /// The largest number of random arrangements, at least 1; a level α needs at least 1/α − 1.
    public var permutations = 499
    /// The number of arrangements at least as extreme as the data after which no more are drawn, at least 1.
    public var stopAfter = 20
    /// The binary logarithm of the number of places features are hashed to, 1 … 24.
    public var dimensionBits = 18

    /// Five folds, up to 499 arrangements, 2¹⁸ places.
    public init() {}
}

/// Tests whether the suspect and the control documents can be told apart by their texts alone.
///
/// A text-only classifier that never asks the model is trained to tell the arms apart and scores each document out of
/// fold. When it succeeds, the controls are not exchangeable with the suspects (they are from another time, another
/// source, another pipeline), and a difference in likelihood proves nothing about training (Das, Zhang and Tramèr, 2024;
/// Meeus and others, 2024).
///
/// **Classifier.** Hashed words and pairs of words, weighted by rarity; Fisher's linear discriminant with the main
/// directions of variation, the topics, taken into account: see `OutOfFoldScores`. Everything that is costly is found
/// once, without looking at the arms, and learning anew costs one pass over the sparse entries. It was chosen over a
/// logistic regression, which is about as powerful but takes a hundred times longer to learn anew, over the difference of
/// means alone, which loses small differences among topics, and over a ridge regression on a few hundred hashed
/// dimensions, which loses them in collisions.
///
/// **Test.** The statistic is the area under the ROC curve of all out-of-fold scores. The arms of whole groups are
/// permuted (in a group with documents of both arms: among its documents), all folds are learned anew for each
/// arrangement, and p = (1 + #{area ≥ observed})/(B + 1), one-sided (Phipson and Smyth, 2010). Folds and feature weights
/// are made without looking at the arms, so they are the same for every arrangement, and p is valid for every sample
/// size. Drawing stops early after `stopAfter` arrangements with at least the observed area: with h of them among l
/// drawn, h/l is a valid p-value (Besag and Clifford, 1991), and (1 + h)/(1 + l) is no smaller. Documents with the same
/// words in the same order always share a group. The result does not depend on the order of documents.
///
/// - Parameters:
///   - suspect: The texts of the suspect documents.
///   - control: The texts of the control documents.
///   - groups: The group of each document, for example of near-duplicates; without it each document is its own.
///   - options: Folds, number of arrangements, dimension.
///   - seed: The seed of the folds (stream `"grouped-folds"`), the start of the search for directions (stream
///     `"principal-coordinates"`) and the arrangements (stream `"blind-baseline"`).
/// - Returns: Scores, area and test. When every document has the same words, or there is one group, the area is one half
///   and p = 1, with ``TestWarning/noVariation``.
/// - Throws: ``TextLearningError`` for empty arms, groups of the wrong length and options out of range.
/// - Complexity: O(bytes + words log words + 64·(entries + 64 n)) once, and O(entries + folds × features + n log n) for
///   each arrangement.
public func blindBaseline(
    suspect: [String], control: [String], groups: DocumentGroups? = nil,
    options: BlindBaselineOptions = BlindBaselineOptions(), seed: UInt64
) throws(TextLearningError) -> BlindBaselineResult {
    if suspect.isEmpty { throw .empty(name: "suspect documents") }
    if control.isEmpty { throw .empty(name: "control documents") }
    for (name, value, minimum) in [
        ("folds", options.folds, 2), ("permutations", options.permutations, 1), ("stopAfter", options.stopAfter, 1),
    ] where value < minimum {
        throw .outOfRange(name: name, value: Double(value), requirement: "at least \(minimum)")
    }
    let documents = WeightedDocuments(
        texts: suspect + control,
        groups: try DocumentGroups.pooled(groups, suspects: suspect.count, controls: control.count),
        hasher: try FeatureHasher(dimensionBits: options.dimensionBits, seed: seed))
    let folds = try GroupedFolds(groups: documents.groups, count: options.folds, seed: seed)
    var trial = BlindTrial(documents: documents, folds: folds, suspects: suspect.count, seed: seed)
    let observed = trial.observed()
    let permuted = trial.permute(options, observed: observed.area, seed: seed)
    var scores = [Double](repeating: 0, count: documents.count)
    for (place, score) in zip(documents.original, observed.scores) { scores[place] = Double(score) }
    var warnings: [TestWarning] = []
    if trial.lnArrangements == 0 || documents.features == 0 {
        warnings.append(.noVariation)
    } else if trial.lnArrangements < .log(100), let smallest = try? LogProbability(ln: -trial.lnArrangements) {
        warnings.append(.smallestPossible(smallest))
    }
    let test = TestResult(
        method: "blind baseline permutation test", alternative: .greater, statistic: observed.area,
        // A count of at least one over a count no smaller is always a probability.
        pValue: (try? LogProbability(permuted.count.pValue)) ?? .certain,
        exactness: .monteCarlo(resamples: permuted.count.drawn, seed: seed),
        sampleSizes: [Int64(suspect.count), Int64(control.count)], warnings: warnings)
    return BlindBaselineResult(
        suspectScores: Array(scores[..<suspect.count]), controlScores: Array(scores[suspect.count...]),
        area: observed.area, meanPermutedArea: permuted.meanArea, permutations: permuted.count,
        folds: folds.count, groups: Set(documents.groups).count, test: test)
}

/// The classifier, the arms as they are, and their rearrangements.
private struct BlindTrial {
    private var scorer: OutOfFoldScores
    private var permutation: GroupPermutation

    init(documents: WeightedDocuments, folds: GroupedFolds, suspects: Int, seed: UInt64) {
        scorer = OutOfFoldScores(
            documents: documents, coordinates: PrincipalCoordinates(documents: documents, seed: seed), folds: folds)
        permutation = GroupPermutation(
            isSuspect: documents.original.map { $0 < suspects }, groups: documents.groups)
    }

    var lnArrangements: Double { permutation.lnArrangements }

    /// The scores and the area of the present arrangement.
    mutating func observed() -> (scores: [Float], area: Double) {
        let arms = permutation.isSuspect.map { OutOfFoldScores.Lanes(repeating: $0 ? -1 : 0) }
        let scores = scorer.scores(arms: arms).map { $0[0] }
        return (scores, rankArea(scores: scores, isSuspect: permutation.isSuspect))
    }

    /// Draws arrangements until there are enough.
    mutating func permute(
        _ options: BlindBaselineOptions, observed: Double, seed: UInt64
    ) -> (count: PermutationCount, meanArea: Double) {
        var generator = SeededGenerator(seed: seed, stream: "blind-baseline")
        var count = PermutationCount(drawn: 0, asExtreme: 0)
        var areas = 0.0
        while count.drawn < options.permutations, count.asExtreme < options.stopAfter {
            for area in nextAreas(&generator)
            where count.drawn < options.permutations && count.asExtreme < options.stopAfter {
                count.drawn += 1
                areas += area
                if area >= observed { count.asExtreme += 1 }
            }
        }
        return (count, areas / Double(count.drawn))
    }

    /// The areas of the next eight arrangements.
    private mutating func nextAreas(_ generator: inout SeededGenerator) -> [Double] {
        let lanes = OutOfFoldScores.Lanes.scalarCount
        var arrangements: [[Bool]] = []
        var arms = [OutOfFoldScores.Lanes](repeating: .zero, count: permutation.isSuspect.count)
        for lane in 0..<lanes {
            permutation.shuffle(with: &generator)
            arrangements.append(permutation.isSuspect)
            for (document, suspect) in permutation.isSuspect.enumerated() where suspect {
                arms[document][lane] = -1
            }
        }
        let scores = scorer.scores(arms: arms)
        return (0..<lanes).map { lane in
            rankArea(scores: scores.map { $0[lane] }, isSuspect: arrangements[lane])
        }
    }
}
