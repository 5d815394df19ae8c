import Corpus
import PrefixLearning

/// Everything that decides what is learned; equal settings make an earlier sitting's result usable again.
struct LearningSettings: Codable, Hashable, Sendable {
    let mode: LearningMode
    let budget: String
    let share: Double
    let seed: UInt64
    let model: String
    let shape: WindowShape
    let scoredTokens: Int
    let strictness: String
    /// SHA-256 over the names and texts of the documents that are learned from.
    let corpus: String
    /// SHA-256 over the prompts that compete.
    let prompts: String
    /// The inducer's model, if there is one.
    let inducer: String?

    /// The names of the settings in which two differ, with both values.
    func differences(to other: LearningSettings) -> [String] {
        let pairs: [(String, String, String)] = [
            ("learn", mode.rawValue, other.mode.rawValue), ("budget", budget, other.budget),
            ("learning-share", "\(share)", "\(other.share)"), ("seed", "\(seed)", "\(other.seed)"),
            ("model", model, other.model), ("shape", "\(shape)", "\(other.shape)"),
            ("scored tokens", "\(scoredTokens)", "\(other.scoredTokens)"), ("strict", strictness, other.strictness),
            ("documents", corpus, other.corpus), ("prompts", prompts, other.prompts),
            ("inducer", inducer ?? "none", other.inducer ?? "none"),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) → \($0.2)" }
    }
}
