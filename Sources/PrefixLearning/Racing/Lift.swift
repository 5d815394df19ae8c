/// How much easier a window's suffix becomes when a prompt is put around its prefix.
///
/// lift = mean over suffix tokens of ln p(token | prompt, prefix) − ln p(token | prefix): the forced score with the
/// prompt minus the forced score of the same window with the empty prompt. Being paired, it is free of how easy the
/// window is.
public struct Lift: Hashable, Comparable, Codable, Sendable {
    /// The gain in nats per suffix token; negative when the prompt hurts, always finite.
    public let natsPerToken: Double

    /// The lift of the empty prompt.
    public static let none = Lift(checked: 0)

    /// Takes a number, or gives nil when it is not finite.
    public init?(natsPerToken: Double) {
        guard natsPerToken.isFinite else { return nil }
        self.natsPerToken = natsPerToken
    }

    /// Takes two forced scores of one window, in nats per token, or gives nil when the difference is not finite.
    public init?(with prompt: Double, without bare: Double) {
        self.init(natsPerToken: prompt - bare)
    }

    private init(checked: Double) { natsPerToken = checked }

    /// Orders by gain.
    public static func < (left: Lift, right: Lift) -> Bool { left.natsPerToken < right.natsPerToken }

    /// Reads a number and refuses one that is not finite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let lift = Lift(natsPerToken: try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a lift must be finite")
        }
        self = lift
    }

    /// Writes the plain number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(natsPerToken)
    }
}
