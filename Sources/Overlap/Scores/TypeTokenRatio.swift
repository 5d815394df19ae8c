/// Returns the number of different words of a text by the number of its words.
///
/// A reply that falls into a loop has a ratio near zero; what it shares with a source says little, however long it is.
///
/// - Parameter words: The words of a text. The ratio falls with length, so compare texts of about the same length.
/// - Returns: A number above 0 and at most 1; 1 for a text without words.
/// - Complexity: Expected O(*n*).
public func typeTokenRatio(of words: [Word]) -> Double {
    guard !words.isEmpty else { return 1 }
    var numbering = WordNumbering(capacity: words.count)
    for word in words { _ = numbering.number(of: word) }
    return Double(numbering.count) / Double(words.count)
}
