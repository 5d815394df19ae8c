/// How fast each way of forcing is on one server, and which to use.
public struct Calibration: Sendable, Hashable, Codable {
    /// The kinds of text that make the difference.
    public enum Regime: String, Sendable, Hashable, Codable, CaseIterable {
        /// Text that greedy decoding would not produce.
        case unlikely
        /// Text that greedy decoding produces token by token.
        case recited
    }

    /// One measured speed.
    public struct Measurement: Sendable, Hashable, Codable {
        /// The way that was timed.
        public let way: ForcingWay
        /// The kind of text it was timed on.
        public let regime: Regime
        /// Forced tokens per second with every slot at work: for unlikely text the reading of a context that the slot does
        /// not hold included, for recited text not.
        public let tokensPerSecond: Double
    }

    /// What was measured; empty when the ways were fixed without measuring.
    public let measurements: [Measurement]
    /// The way for text that the model is not expected to know.
    public let unlikely: ForcingWay
    /// The way for text that a greedy run has just reproduced.
    public let recited: ForcingWay

    /// Creates a calibration from its parts.
    public init(measurements: [Measurement], unlikely: ForcingWay, recited: ForcingWay) {
        self.measurements = measurements
        self.unlikely = unlikely
        self.recited = recited
    }

    /// The way for a regime.
    public func way(for regime: Regime) -> ForcingWay {
        switch regime {
        case .unlikely: unlikely
        case .recited: recited
        }
    }

    /// A choice that depends on what the server can do but not on the clock, so that a strict run replays.
    static func fixed(usable: [ForcingWay]) -> Calibration {
        let way = [ForcingWay.grammar, .single, .freeRun, .echo].first(where: usable.contains) ?? .single
        return Calibration(measurements: [], unlikely: way, recited: way)
    }
}
