import Statistics

/// What was found about one canary.
public struct CanaryFinding: Sendable, Hashable, Encodable {
    /// The canary's name.
    public let id: String
    /// The place of the published sibling among all, 1 for the best known; ties and missing scores count against it.
    public let rank: CanaryRank
    /// ln p of the published sibling, in nats; `nil` without a score.
    public let ln: Double?
    /// ln p of the best reference, in nats; `nil` without any score.
    public let bestReferenceLn: Double?
    /// The median ln p of the references that were scored, in nats; `nil` without any score.
    public let medianReferenceLn: Double?
    /// References whose score equals that of the published sibling.
    public let ties: Int
    /// Siblings without a score, each counted as better known than the published one.
    public let missing: Int
    /// Whether any score is the least that the server can represent.
    public let isCensored: Bool
    /// Whether the model's own continuation spells the secret; `nil` when there is no continuation.
    public let isReproduced: Bool?

    /// Judges one canary.
    ///
    /// Under the null hypothesis the scores do not depend on which sibling is published, and that is uniform among all.
    /// With all scores the rank is therefore uniform, or larger where there are ties. A missing score can only make the
    /// rank larger, so a valid p-value stays valid, whatever the reason why it is missing.
    init(_ canary: Canary, _ sightings: CanarySightings.OfCanary) throws(StatisticsError) {
        let references = sightings.scores.indices.filter { $0 != canary.published }.map { sightings.scores[$0] }
        let scored = references.compactMap { $0 }.sorted(by: >)
        let published = sightings.scores[canary.published]
        // Without a score of its own the published sibling is placed last.
        let better = references.count { reference in
            guard let reference, let published else { return true }
            return reference >= published
        }
        id = canary.id
        rank = try CanaryRank(rank: Int64(better) + 1, places: Int64(references.count) + 1)
        ln = published
        bestReferenceLn = scored.first
        medianReferenceLn = scored.isEmpty ? nil : (scored[(scored.count - 1) / 2] + scored[scored.count / 2]) / 2
        ties = references.count { $0 != nil && $0 == published }
        missing = sightings.scores.count { $0 == nil }
        isCensored = sightings.isCensored
        isReproduced = sightings.continuation.map { text, openingBytes in
            let opening = canary.carrier.opening.utf8
            return (0...opening.count).contains(openingBytes)
                && Self.spells(text, canary.publishedSecret, after: opening.dropFirst(openingBytes))
        }
    }

    /// Whether a text begins with the rest of the opening and the secret, spaces in front apart: one guess, no search.
    private static func spells(_ text: String, _ secret: String, after rest: some Sequence<UInt8>) -> Bool {
        let space = UInt8(ascii: " ")
        let expected = (Array(rest) + secret.utf8).drop { $0 == space }
        return text.utf8.drop { $0 == space }.starts(with: expected)
    }

    /// log₂(places) − log₂(rank): how many bits of guessing the model saves (Carlini and others, 2019).
    public var exposure: Double { rank.exposure }

    private enum CodingKeys: CodingKey {
        case id, rank, places, exposure, ln, bestReferenceLn, medianReferenceLn, ties, missing, censored, reproduced
    }

    /// Writes the finding; absent values are `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(rank.rank, forKey: .rank)
        try container.encode(rank.places, forKey: .places)
        try container.encode(exposure, forKey: .exposure)
        try container.encode(ln, forKey: .ln)
        try container.encode(bestReferenceLn, forKey: .bestReferenceLn)
        try container.encode(medianReferenceLn, forKey: .medianReferenceLn)
        try container.encode(ties, forKey: .ties)
        try container.encode(missing, forKey: .missing)
        try container.encode(isCensored, forKey: .censored)
        try container.encode(isReproduced, forKey: .reproduced)
    }
}
