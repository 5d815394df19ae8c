/// Returns the stretches of a reply that stand in the prompt.
///
/// - Parameters:
///   - reply: The words of the reply.
///   - prompt: The words of everything that was sent: prefix, template, demonstrations.
///   - minimum: The least length of a run, in words. Short runs stand in every text by chance; 5 words hardly ever do.
/// - Returns: Word numbers of the reply, without overlap, ascending; every place in a run of at least the length.
/// - Complexity: Expected O(*n* + *m*).
public func wordsCopied(by reply: [Word], fromPrompt prompt: [Word], runsOfAtLeast minimum: Int = 5) -> [Range<Int>] {
    MatchingRuns(source: reply, reply: prompt).coveredRanges(runsOfAtLeast: minimum)
}
