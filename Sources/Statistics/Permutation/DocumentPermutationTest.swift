import Randomness
import RealModule

/// The stratum of every document, in the order of the two score arrays.
public struct DocumentStrata: Codable, Sendable, Hashable {
    /// The stratum of each suspect document.
    public var suspect: [Int]
    /// The stratum of each control document.
    public var control: [Int]

    /// Takes the strata of both arms.
    public init(suspect: [Int], control: [Int]) {
        self.suspect = suspect
        self.control = control
    }
}

/// The largest number of arrangements that a permutation test enumerates completely.
public let largestEnumeration = 1_000_000

/// Tests whether documents of the suspect and the control arm are exchangeable, by permuting the arm labels of documents.
///
/// The statistic is Σₖ wₖ(mean of suspects − mean of controls in stratum k), with wₖ ∝ n₁ₖn₀ₖ/nₖ (the plain difference of
/// means without strata); labels are permuted within strata. All arrangements are enumerated when there are at most
/// ``largestEnumeration``; otherwise `resamples` random ones give p = (1 + #{at least as extreme})/(resamples + 1), which
/// is valid at any number of resamples and never 0 (Phipson and Smyth, 2010). Arrangements within rounding of the
/// observed one count as ties, towards the null hypothesis.
///
/// The null hypothesis is that the two arms are exchangeable, so a difference in spread counts too. With
/// `studentized`, the statistic is divided by its Welch standard error, and the test is about means in large samples
/// even when the variances differ (Janssen, 1997; Chung and Romano, 2013). One value per document: windows of one
/// document must be averaged first.
///
/// - Parameters:
///   - suspect: One finite score per suspect document.
///   - control: One finite score per control document.
///   - strata: The stratum of each document; strata with only one arm carry no information and are ignored.
///   - studentized: Divide by the standard error; every stratum then needs two documents of each arm.
///   - alternative: The departure to look for.
///   - resamples: The number of random arrangements, at least 1, when there are too many to enumerate.
///   - seed: The seed of the random arrangements; the stream is `"document-permutation"`.
/// - Returns: The result; its statistic is the difference or the studentized difference. When all scores are equal
///   p = 1, with ``TestWarning/noVariation``.
/// - Throws: ``StatisticsError`` for empty arms, scores that are not finite, strata of the wrong length, no stratum with
///   both arms, or too few documents to studentize.
/// - Complexity: O(resamples × documents) time, O(documents) memory; enumeration at most 10⁶ arrangements.
public func documentPermutationTest(
    suspect: [Double], control: [Double], strata: DocumentStrata? = nil, studentized: Bool = false,
    alternative: Alternative = .greater, resamples: Int = 9_999, seed: UInt64
) throws(StatisticsError) -> TestResult {
    guard resamples >= 1 else {
        throw .outOfRange(name: "resamples", value: Double(resamples), requirement: "at least 1")
    }
    let blocks = try PermutationBlock.blocks(
        suspect: suspect, control: control, strata: strata, studentized: studentized)
    let judge = ArrangementJudge(
        observed: blocks.reduce(into: ArrangementScore()) { $0.add($1.observed) },
        scale: blocks.reduce(0) { $0 + $1.spread }, studentized: studentized, alternative: alternative)
    let noVariation: [TestWarning] = judge.scale == 0 ? [.noVariation] : []
    let pValue: Double
    let exactness: Exactness
    var warnings = noVariation
    if let arrangements = PermutationBlock.arrangements(of: blocks, upTo: largestEnumeration) {
        let extreme = enumerateArrangements(blocks, judge)
        pValue = Double(extreme) / Double(arrangements)
        exactness = .exact
        if arrangements < 100 {
            warnings.append(.smallestPossible(LogProbability(clamped: -.log(Double(arrangements)))))
        }
    } else {
        var generator = SeededGenerator(seed: seed, stream: "document-permutation")
        var shuffled = blocks
        var extreme = 0
        for _ in 0..<resamples {
            var score = ArrangementScore()
            for index in shuffled.indices { score.add(shuffled[index].randomArrangement(&generator)) }
            if judge.isAtLeastAsExtreme(score) { extreme += 1 }
        }
        pValue = Double(1 + extreme) / Double(resamples + 1)
        exactness = .monteCarlo(resamples: resamples, seed: seed)
    }
    return TestResult(
        method: studentized ? "studentized document permutation test" : "document permutation test",
        alternative: alternative, statistic: judge.statistic(weight: blocks.reduce(0) { $0 + $1.weight }),
        pValue: LogProbability(clamped: .log(pValue)), exactness: exactness,
        sampleSizes: [Int64(suspect.count), Int64(control.count)], warnings: warnings)
}

/// Counts the arrangements at least as extreme as the observed one among all of them.
private func enumerateArrangements(_ blocks: [PermutationBlock], _ judge: ArrangementJudge) -> Int {
    var partial = [ArrangementScore()]
    for block in blocks.dropLast() {
        let scores = block.allArrangements()
        partial = partial.flatMap { start in
            scores.map { score in
                var sum = start
                sum.add(score)
                return sum
            }
        }
    }
    guard let last = blocks.last?.allArrangements() else { return 0 }
    var extreme = 0
    for start in partial {
        for score in last {
            var sum = start
            sum.add(score)
            if judge.isAtLeastAsExtreme(sum) { extreme += 1 }
        }
    }
    return extreme
}

/// The weighted difference of one arrangement and its estimated variance, summed over strata.
struct ArrangementScore {
    var difference = 0.0
    var variance = 0.0

    mutating func add(_ other: ArrangementScore) {
        difference += other.difference
        variance += other.variance
    }
}

/// Decides whether an arrangement is at least as extreme as the observed one.
struct ArrangementJudge {
    /// The observed score.
    private let observed: ArrangementScore
    /// The size of the numbers that are added up, for judging what is rounding.
    let scale: Double
    private let studentized: Bool
    private let alternative: Alternative
    private let threshold: Double

    init(observed: ArrangementScore, scale: Double, studentized: Bool, alternative: Alternative) {
        self.observed = observed
        self.scale = scale
        self.studentized = studentized
        self.alternative = alternative
        let value = Self.oriented(Self.value(observed, studentized, scale), alternative)
        // Equal arrangements summed in another order differ by rounding only; ties count as extreme.
        // Without any spread a studentised difference is infinite, and needs no room.
        let room = studentized ? 1e-9 * (abs(value) + 1e-3) : 1e-12 * scale
        threshold = value.isFinite ? value - room : value
    }

    func isAtLeastAsExtreme(_ score: ArrangementScore) -> Bool {
        Self.oriented(Self.value(score, studentized, scale), alternative) >= threshold
    }

    /// The observed statistic in the data's units, or in standard errors.
    func statistic(weight: Double) -> Double {
        studentized ? Self.value(observed, true, scale) : observed.difference / weight
    }

    private static func value(_ score: ArrangementScore, _ studentized: Bool, _ scale: Double) -> Double {
        guard studentized else { return score.difference }
        if abs(score.difference) <= 1e-13 * scale { return 0 }
        return score.difference / score.variance.squareRoot()
    }

    private static func oriented(_ value: Double, _ alternative: Alternative) -> Double {
        switch alternative {
        case .greater: value
        case .less: -value
        case .twoSided: abs(value)
        }
    }
}
