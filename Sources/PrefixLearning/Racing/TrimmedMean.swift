/// The mean of what is left when the smallest and the largest tenth of the values are cut off.
///
/// The squared standard error is s_w²·(n − 1)/(h(h − 1)), with s_w² the variance of the winsorised values and h values
/// left of n (Yuen, 1974).
struct TrimmedMean: Hashable, Sendable {
    let count: Int
    let mean: Double
    /// The squared standard error; nil when fewer than two values are left.
    let variance: Double?

    /// The share that is cut off at each end.
    static let cut = 0.1

    /// Takes finite values, or gives nil when there are none.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let trimmed = Int(Self.cut * Double(sorted.count))
        let left = sorted[trimmed..<(sorted.count - trimmed)]
        count = sorted.count
        mean = left.reduce(0) { $0 + $1 / Double(left.count) }
        guard left.count >= 2, let lowest = left.first, let highest = left.last else {
            variance = nil
            return
        }
        let winsorised = sorted.map { min(max($0, lowest), highest) }
        let centre = winsorised.reduce(0) { $0 + $1 / Double(winsorised.count) }
        let squares = winsorised.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        variance = squares / Double(left.count) / Double(left.count - 1)
    }
}
