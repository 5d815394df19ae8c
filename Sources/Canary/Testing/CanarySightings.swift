/// What was seen of every canary so far.
public struct CanarySightings: Sendable {
    /// What was seen of one canary.
    public struct OfCanary: Sendable {
        /// ln p of every sibling, in nats; `nil` where no score came.
        public var scores: [Double?]
        /// Whether any score is the least that the server can represent.
        public var isCensored = false
        /// The model's own continuation and how many bytes of the opening stood before it.
        public var continuation: (text: String, openingBytes: Int)?
    }

    /// One entry per canary.
    public private(set) var canaries: [OfCanary]
    /// Questions that were asked without a usable answer, also when one came later.
    public private(set) var failures = 0
    /// Why the last failed question failed.
    public private(set) var lastFailure: String?
    private var answered: Set<CanaryProbe> = []

    /// Nothing seen yet.
    public init(_ design: CanaryDesign) {
        canaries = Array(
            repeating: OfCanary(scores: Array(repeating: nil, count: design.siblings)), count: design.count)
    }

    /// Number of questions with a usable answer.
    public var answeredCount: Int { answered.count }

    /// Whether a question has a usable answer.
    func hasAnswer(to probe: CanaryProbe) -> Bool { answered.contains(probe) }

    /// Takes an observation; the first usable answer to a question stays.
    ///
    /// A failed question may be asked again however often: the p-value with its answer is never larger than without,
    /// and valid by itself.
    ///
    /// - Returns: `false` for an answer to a question that is not one of this test.
    mutating func take(_ observation: CanaryObservation) -> Bool {
        switch observation.probe {
        case .sibling(let canary, let index):
            guard canaries.indices.contains(canary), canaries[canary].scores.indices.contains(index) else {
                return false
            }
        case .continuation(let canary):
            guard canaries.indices.contains(canary) else { return false }
        }
        switch (observation.probe, observation.answer) {
        case (_, .failed(let reason)):
            failures += 1
            lastFailure = reason
        case (.sibling(let canary, let index), .score(let ln, _, let censored)):
            guard ln.isFinite else { return false }
            guard answered.insert(observation.probe).inserted else { return true }
            canaries[canary].scores[index] = ln
            if censored { canaries[canary].isCensored = true }
        case (.continuation(let canary), .continuation(let text, let openingBytes)):
            guard answered.insert(observation.probe).inserted else { return true }
            canaries[canary].continuation = (text, openingBytes)
        case (.sibling, .continuation), (.continuation, .score): return false
        }
        return true
    }
}
