extension ForcingTarget {
    /// The most requests that scoring usually takes.
    ///
    /// It takes more when a server leaves out rows that it should give, or spells a character by other tokens than the
    /// text's own.
    ///
    /// - Parameters:
    ///   - count: Number of suffix tokens to score.
    ///   - way: How they are forced.
    /// - Complexity: O(*n*) in tokens.
    public func usualRequests(first count: Int, way: ForcingWay) -> Int {
        let range = 0..<min(max(0, count), suffix.tokens.count)
        let plan = ForcingPlan(suffix: suffix)
        func requests(_ steps: [ForcingStep]) -> Int {
            steps.reduce(0) { sum, step in
                // The short list of probable tokens, and the long one if the token is not on it.
                if case .lookUp = step { sum + 2 } else { sum + 1 }
            }
        }
        return switch way {
        case .echo: range.isEmpty ? 0 : 1
        case .single: requests(plan.singleSteps(range))
        case .grammar: requests(plan.grammarSteps(range))
        // At worst a run that ends at once, and then the token alone.
        case .freeRun: range.count + requests(plan.singleSteps(range))
        }
    }
}
