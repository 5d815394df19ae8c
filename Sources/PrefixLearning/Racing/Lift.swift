/// How much easier a window's suffix becomes when a prompt is put around its prefix.
///
/// lift = score(suffix | prompt, prefix) − score(suffix | prefix): the score with the prompt minus the score of the same
/// window with the empty prompt. Being paired, it is free of how easy the window is. Scores are geometric means of the
/// suffix tokens' probabilities; see ``LiftScorer`` for why they are not log-probabilities.
public struct Lift: Hashable, Comparable, Codable, Sendable {
    /// The gain in probability per suffix token; negative when the prompt hurts, always finite.
    public let value: Double

    /// The lift of the empty prompt.
    public static let none = Lift(checked: 0)

    /// Takes a number, or gives nil when it is not finite.
    public init?(value: Double) {
        guard value.isFinite else { return nil }
        self.value = value
    }

    /// Takes two forced scores of one window, in probability per token, or gives nil when the difference is not finite.
    public init?(with prompt: Double, without bare: Double) {
        self.init(value: prompt - bare)
    }

    private init(checked: Double) { value = checked }

    /// Orders by gain.
    public static func < (left: Lift, right: Lift) -> Bool { left.value < right.value }

    /// Reads a number and refuses one that is not finite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let lift = Lift(value: try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a lift must be finite")
        }
        self = lift
    }

    /// Writes the plain number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
