import RealModule
import Statistics

/// How likely it is to reproduce secrets by luck.
///
/// A secret of H bits is uniform, so one guess that does not depend on it is right with probability 2^−H, and Q guesses
/// with at most Q·2^−H. Secrets of different canaries are independent: at least k of J are guessed, with one guess each,
/// with probability at most C(J, k)·2^(−kH), by the union bound over the sets of k canaries. For k = 1 that is Q·2^−H
/// with Q = J.
public enum ExtractionBound {
    /// The natural logarithm of the bound, in nats, at most 0.
    ///
    /// - Parameters:
    ///   - reproduced: Number of secrets reproduced, k.
    ///   - count: Number of canaries, J, one guess each.
    ///   - bits: Random bits of one secret, H.
    public static func ln(reproduced: Int, of count: Int, bits: Int) -> Double {
        let k = min(max(0, reproduced), max(0, count))
        var ln = -Double(k) * Double(bits) * .log(2)
        for index in 0..<k { ln += .log(Double(count - index)) - .log(Double(index + 1)) }
        return min(0, ln)
    }

    /// The evidence in reproduced secrets, as a test result whose statistic is their number.
    static func test(reproduced: Int, of count: Int, bits: Int) throws(StatisticsError) -> TestResult {
        TestResult(
            method: "union bound on guesses", alternative: .greater, statistic: Double(reproduced),
            pValue: try LogProbability(ln: ln(reproduced: reproduced, of: count, bits: bits)), exactness: .exact,
            sampleSizes: [Int64(count)])
    }
}
