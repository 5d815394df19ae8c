/// Tests whether the means of two arms differ, allowing for different variances (Welch, 1947).
///
/// t = d/√v with d = Σₖ wₖ(m₁ₖ − m₀ₖ), v = Σₖ wₖ²(s²₁ₖ/n₁ₖ + s²₀ₖ/n₀ₖ) and wₖ ∝ n₁ₖn₀ₖ/nₖ over strata; the degrees of
/// freedom are v²/Σ(parts²/(n − 1)) (Satterthwaite, 1946). With one stratum this is Welch's test as every textbook has
/// it. A large-sample approximation for means of independent documents; prefer
/// ``documentPermutationTest(suspect:control:strata:studentized:alternative:resamples:seed:)`` with `studentized`, whose
/// statistic is the same.
///
/// - Parameters:
///   - suspect: One finite score per suspect document.
///   - control: One finite score per control document.
///   - strata: The stratum of each document; strata with only one arm carry no information and are ignored.
///   - alternative: The departure to look for.
/// - Returns: The asymptotic result; its statistic is t. When no score differs from its arm's mean in its stratum there
///   is no spread to measure a difference by: p = 1 with ``TestWarning/noVariation``.
/// - Throws: ``StatisticsError`` for scores that are not finite, strata of the wrong length, no stratum with both arms,
///   or a stratum with fewer than two documents of an arm.
/// - Complexity: O(documents log documents).
public func welchTest(
    suspect: [Double], control: [Double], strata: DocumentStrata? = nil, alternative: Alternative = .greater
) throws(StatisticsError) -> TestResult {
    try Require.sample(suspect, "suspect scores")
    try Require.sample(control, "control scores")
    let strata =
        strata
        ?? DocumentStrata(
            suspect: Array(repeating: 0, count: suspect.count), control: Array(repeating: 0, count: control.count))
    for (name, scores, numbers) in [
        ("suspect scores", suspect, strata.suspect), ("control scores", control, strata.control),
    ] where scores.count != numbers.count {
        throw .lengthMismatch(name: name, count: scores.count, other: "their strata", otherCount: numbers.count)
    }
    var difference = 0.0
    var variance = 0.0
    var parts: [(variance: Double, freedom: Double)] = []
    var weights = 0.0
    for stratum in Set(strata.suspect).intersection(strata.control).sorted() {
        let arms = [(suspect, strata.suspect), (control, strata.control)].map { scores, numbers in
            zip(scores, numbers).filter { $0.1 == stratum }.map(\.0)
        }
        let smaller = min(arms[0].count, arms[1].count)
        guard smaller >= 2 else {
            throw .sampleTooSmall(name: "the smaller arm of stratum \(stratum)", count: smaller, minimum: 2)
        }
        let (n1, n0) = (Double(arms[0].count), Double(arms[1].count))
        let weight = n1 * n0 / (n1 + n0)
        weights += weight
        let means = arms.map { $0.compensatedSum / Double($0.count) }
        difference += weight * (means[0] - means[1])
        for (arm, mean) in zip(arms, means) {
            let count = Double(arm.count)
            // Equal scores have no spread, whatever rounding made of their mean.
            let isFlat = arm.allSatisfy { $0 == arm[0] }
            let squares = isFlat ? 0 : arm.map { ($0 - mean) * ($0 - mean) }.compensatedSum
            let part = weight * weight * squares / (count - 1) / count
            variance += part
            parts.append((part, count - 1))
        }
    }
    guard !parts.isEmpty else {
        throw .undefined(quantity: "Welch's test", reason: "no stratum holds documents of both arms")
    }
    guard difference.isFinite, variance.isFinite else {
        throw .outOfRange(name: "scores", value: variance, requirement: "small enough to be squared and summed")
    }
    let smaller = min(suspect.count, control.count)
    var result = TestResult(
        method: "Welch's t test", alternative: alternative, pValue: .certain, exactness: .asymptotic,
        sampleSizes: [Int64(suspect.count), Int64(control.count)],
        warnings: smaller < 15 ? [.fewUnits(count: smaller, recommended: 15)] : [])
    guard variance > 0 else {
        result.warnings.append(.noVariation)
        return result
    }
    let t = difference / variance.squareRoot()
    let freedom = 1 / parts.reduce(0) { $0 + ($1.variance / variance) * ($1.variance / variance) / $1.freedom }
    result.statistic = t
    let ln =
        switch alternative {
        case .greater: try StudentTDistribution.logUpperTail(t, degreesOfFreedom: freedom)
        case .less: try StudentTDistribution.logUpperTail(-t, degreesOfFreedom: freedom)
        case .twoSided:
            try StudentTDistribution.logUpperTail(abs(t), degreesOfFreedom: freedom) + 0.693_147_180_559_945_3
        }
    result.pValue = LogProbability(clamped: ln)
    return result
}
