/// The probes of a run that got no usable answer, and why.
public struct UnansweredProbes: Sendable, Equatable {
    /// How many there are.
    public let count: Int
    /// How many probes were asked.
    public let asked: Int
    /// The reason given most often, and of equally frequent ones the first by its text.
    public let cause: String

    /// Counts the failures of a run, or returns nil if every probe was answered.
    public init?(_ record: MeasurementRecord) {
        var reasons: [String: Int] = [:]
        for observation in record.observations {
            if case .failed(let reason) = observation.result { reasons[reason, default: 0] += 1 }
        }
        guard let cause = reasons.min(by: { ($1.value, $0.key) < ($0.value, $1.key) })?.key else { return nil }
        count = reasons.values.reduce(0, +)
        asked = record.observations.count
        self.cause = cause
    }

    /// Whether nothing at all was answered.
    public var areAll: Bool { count == asked }
}
