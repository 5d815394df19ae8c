/// Why a race cannot be planned or run.
public enum RaceError: Error, Hashable, Sendable {
    /// There is no suspect document to learn on.
    case noSuspects
    /// A number is outside its range.
    case outOfRange(name: String, value: Int, requirement: String)
    /// Even the smallest race costs more than the budget.
    case budgetTooSmall(calls: Int, smallest: Int)
}

extension RaceError: CustomStringConvertible {
    /// One sentence that says what was wrong and what would be accepted.
    public var description: String {
        switch self {
        case .noSuspects:
            "the learning fold holds no suspect document; learn on a larger share of the documents"
        case .outOfRange(let name, let value, let requirement):
            "\(name) is \(value), but must be \(requirement)"
        case .budgetTooSmall(let calls, let smallest):
            """
            a budget of \(calls) calls is too small to learn a prefix; give it at least \(smallest) calls, or audit \
            with the empty prefix alone
            """
        }
    }
}
