import Randomness

/// One question to the model.
public enum CanaryProbe: Sendable, Hashable, Codable {
    /// How probable is this sibling's sentence after the opening that it shares with the others?
    case sibling(canary: Int, index: Int)
    /// How does the model itself continue the opening?
    case continuation(canary: Int)

    /// All questions of a test, in a random order that does not depend on which siblings are published.
    ///
    /// Siblings and canaries are mixed, so that nothing that changes while the test runs can favour the published ones.
    static func all(of design: CanaryDesign, seed: UInt64) -> [CanaryProbe] {
        var probes: [CanaryProbe] = []
        for canary in 0..<design.count {
            probes.append(.continuation(canary: canary))
            for index in 0..<design.siblings { probes.append(.sibling(canary: canary, index: index)) }
        }
        var generator = SeededGenerator(seed: seed, stream: "canary-order")
        probes.shuffle(with: &generator)
        return probes
    }
}

/// What came back.
public enum CanaryAnswer: Sendable, Hashable, Codable {
    /// The log-probability of a sibling, in nats, and the number of tokens that were forced for it.
    ///
    /// `censored` tells that a token was less probable than the server can represent and counts as the least that it
    /// can. That is the same for all siblings, so ranks stay valid.
    case score(ln: Double, tokens: Int, censored: Bool)
    /// The model's own greedy continuation after so many bytes of the carrier's opening.
    case continuation(text: String, openingBytes: Int)
    /// No usable answer.
    case failed(String)
}

/// A question with its answer: the journal's record.
public struct CanaryObservation: Sendable, Hashable, Codable {
    /// The journal's kind for this record.
    static let kind = "canary-observation"

    /// What was asked.
    public let probe: CanaryProbe
    /// What came back.
    public let answer: CanaryAnswer
    /// The server that answered, or nothing where that does not matter.
    public let server: String

    /// Puts a record together.
    public init(probe: CanaryProbe, answer: CanaryAnswer, server: String = "") {
        self.probe = probe
        self.answer = answer
        self.server = server
    }
}
