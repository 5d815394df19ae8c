import Randomness
import RealModule

/// The arm of every document, and the rearrangements that are as likely when the arms are exchangeable.
///
/// Groups whose documents are all of one arm exchange their arms as wholes; in a group with documents of both arms, the
/// arms are exchanged among its documents.
struct GroupPermutation {
    /// Whether each document is a suspect in the present arrangement.
    private(set) var isSuspect: [Bool]
    private let pure: [[Int]]
    private let mixed: [[Int]]
    private var pureLabels: [Bool]

    init(isSuspect: [Bool], groups: [Int]) {
        self.isSuspect = isSuspect
        let members = GroupedFolds.members(of: groups)
        pure = members.filter { group in group.allSatisfy { isSuspect[$0] == isSuspect[group[0]] } }
        mixed = members.filter { group in !group.allSatisfy { isSuspect[$0] == isSuspect[group[0]] } }
        pureLabels = pure.map { isSuspect[$0[0]] }
    }

    /// The natural logarithm of the number of different arrangements.
    var lnArrangements: Double {
        mixed.reduce(Self.lnChoices(pureLabels)) { sum, group in
            sum + Self.lnChoices(group.map { isSuspect[$0] })
        }
    }

    /// Draws the next arrangement, uniformly and independently of the present one.
    mutating func shuffle(with generator: inout SeededGenerator) {
        pureLabels.shuffle(with: &generator)
        for (group, label) in zip(pure, pureLabels) {
            for document in group { isSuspect[document] = label }
        }
        for group in mixed {
            var labels = group.map { isSuspect[$0] }
            labels.shuffle(with: &generator)
            for (document, label) in zip(group, labels) { isSuspect[document] = label }
        }
    }

    /// ln of the number of ways to place the labels.
    private static func lnChoices(_ labels: [Bool]) -> Double {
        let suspects = labels.reduce(0) { $0 + ($1 ? 1 : 0) }
        return (0..<min(suspects, labels.count - suspects)).reduce(0) { sum, index in
            sum + .log(Double(labels.count - index)) - .log(Double(index + 1))
        }
    }
}
