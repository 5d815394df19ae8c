/// An e-process against "a difference is positive with probability at most one half", fed with paired differences.
///
/// A ``BinomialEProcess`` against the rate ½ on the signs, with Beta(a, b) cut off below ½; differences of exactly 0 are
/// counted but carry no evidence. Valid for independent pairs without any symmetry of the differences' distribution.
public struct SignEProcess: EProcess {
    private var process: BinomialEProcess
    /// The differences that were exactly zero.
    public private(set) var ties: Int64 = 0

    /// Starts at E = 1.
    ///
    /// - Parameters:
    ///   - positivePrior: The prior's pseudo-count of positive differences, above 0.
    ///   - negativePrior: The prior's pseudo-count of negative differences, above 0.
    public init(positivePrior: Double = 1, negativePrior: Double = 1) throws(StatisticsError) {
        process = try BinomialEProcess(
            against: .atMost(0.5), hitPrior: positivePrior, missPrior: negativePrior)
    }

    /// The positive differences so far.
    public var positive: Int64 { process.hits }
    /// The negative differences so far.
    public var negative: Int64 { process.trials - process.hits }
    /// ln E after the differences so far.
    public var logEvidence: Double { process.logEvidence }
    /// The largest ``logEvidence`` so far.
    public var highestLogEvidence: Double { process.highestLogEvidence }

    /// Takes one paired difference, target − reference.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for NaN; infinities have a sign and are taken.
    public mutating func observe(difference: Double) throws(StatisticsError) {
        if difference.isNaN {
            throw .outOfRange(name: "difference", value: difference, requirement: "a number")
        }
        if difference == 0 {
            ties += 1
        } else {
            try process.observe(hit: difference > 0)
        }
    }
}
