import Randomness

/// A division of documents into folds in which no group is torn apart.
///
/// Groups are near-duplicates or anything else that must not be learned from and tested on at once. Groups are shuffled,
/// taken from the largest to the smallest, and each goes to the fold that has the smallest share of the labels it
/// brings, then to the smallest fold; so folds are as equal in size and labels as the groups allow.
public struct GroupedFolds: Sendable, Hashable {
    /// The fold of every document, `0..<count`.
    public let fold: [Int]
    /// The number of folds, all of them holding at least one group; 0 without documents.
    public let count: Int

    /// Divides documents into folds.
    ///
    /// - Parameters:
    ///   - groups: The group of every document; equal numbers mean the same group, the numbers themselves mean nothing.
    ///   - labels: The label of every document, to be spread evenly; leave it out where labels are permuted later, because
    ///     folds that were made from the labels would give them away.
    ///   - count: The number of folds wished for, at least 1; there are fewer when there are fewer groups.
    ///   - seed: The seed of the shuffle; the stream is `"grouped-folds"`.
    /// - Throws: ``TextLearningError`` for labels of another length than the groups or a count below 1.
    /// - Complexity: O(n log n + groups × folds × labels in a group).
    public init(groups: [Int], labels: [Int]? = nil, count: Int, seed: UInt64) throws(TextLearningError) {
        guard count >= 1 else {
            throw .outOfRange(name: "folds", value: Double(count), requirement: "at least 1")
        }
        if let labels, labels.count != groups.count {
            throw .lengthMismatch(
                name: "labels", count: labels.count, other: "groups", otherCount: groups.count)
        }
        let members = Self.members(of: groups)
        let folds = min(count, members.count)
        self.count = folds
        guard folds > 0 else {
            fold = []
            return
        }
        var order = Array(members.indices)
        var generator = SeededGenerator(seed: seed, stream: "grouped-folds")
        order.shuffle(with: &generator)
        let place = Self.inverse(order)
        order.sort { left, right in
            let (a, b) = (members[left].count, members[right].count)
            return a == b ? place[left] < place[right] : a > b
        }
        let classes = Self.firstAppearances(labels ?? [Int](repeating: 0, count: groups.count))
        var filling = FoldFilling(
            folds: folds, classTotals: classes.reduce(into: [:]) { $0[$1, default: 0] += 1 })
        var assigned = [Int](repeating: 0, count: groups.count)
        for group in order {
            let chosen = filling.place(members[group].map { classes[$0] })
            for document in members[group] { assigned[document] = chosen }
        }
        fold = assigned
    }

    /// The documents of each group; groups in order of their first document.
    static func members(of groups: [Int]) -> [[Int]] {
        let numbers = firstAppearances(groups)
        var members = [[Int]](repeating: [], count: (numbers.max() ?? -1) + 1)
        for (document, group) in numbers.enumerated() { members[group].append(document) }
        return members
    }

    /// Renumbers values by the order in which they appear first.
    private static func firstAppearances(_ values: [Int]) -> [Int] {
        var numbers: [Int: Int] = [:]
        return values.map { value in
            let next = numbers.count
            if let known = numbers[value] { return known }
            numbers[value] = next
            return next
        }
    }

    private static func inverse(_ order: [Int]) -> [Int] {
        var place = [Int](repeating: 0, count: order.count)
        for (index, element) in order.enumerated() { place[element] = index }
        return place
    }
}

/// The folds while they are being filled.
private struct FoldFilling {
    private var classCounts: [[Int]]
    private var sizes: [Int]
    private let classTotals: [Int]

    init(folds: Int, classTotals: [Int: Int]) {
        self.classTotals = (0..<classTotals.count).map { classTotals[$0] ?? 0 }
        classCounts = Array(repeating: Array(repeating: 0, count: classTotals.count), count: folds)
        sizes = Array(repeating: 0, count: folds)
    }

    /// Puts one group, given as the class of each of its documents, into the fold that needs it most.
    mutating func place(_ classes: [Int]) -> Int {
        // An empty fold costs least of all, so that every fold gets a group.
        var best = 0
        var bestCost = (Double.infinity, Int.max)
        for fold in sizes.indices {
            let share = classes.reduce(0.0) { $0 + Double(classCounts[fold][$1]) / Double(classTotals[$1]) }
            let cost = (share, sizes[fold])
            if cost < bestCost {
                best = fold
                bestCost = cost
            }
        }
        for label in classes { classCounts[best][label] += 1 }
        sizes[best] += classes.count
        return best
    }
}
