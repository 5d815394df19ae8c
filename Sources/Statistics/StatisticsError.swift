/// Why a statistical function refused its input.
///
/// Every case names the argument and what would be accepted; no function of this module returns NaN instead.
public enum StatisticsError: Error, Equatable, Sendable {
    /// A count is negative, larger than what it is counted out of, or larger than ``Proportion/largestTrials``.
    case impossibleCount(name: String, value: Int64, allowed: ClosedRange<Int64>)
    /// A sample, an arm or a stratum holds too few values for the method.
    case sampleTooSmall(name: String, count: Int, minimum: Int)
    /// A number is NaN, infinite or outside the range in which the method is defined.
    case outOfRange(name: String, value: Double, requirement: String)
    /// Two collections that describe the same things differ in length.
    case lengthMismatch(name: String, count: Int, other: String, otherCount: Int)
    /// The data leave the quantity undefined, for example an odds ratio when nobody in either arm was hit.
    case undefined(quantity: String, reason: String)
    /// An iteration did not settle; the arguments are beyond what the method can do.
    case noConvergence(function: String, arguments: [Double])
}

extension StatisticsError: CustomStringConvertible {
    /// One sentence that says what was wrong and what would be accepted.
    public var description: String {
        switch self {
        case .impossibleCount(let name, let value, let allowed):
            return "\(name) is \(value), but must be between \(allowed.lowerBound) and \(allowed.upperBound)"
        case .sampleTooSmall(let name, let count, let minimum):
            return "\(name) holds \(count) value(s), but the method needs at least \(minimum)"
        case .outOfRange(let name, let value, let requirement):
            return "\(name) is \(value), but must be \(requirement)"
        case .lengthMismatch(let name, let count, let other, let otherCount):
            return "\(name) holds \(count) value(s) and \(other) holds \(otherCount); they must be equally long"
        case .undefined(let quantity, let reason):
            return "\(quantity) is undefined: \(reason)"
        case .noConvergence(let function, let arguments):
            return "\(function) did not converge at \(arguments); check that the arguments are what you meant"
        }
    }
}

/// Checks of plain numbers that many functions share.
enum Require {
    /// Throws unless `value` lies strictly between 0 and 1.
    static func openUnit(_ value: Double, _ name: String) throws(StatisticsError) {
        guard value > 0, value < 1 else {
            throw .outOfRange(name: name, value: value, requirement: "strictly between 0 and 1")
        }
    }

    /// Throws unless `value` lies in 0 … 1.
    static func closedUnit(_ value: Double, _ name: String) throws(StatisticsError) {
        guard value >= 0, value <= 1 else {
            throw .outOfRange(name: name, value: value, requirement: "between 0 and 1")
        }
    }

    /// Throws unless `value` is finite.
    static func finite(_ value: Double, _ name: String) throws(StatisticsError) {
        guard value.isFinite else { throw .outOfRange(name: name, value: value, requirement: "finite") }
    }

    /// Throws unless `value` is finite and positive.
    static func positive(_ value: Double, _ name: String) throws(StatisticsError) {
        guard value > 0, value.isFinite else {
            throw .outOfRange(name: name, value: value, requirement: "finite and above 0")
        }
    }

    /// Throws unless `values` has at least `minimum` members, all finite.
    static func sample(_ values: [Double], atLeast minimum: Int = 1, _ name: String) throws(StatisticsError) {
        guard values.count >= minimum else {
            throw .sampleTooSmall(name: name, count: values.count, minimum: minimum)
        }
        for value in values { try finite(value, name) }
    }
}
