/// A way to make a server sample the true suffix and report what it thought of each token.
///
/// All ways give the same numbers; which one is cheapest depends on the server's vocabulary and on whether the model
/// remembers the text, so it is measured at start-up and not believed.
public enum ForcingWay: String, Sendable, Hashable, Codable, CaseIterable {
    /// A grammar that admits only the true tokens: one request for many tokens.
    case grammar
    /// An overwhelming bias on the true token: one request per token.
    case single
    /// A free greedy run that is exact while it agrees with the text, and one biased token where it does not.
    case freeRun = "free-run"
    /// Prompt log-probabilities by the `echo` of `/v1/completions`: one request, where a server has them.
    case echo
}
