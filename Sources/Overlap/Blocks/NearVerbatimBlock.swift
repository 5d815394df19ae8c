/// A stretch of the source that the reply repeats with few words changed, left out or added.
public struct NearVerbatimBlock: Hashable, Codable, Sendable {
    /// The runs of words that match, ascending in both texts; never empty.
    public let runs: [CommonRun]
    /// From the first matched word to the last, in word numbers of the source.
    public let source: Range<Int>
    /// From the first matched word to the last, in word numbers of the reply.
    public let reply: Range<Int>
    /// The number of matched words; gaps do not count.
    public let matchedWords: Int

    init(_ run: CommonRun) {
        runs = [run]
        source = run.source
        reply = run.reply
        matchedWords = run.count
    }

    private init(_ one: NearVerbatimBlock, _ next: NearVerbatimBlock) {
        runs = one.runs + next.runs
        source = one.source.lowerBound..<next.source.upperBound
        reply = one.reply.lowerBound..<next.reply.upperBound
        matchedWords = one.matchedWords + next.matchedWords
    }

    /// This block and one that follows it in both texts as one block, or nil when the pass does not allow it.
    func merged(with next: NearVerbatimBlock, by pass: NearVerbatimRule.Pass) -> NearVerbatimBlock? {
        let sourceGap = next.source.lowerBound - source.upperBound
        let replyGap = next.reply.lowerBound - reply.upperBound
        guard max(sourceGap, replyGap) <= pass.maximumGap, abs(sourceGap - replyGap) <= pass.maximumMisalignment
        else { return nil }
        return NearVerbatimBlock(self, next)
    }
}
