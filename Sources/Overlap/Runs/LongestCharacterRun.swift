/// Returns the longest run of Unicode scalars that stands in both texts.
///
/// - Parameters:
///   - source: The scalars' values of one text; values that are no scalars stand for masked places and must differ
///     between the two texts.
///   - reply: The scalars' values of the other text.
/// - Returns: The run: of equally long ones the first in the source, at its first place in the reply; nil when nothing
///   is shared.
/// - Complexity: Expected O(*n* + *m*).
func longestCharacterRun(source: [UInt32], reply: [UInt32]) -> CommonRun? {
    guard !source.isEmpty, !reply.isEmpty else { return nil }
    switch SeededRunSearch(source: source, reply: reply).search() {
    case .found(let run): return run
    case .shorterThanSeed, .tooManyPairs:
        return longestCommonRun(ofSymbols: SymbolPair(sourceScalars: source, replyScalars: reply))
    }
}
