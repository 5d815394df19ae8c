import Corpus

/// What asking twice about the same windows showed.
struct ReplicateNoise {
    /// Number of windows that were answered both times.
    private(set) var compared = 0
    /// Number of them that were reproduced once and not the other time.
    private(set) var flips = 0
    /// Standard deviation of a single measurement of a window's log-probability, in nats; `nil` without scores.
    let deviation: Double?

    /// Compares two answers to each window.
    init(_ pairs: [(first: Observation, second: Observation)], plan: AuditPlan) {
        var squares = 0.0
        var scored = 0
        for (first, second) in pairs {
            guard let one = first.sighting, let other = second.sighting else { continue }
            compared += 1
            let suffix = plan.shape.suffixTokens
            if first.isReproduced(suffixTokens: suffix) != second.isReproduced(suffixTokens: suffix) { flips += 1 }
            guard let ln = one.score?.ln(ofFirst: plan.scoredTokens),
                let again = other.score?.ln(ofFirst: plan.scoredTokens)
            else { continue }
            scored += 1
            squares += (ln - again) * (ln - again)
        }
        // Two measurements of the same thing differ with twice the variance of one.
        deviation = scored == 0 ? nil : (squares / Double(2 * scored)).squareRoot()
    }
}
