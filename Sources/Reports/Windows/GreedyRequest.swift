import Audit
import Corpus
import Inference

/// The greedy request of a window, built again from the journal.
///
/// Its body differs from what was sent in nothing but the slot, which is left to the server; its SHA-256 is the probe
/// that names the window.
public struct GreedyRequest: Sendable {
    /// The exact bytes of the body; ASCII only.
    public let body: [UInt8]
    /// Whether the body's SHA-256 is the recorded probe; if not, another version of the program made the run.
    public let isRecorded: Bool

    /// Builds the request of an observation.
    public init(_ observation: Observation, plan: AuditPlan) {
        body =
            CompletionRequest(
                prompt: observation.prefix, maximumTokens: plan.shape.suffixTokens,
                reusesCache: plan.strictness == .fast
            ).body
        isRecorded = sha256Hex(body) == observation.probe
    }

    /// How every body begins, up to the prompt's token ids.
    static let beforePrompt = Array(#"{"prompt":["#.utf8)

    /// The body of an empty prompt under a plan.
    static func emptyBody(_ plan: AuditPlan) -> [UInt8] {
        CompletionRequest(
            prompt: [], maximumTokens: plan.shape.suffixTokens, reusesCache: plan.strictness == .fast
        ).body
    }

    /// The path that the body is posted to, below a server's address.
    public static let path = "/completion"
}
