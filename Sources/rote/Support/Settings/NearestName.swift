/// Returns the name that a misspelt one was probably meant to be, or `nil` when none is near.
///
/// Near means at most a third of the letters (never more than three, and two allowed from four letters on) inserted, removed, changed or exchanged with their
/// neighbour (the restricted edit distance of Damerau, 1964). Of several equally near names the first in alphabetical
/// order is taken.
///
/// - Complexity: O(*n* · *a* · *b*) for *n* names of length *b* and a text of length *a*.
func nearestName(to text: String, among names: [String]) -> String? {
    let limit = text.count < 4 ? 1 : min(3, max(2, text.count / 3))
    guard text.count <= 64 else { return nil }
    return names.map { (name: $0, distance: editDistance(Array(text.lowercased()), Array($0))) }
        .filter { $0.distance <= limit }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
        .name
}

private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in first.indices {
        var current = [row + 1]
        for column in second.indices {
            let change = first[row] == second[column] ? 0 : 1
            var best = min(last[column + 1] + 1, current[column] + 1, last[column] + change)
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current.append(best)
        }
        beforeLast = last
        last = current
    }
    return last[second.count]
}
