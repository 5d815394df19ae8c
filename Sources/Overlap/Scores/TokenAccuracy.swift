/// How many of the expected elements came at their own place (the memorization score of Biderman et al., 2023).
public struct TokenAccuracy: Hashable, Codable, Sendable {
    /// The number of places at which the expected element came.
    public let correct: Int
    /// The number of expected elements.
    public let expected: Int

    /// The correct part, from 0 to 1; 0 when nothing was expected.
    public var fraction: Double { expected == 0 ? 0 : Double(correct) / Double(expected) }

    /// Compares place by place.
    ///
    /// - Parameters:
    ///   - expected: What was hoped for, for example a window's true suffix.
    ///   - actual: What came; places that it does not reach count as wrong, and what it has beyond does not count.
    /// - Complexity: O(*n*).
    public init<Element: Equatable>(expected: some Collection<Element>, actual: some Sequence<Element>) {
        self.expected = expected.count
        correct = zip(expected, actual).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    }
}
