import Randomness
import RealModule

/// Tests whether paired differences are symmetric around zero, by flipping their signs.
///
/// The statistic is the sum of the differences. All 2ⁿ sign patterns are enumerated when there are at most
/// ``largestEnumeration``; otherwise `resamples` random ones give p = (1 + #{at least as extreme})/(resamples + 1), never
/// 0. Exact when every difference is symmetric around zero under the null hypothesis, as it is when target and reference
/// are exchangeable for every document; a difference in skewness alone may be rejected too. One difference per
/// document. Differences of exactly zero stay zero.
///
/// - Parameters:
///   - differences: One finite difference per document, target − reference.
///   - alternative: ``Alternative/greater`` looks for positive differences.
///   - resamples: The number of random sign patterns, at least 1, when there are too many to enumerate.
///   - seed: The seed of the random patterns; the stream is `"sign-flip"`.
/// - Returns: The result; its statistic is the mean difference. When all differences are zero p = 1.
/// - Throws: ``StatisticsError`` for an empty list or values that are not finite.
/// - Complexity: O(resamples × n), or O(2ⁿ) for up to 19 nonzero differences.
public func signFlipTest(
    _ differences: [Double], alternative: Alternative = .greater, resamples: Int = 9_999, seed: UInt64
) throws(StatisticsError) -> TestResult {
    try Require.sample(differences, "differences")
    guard resamples >= 1 else {
        throw .outOfRange(name: "resamples", value: Double(resamples), requirement: "at least 1")
    }
    let sizes = differences.filter { $0 != 0 }
    let scale = sizes.reduce(0) { $0 + abs($1) }
    guard scale.isFinite else {
        throw .outOfRange(name: "differences", value: scale, requirement: "small enough to be summed")
    }
    let sum = sizes.compensatedSum
    let judge = SignFlipJudge(observed: sum, scale: scale, alternative: alternative)
    var result = TestResult(
        method: "sign-flip test", alternative: alternative, statistic: sum / Double(differences.count),
        pValue: .certain, exactness: .exact, sampleSizes: [Int64(differences.count)])
    if sizes.isEmpty {
        result.warnings.append(.noVariation)
    } else if sizes.count < 20, 1 << sizes.count <= largestEnumeration {
        // Gray code: each pattern differs from the one before in one sign.
        var (current, extreme) = (-scale, 0)
        var signs = [Bool](repeating: false, count: sizes.count)
        for pattern in 0..<(1 << sizes.count) {
            if pattern > 0 {
                let flipped = pattern.trailingZeroBitCount
                signs[flipped].toggle()
                current += (signs[flipped] ? 2 : -2) * abs(sizes[flipped])
                // Start afresh before rounding can add up to what separates two sums.
                if pattern % 512 == 0 { current = zip(signs, sizes).reduce(0) { $0 + ($1.0 ? 1 : -1) * abs($1.1) } }
            }
            if judge.isAtLeastAsExtreme(current) { extreme += 1 }
        }
        result.pValue = LogProbability(clamped: .log(Double(extreme)) - Double(sizes.count) * .log(2))
        if sizes.count < 7 {
            result.warnings.append(.smallestPossible(LogProbability(clamped: -Double(sizes.count) * .log(2))))
        }
    } else {
        var generator = SeededGenerator(seed: seed, stream: "sign-flip")
        var extreme = 0
        for _ in 0..<resamples {
            if judge.isAtLeastAsExtreme(randomSum(sizes, &generator)) { extreme += 1 }
        }
        result.pValue = LogProbability(clamped: .log(Double(1 + extreme) / Double(resamples + 1)))
        result.exactness = .monteCarlo(resamples: resamples, seed: seed)
    }
    return result
}

/// The sum under uniformly random signs, 64 of them from each draw.
private func randomSum(_ sizes: [Double], _ generator: inout SeededGenerator) -> Double {
    var sum = 0.0
    var bits: UInt64 = 0
    for (index, size) in sizes.enumerated() {
        if index % 64 == 0 { bits = generator.next() }
        sum += bits & 1 == 1 ? size : -size
        bits >>= 1
    }
    return sum
}

/// Decides whether a sum of flipped differences is at least as extreme as the observed one; ties count.
private struct SignFlipJudge {
    let observed: Double
    let scale: Double
    let alternative: Alternative

    func isAtLeastAsExtreme(_ sum: Double) -> Bool {
        let slack = 1e-12 * scale
        switch alternative {
        case .greater: return sum >= observed - slack
        case .less: return sum <= observed + slack
        case .twoSided: return abs(sum) >= abs(observed) - slack
        }
    }
}
