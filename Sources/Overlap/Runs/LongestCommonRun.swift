/// Returns the longest common run of two sequences of symbol numbers.
@usableFromInline
func longestCommonRun(ofSymbols symbols: SymbolPair) -> CommonRun? {
    MatchingRuns(symbols: symbols).longest
}
