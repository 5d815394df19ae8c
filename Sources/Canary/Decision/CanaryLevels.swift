/// How the error rate of a verdict is shared between its two tests.
///
/// A verdict `memorized` may rest on the rank test or on reproduced secrets, so their levels add up to α. Reproducing a
/// secret by luck is next to impossible, so that test needs next to nothing of α.
public struct CanaryLevels: Sendable, Hashable {
    /// Probability of calling an innocent model guilty, at most.
    public let alpha: Double

    /// Takes an error rate.
    ///
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)`` unless 10⁻¹² ≤ α < 1.
    public init(alpha: Double) throws(CanaryError) {
        guard alpha >= 1e-12, alpha < 1 else {
            throw .invalidOption(name: "alpha", value: "\(alpha)", requirement: "from 1e-12 to less than 1")
        }
        self.alpha = alpha
    }

    /// Level of the test that secrets are reproduced.
    public var extraction: Double { alpha / 1000 }
    /// Level of the rank test.
    public var rank: Double { alpha - extraction }
}
