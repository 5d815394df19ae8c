/// How much learning may cost: requests to the model under test, or time.
public enum LearningBudget: Hashable, Codable, Sendable, CustomStringConvertible {
    /// A number of requests. The same seed, documents and server then learn the same prefixes.
    case calls(Int)
    /// A time. What is learned then depends on the speed of the machine.
    case time(seconds: Int)

    /// What most audits should spend.
    public static let standard = LearningBudget.calls(4000)

    private static let units: [(suffix: String, seconds: Int)] = [("s", 1), ("m", 60), ("h", 3600)]
    private static let largest = 1_000_000_000

    /// Reads `2000` (requests), `90s`, `10m` or `1h`; `nil` for anything else, zero included.
    public init?(argument: String) {
        let unit = Self.units.first { argument.hasSuffix($0.suffix) }
        let digits = unit == nil ? argument[...] : argument.dropLast()
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0,
            number <= Self.largest / (unit?.seconds ?? 1)
        else { return nil }
        self = if let unit { .time(seconds: number * unit.seconds) } else { .calls(number) }
    }

    /// The budget as it is given on the command line.
    public var description: String {
        switch self {
        case .calls(let number): "\(number)"
        case .time(let seconds): "\(seconds)s"
        }
    }
}
