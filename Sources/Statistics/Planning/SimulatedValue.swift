/// A number and how far simulation may have left it from the truth.
public struct SimulatedValue: Codable, Sendable, Hashable {
    /// The number.
    public let value: Double
    /// Its Monte Carlo standard error; 0 where the number is exact.
    public let standardError: Double

    init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }

    /// Takes the share of replicates in which something happened.
    ///
    /// The standard error is taken at (k+1)/(R+2), so that it is not 0 when all replicates agree.
    init(share count: Int, of replicates: Int) {
        let total = Double(replicates)
        let smoothed = (Double(count) + 1) / (total + 2)
        self.init(value: Double(count) / total, standardError: (smoothed * (1 - smoothed) / total).squareRoot())
    }
}
