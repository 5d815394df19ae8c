/// A stretch of elements that stands in two sequences without a gap.
public struct CommonRun: Hashable, Codable, Sendable {
    /// Where the stretch stands in the source, in elements.
    public let source: Range<Int>
    /// Where the stretch stands in the reply, in elements.
    public let reply: Range<Int>

    /// Creates a run.
    public init(source: Range<Int>, reply: Range<Int>) {
        self.source = source
        self.reply = reply
    }

    /// The length of the stretch, in elements.
    public var count: Int { source.count }
}

/// Returns the longest run of elements that stands in both sequences without a gap.
///
/// Among runs of equal length the one that begins earliest in the source is returned, and of its places in the reply
/// the earliest.
///
/// - Parameters:
///   - source: The text that may have been memorized, for example its tokens.
///   - reply: The text that the model produced.
/// - Returns: The run, or nil when the sequences have no element in common.
/// - Complexity: Expected O(*n* + *m*) time and memory, whatever the elements are.
@inlinable
public func longestCommonRun<Element: Hashable>(
    source: some Sequence<Element>, reply: some Sequence<Element>
) -> CommonRun? {
    longestCommonRun(ofSymbols: SymbolPair(source: source, reply: reply))
}
