import Corpus

/// What all windows of one document say together: the unit that tests count.
public struct DocumentOutcome: Codable, Hashable, Sendable {
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Its further fields, as text.
    public let fields: [String: String]
    /// Number of windows observed, failures included.
    public let windows: Int
    /// Number of windows without a usable answer.
    public let failures: Int
    /// Number of windows whose whole suffix the greedy run reproduced.
    public let reproduced: Int
    /// Number of windows whose suffix sampling would extract; `nil` without scores.
    public let extractable: Int?
    /// Leading suffix tokens of the best window that the greedy run reproduced.
    public let longestRun: Int
    /// Mean over windows of the log-probability of the first suffix tokens, in nats; `nil` without scores.
    public let meanLn: Double?

    /// Whether any window was reproduced verbatim, which is what the extraction test counts.
    public var isHit: Bool { reproduced > 0 }

    /// Whether a window was reproduced, or may have been because it got no usable answer.
    public var mayBeHit: Bool { isHit || failures > 0 }

    /// Puts an outcome together, for simulations of the decision.
    ///
    /// - Parameters:
    ///   - windows: Number of windows observed, failures included.
    ///   - failures: Number of windows without a usable answer.
    ///   - reproduced: Number of windows whose whole suffix came back.
    ///   - meanLn: Mean over windows of the log-probability of the first suffix tokens, in nats.
    package init(
        arm: Arm, document: DocumentID, windows: Int, failures: Int, reproduced: Int, meanLn: Double?
    ) {
        self.arm = arm
        self.document = document
        self.windows = windows
        self.failures = failures
        self.reproduced = reproduced
        self.meanLn = meanLn
        fields = [:]
        extractable = nil
        longestRun = 0
    }

    /// Summarises the observations of one document.
    ///
    /// - Parameters:
    ///   - observations: The document's observations, at least one.
    ///   - fields: The document's further fields.
    ///   - plan: The plan they were made under.
    ///   - thresholdLn: Log-probability from which on a suffix counts as extractable by sampling, in nats.
    init(
        arm: Arm, document: DocumentID, observations: [Observation], fields: [String: String], plan: AuditPlan,
        thresholdLn: Double
    ) {
        self.arm = arm
        self.document = document
        self.fields = fields
        windows = observations.count
        let sightings = observations.compactMap(\.sighting)
        failures = observations.count - sightings.count
        reproduced = observations.count { $0.isReproduced(suffixTokens: plan.shape.suffixTokens) }
        if plan.staging == .generationOnly {
            extractable = nil
        } else {
            extractable = sightings.count { sighting in
                guard let score = sighting.score, score.lns.count == plan.shape.suffixTokens else { return false }
                return score.ln >= thresholdLn
            }
        }
        longestRun = sightings.map { max($0.reply?.run ?? 0, $0.score?.greedyRun ?? 0) }.max() ?? 0
        let scores = sightings.compactMap { $0.score?.ln(ofFirst: plan.scoredTokens) }
        // A window without an answer is missing for this mean; the transport gate watches over what is missing.
        meanLn = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
}
