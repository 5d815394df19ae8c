/// Returns the longest run with which a reply ends and that stands in the source.
///
/// A reply that was cut off (by a length limit, or by a filter that stops a recitation) ends inside a run: its length is
/// then a lower bound of what would have come, not a measurement.
///
/// - Parameters:
///   - source: The text that may have been memorized.
///   - reply: The text that the model produced.
/// - Returns: The run, at its first place in the source; nil when the reply's last element is not in the source.
/// - Complexity: Expected O(*n* + *m*).
public func trailingRun<Element: Hashable>(
    source: some Sequence<Element>, reply: some Sequence<Element>
) -> CommonRun? {
    trailingRun(SymbolPair(source: reply, reply: source))
}

/// Returns the longest run of words with which a reply ends and that stands in the source; masked words match nothing.
public func trailingRun(source: ComparedText, reply: ComparedText) -> CommonRun? {
    trailingRun(SymbolPair(source: reply, reply: source))
}

/// Looks at the reply as the source, for whose last place the longest run in the other sequence is known.
private func trailingRun(_ exchanged: SymbolPair) -> CommonRun? {
    MatchingRuns(symbols: exchanged).run(endingWith: exchanged.source.count - 1).map { run in
        CommonRun(source: run.reply, reply: run.source)
    }
}
