import Statistics

/// What a test of canaries shows.
public struct CanaryVerdict: Sendable, Hashable, Encodable {
    /// The possible answers; that a model was not trained on the canaries is not one of them.
    public enum Answer: String, Sendable, Hashable, Codable {
        /// The model remembers published canaries.
        case memorized
        /// That could not be shown.
        case inconclusive
    }

    /// What kind of evidence an answer rests on.
    public enum Evidence: String, Sendable, Hashable, Codable {
        /// The model writes secrets out by itself.
        case extraction
        /// The model finds published siblings more probable than unpublished ones.
        case likelihood
        /// The answer rests on no test.
        case none
    }

    /// The answer.
    public let answer: Answer
    /// What it rests on.
    public let evidence: Evidence
    /// How α is shared between the tests.
    public let levels: CanaryLevels
    /// The exact test on the ranks of the published siblings.
    public let rankTest: TestResult
    /// The evidence in reproduced secrets, reported apart.
    public let extraction: TestResult
    /// One finding per canary.
    public let findings: [CanaryFinding]
    /// Why it is this answer, in one sentence.
    public let reason: String
    /// What is shown, if the assumptions hold.
    public let proves: String
    /// What is not shown.
    public let doesNotProve: String
    /// What a reader must know beside that.
    public let caveats: [String]

    /// Decides.
    ///
    /// - Parameters:
    ///   - canaries: The canaries.
    ///   - sightings: What was seen of them; what is missing counts against the answer `memorized`.
    ///   - levels: The error rate.
    /// - Throws: ``CanaryError/statistics(_:)``.
    public init(_ canaries: CanarySet, _ sightings: CanarySightings, levels: CanaryLevels) throws(CanaryError) {
        do throws(StatisticsError) {
            var findings: [CanaryFinding] = []
            for (canary, seen) in zip(canaries.canaries, sightings.canaries) {
                findings.append(try CanaryFinding(canary, seen))
            }
            self.findings = findings
            var rankTest = try rankSumTest(findings.map(\.rank))
            if findings.count == 1 { rankTest.method = "canary rank test" }
            self.rankTest = rankTest
            extraction = try ExtractionBound.test(
                reproduced: findings.count { $0.isReproduced == true }, of: findings.count,
                bits: canaries.design.secret.bits)
        } catch {
            throw .statistics(error.description)
        }
        self.levels = levels
        let words = CanaryWording(canaries, sightings, findings, rankTest: rankTest, extraction: extraction)
        if extraction.pValue.value <= levels.extraction {
            (answer, evidence) = (.memorized, .extraction)
        } else if rankTest.pValue.value <= levels.rank {
            (answer, evidence) = (.memorized, .likelihood)
        } else {
            (answer, evidence) = (.inconclusive, .none)
        }
        reason = words.reason(evidence)
        proves = words.proves(evidence, alpha: levels.alpha)
        doesNotProve = words.doesNotProve(evidence)
        caveats = words.caveats
    }

    /// The test that decided, or the rank test where none did.
    public var decisiveTest: TestResult { evidence == .extraction ? extraction : rankTest }

    /// Siblings without a score, over all canaries.
    public var missing: Int { findings.reduce(0) { $0 + $1.missing } }

    private enum CodingKeys: CodingKey {
        case answer, evidence, alpha, levels, rankTest, extraction, canaries, reason, proves, doesNotProve, caveats
    }

    /// Writes the verdict with everything that it rests on.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(answer, forKey: .answer)
        try container.encode(evidence, forKey: .evidence)
        try container.encode(levels.alpha, forKey: .alpha)
        try container.encode(["rank": levels.rank, "extraction": levels.extraction], forKey: .levels)
        try container.encode(rankTest, forKey: .rankTest)
        try container.encode(extraction, forKey: .extraction)
        try container.encode(findings, forKey: .canaries)
        try container.encode(reason, forKey: .reason)
        try container.encode(proves, forKey: .proves)
        try container.encode(doesNotProve, forKey: .doesNotProve)
        try container.encode(caveats, forKey: .caveats)
    }
}
