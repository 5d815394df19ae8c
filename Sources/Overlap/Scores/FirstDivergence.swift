/// Returns the number of leading elements that two sequences share.
///
/// - Parameters:
///   - expected: What was hoped for, for example a window's true suffix.
///   - actual: What came, for example the reply's tokens.
/// - Returns: The index of the first difference, or the length of the shorter sequence when there is none.
/// - Complexity: O(*k*) for the *k* shared elements.
@inlinable
public func firstDivergence<Element: Equatable>(
    expected: some Sequence<Element>, actual: some Sequence<Element>
) -> Int {
    var count = 0
    var others = actual.makeIterator()
    for element in expected {
        guard let other = others.next(), element == other else { break }
        count += 1
    }
    return count
}
