import Audit
import Statistics

/// One test of a comparison, with its level and effect.
public struct ComparedEndpoint: Codable, Hashable, Sendable {
    /// The test, one-sided towards the target.
    public let test: TestResult
    /// The part of α that is spent on it.
    public let level: Double
    /// Rate of reproduced documents, or score: target minus reference, and with controls suspect minus control.
    public let difference: MeanDifference
    /// The target's own difference between suspect and control documents; `nil` without controls.
    public let targetContrast: Double?
    /// Number of documents that entered the test, suspect and control.
    public let documents: [Int]

    /// Whether the test rejects and the target itself, not only the reference, tells the arms apart in that direction.
    ///
    /// A difference in differences is also large when the reference finds the controls easier. That says nothing about
    /// the target, so its own contrast has to be positive as well.
    public var holds: Bool { rejects && (targetContrast ?? 1) > 0 }

    /// Whether the test alone rejects.
    var rejects: Bool { test.rejects(at: level) }
}
