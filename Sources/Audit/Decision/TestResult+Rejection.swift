import Foundation
import Statistics

extension TestResult {
    /// Whether the test rejects at a level.
    ///
    /// A resampled p-value is a fraction that may equal the level, 1/1000 for one; kept as a logarithm it would come back
    /// a hair above it, and the smallest p-value that resampling can give would never reach the level that it was
    /// chosen for.
    ///
    /// - Parameter level: The probability of rejecting when there is nothing to find, above 0.
    public func rejects(at level: Double) -> Bool { pValue.ln <= log(level) + 1e-12 }
}
