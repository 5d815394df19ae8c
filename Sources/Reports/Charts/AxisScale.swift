import Foundation

/// How the numbers of an axis are laid out, and which of them are written beside it.
package struct AxisScale: Sendable {
    /// The spacing of numbers.
    package enum Spacing: Sendable {
        /// Equal differences are equally far apart.
        case linear
        /// Equal ratios are equally far apart; only for numbers above 0.
        case logarithmic
    }

    let spacing: Spacing
    let lower: Double
    let upper: Double

    /// Numbers beyond are drawn as this one, so that no difference or ratio leaves the range of `Double`.
    private static let largest = 1e100

    /// Creates a scale that holds a range; an empty or impossible range is widened.
    init(_ lower: Double, _ upper: Double, _ spacing: Spacing = .linear) {
        self.spacing = spacing
        var lower = lower.isFinite ? min(max(lower, -Self.largest), Self.largest) : 0
        var upper = upper.isFinite ? min(max(upper, -Self.largest), Self.largest) : 1
        if spacing == .logarithmic { lower = max(lower, 1 / Self.largest) }
        if upper <= lower { upper = spacing == .logarithmic ? lower * 10 : lower + max(1, abs(lower)) }
        self.lower = lower
        self.upper = upper
    }

    /// Where a number lies between the ends, from 0 to 1; numbers beyond an end lie at it.
    func place(_ value: Double) -> Double {
        guard value.isFinite else { return value == .infinity ? 1 : 0 }
        let fraction =
            switch spacing {
            case .linear: (value - lower) / (upper - lower)
            case .logarithmic:
                log(max(value, lower) / lower) / log(upper / lower)
            }
        return min(1, max(0, fraction))
    }

    /// Round numbers within the range: powers of ten, or at most `count` multiples of 1, 2 or 5 times a power of ten.
    func ticks(about count: Int = 6) -> [Double] {
        switch spacing {
        case .logarithmic:
            let exponents =
                Int(
                    log10(lower).rounded(.up))...max(
                    Int(log10(lower).rounded(.up)), Int((log10(upper) + 1e-9).rounded(.down)))
            return exponents.map { pow(10, Double($0)) }
        case .linear:
            let rough = (upper - lower) / Double(max(1, count))
            let power = pow(10, log10(rough).rounded(.down))
            let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
            guard step > 0, step.isFinite, (upper - lower) / step < 100 else { return [lower, upper] }
            let first = (lower / step - 1e-9).rounded(.up)
            let last = (upper / step + 1e-9).rounded(.down)
            guard last >= first else { return [lower, upper] }
            return stride(from: first, through: last, by: 1).map { $0 * step }
        }
    }
}
