/// All orders in which a few things can stand.
enum Arrangements {
    /// The permutations of 0 ..< count in lexicographic order; the first is the identity.
    ///
    /// - Complexity: O(*count*! × *count*).
    static func all(_ count: Int) -> [[Int]] {
        var found: [[Int]] = [[]]
        for _ in 0..<count {
            found = found.flatMap { begun in
                (0..<count).filter { !begun.contains($0) }.map { begun + [$0] }
            }
        }
        return found
    }
}
