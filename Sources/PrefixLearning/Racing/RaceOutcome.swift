/// How a race ended.
public struct RaceOutcome: Hashable, Codable, Sendable {
    /// The prompt to use: the leader when it passed the final choice, otherwise ``PromptID/none``.
    public let chosen: PromptID
    /// Every competing prompt, best first; those that survived more rounds stand before those that survived fewer.
    ///
    /// The empty prompt is not among them: its contrast is 0.
    public let ranking: [RaceStanding]
    /// What the documents held back said of the leader; nil when it was not put to them, because its contrast in the
    /// race was not above 0 or none were held back.
    public let final: FinalFinding?
    /// The number of scores that were answered, those of the bare windows included.
    public let scores: Int
}

/// What a race found about one prompt.
public struct RaceStanding: Hashable, Codable, Sendable {
    /// The prompt.
    public let prompt: PromptID
    /// The number of rounds it took part in.
    public let rounds: Int
    /// Its contrast on the documents of those rounds; nil when it was scored on no suspect.
    ///
    /// The leader's is too good: it was chosen for it. ``RaceOutcome/final`` is not.
    public let contrast: Contrast?
}
