import Corpus

/// A server that has been found able to do the work: what it runs, how it forces, and at which speed.
public struct ServerSession: Sendable {
    /// The server.
    public let server: LlamaServer
    /// What it says about itself.
    public let properties: ServerProperties
    /// What the start-up test found.
    public let selfTest: SelfTestReport
    /// The cheapest ways of forcing, as measured.
    public let calibration: Calibration
    /// Computes forced scores on this server.
    public let scorer: ForcedScorer

    /// Whether forced scores of this server may be used.
    public var canScore: Bool { selfTest.passed }
}
