import RealModule

/// A probability kept as its natural logarithm, so that 10⁻⁶¹¹ is a number and not zero.
///
/// The stored logarithm is finite and at most 0, or −∞ for the impossible event. In JSON it is the number `ln`, or the
/// string `"-inf"`, because JSON has no infinities.
public struct LogProbability: Sendable, Hashable {
    /// The natural logarithm of the probability, in nats: `0` is certain, `-.infinity` impossible.
    public let ln: Double

    /// How far above zero a logarithm may lie and still be taken for a rounding error, in nats.
    public static let roundingSlack = 1e-9

    /// Takes a logarithm, rounding tiny positive values down to zero.
    ///
    /// - Parameter ln: The natural logarithm of a probability, in nats; `-.infinity` is allowed.
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for NaN and for values above ``roundingSlack``.
    public init(ln: Double) throws(StatisticsError) {
        guard ln <= Self.roundingSlack else {
            throw .outOfRange(name: "ln p", value: ln, requirement: "at most 0 (the logarithm of a probability)")
        }
        self.ln = ln < 0 ? ln : 0
    }

    /// Takes a probability between 0 and 1.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for NaN and values outside 0 … 1.
    public init(_ value: Double) throws(StatisticsError) {
        try Require.closedUnit(value, "p")
        self.ln = value == 1 ? 0 : .log(value)
    }

    /// The event that always happens.
    public static let certain = LogProbability(clamped: 0)
    /// The event that never happens.
    public static let impossible = LogProbability(clamped: -.infinity)

    /// The probability itself; 0 when it is below the smallest `Double`.
    public var value: Double { .exp(ln) }

    /// The probability of the opposite event, ln(1 − p), without cancellation.
    public var complement: LogProbability { LogProbability(clamped: logOneMinusExp(ln)) }

    /// Wraps a logarithm the module has computed itself; sums of rounded terms may end a hair above zero.
    init(clamped ln: Double) {
        self.ln = ln < 0 ? ln : 0
    }
}

extension LogProbability: Comparable {
    /// Orders by probability.
    public static func < (left: LogProbability, right: LogProbability) -> Bool { left.ln < right.ln }
}

extension LogProbability: CustomStringConvertible {
    /// The probability with three significant digits, right even where ``value`` underflows: `"8.08e-611"`.
    public var description: String {
        if ln == -.infinity { return "0" }
        if ln > -7 { return Self.rounded(value) }
        let tens = ln / .log(10)
        var exponent = tens.rounded(.down)
        var hundredths = (.exp10(tens - exponent) * 100).rounded()
        if hundredths >= 1000 {
            hundredths /= 10
            exponent += 1
        }
        guard let digits = Int(exactly: hundredths.rounded()), let power = Int(exactly: exponent) else {
            return "exp(\(ln))"
        }
        return "\(digits / 100).\(digits / 10 % 10)\(digits % 10)e\(power)"
    }

    /// A value from about 0.0009 to 1 with three significant digits.
    private static func rounded(_ value: Double) -> String {
        var decimals = 3
        var scale = 1000.0
        while value * scale < 99.95, decimals < 6 {
            decimals += 1
            scale *= 10
        }
        guard let digits = Int(exactly: (value * scale).rounded()), digits < Int(scale) else { return "1" }
        let text = String(digits)
        return "0." + String(repeating: "0", count: decimals - text.count) + text
    }
}

extension LogProbability: Codable {
    /// Reads the number or the string `"-inf"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard text == "-inf" else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a log probability is a number or \"-inf\", not \"\(text)\"")
            }
            self = .impossible
            return
        }
        do {
            try self.init(ln: container.decode(Double.self))
        } catch let error as StatisticsError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the number or the string `"-inf"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if ln == -.infinity {
            try container.encode("-inf")
        } else {
            try container.encode(ln)
        }
    }
}
