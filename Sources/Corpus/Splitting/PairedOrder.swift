import Randomness

/// The documents of both arms in a random order in which the arms keep pace, pair by pair.
///
/// A run that stops after any pair has seen as many suspects as controls, of the same strata, and nothing that drifts in
/// the server can be mistaken for a difference between the arms.
public struct PairedOrder: Hashable, Sendable {
    /// Every document once: first the pairs, then what is left of either arm.
    public let documents: [ArmedDocument]
    /// Number of pairs; documents 2*i* and 2*i* + 1 are a suspect and a control of the same stratum, in random order.
    public let pairs: Int

    /// Draws an order.
    ///
    /// Each arm is shuffled. Going through the suspects, each is paired with the first control of its stratum that is
    /// still free; the first of each pair is drawn at random. The same for the same names, strata and seed, whatever the
    /// order of the input.
    ///
    /// - Parameters:
    ///   - suspect: The suspect documents, each with its stratum.
    ///   - control: The control documents, each with its stratum.
    ///   - seed: The run's seed.
    /// - Complexity: O(*n* log *n*).
    public init(suspect: [DocumentID: Int], control: [DocumentID: Int], seed: UInt64) {
        let suspects = Self.shuffled(suspect, arm: .suspect, seed: seed)
        // Reversed, so that the first one is taken from the end.
        var free: [Int: [ArmedDocument]] = [:]
        for member in Self.shuffled(control, arm: .control, seed: seed).reversed() {
            free[control[member.document] ?? 0, default: []].append(member)
        }
        var generator = SeededGenerator(seed: seed, stream: "order/within-pairs")
        var order: [ArmedDocument] = []
        order.reserveCapacity(suspect.count + control.count)
        var left: [ArmedDocument] = []
        for member in suspects {
            if let partner = free[suspect[member.document] ?? 0]?.popLast() {
                order += generator.next(below: 2) == 0 ? [member, partner] : [partner, member]
            } else {
                left.append(member)
            }
        }
        pairs = order.count / 2
        let leftControls = Set(free.values.joined())
        if left.isEmpty || leftControls.isEmpty {
            left += Self.shuffled(control, arm: .control, seed: seed).filter(leftControls.contains)
        } else {
            // What two arms have left over in different strata comes mixed.
            left += leftControls.sorted { $0.document < $1.document }
            var generator = SeededGenerator(seed: seed, stream: "order/left-over")
            left.shuffle(with: &generator)
        }
        documents = order + left
    }

    private static func shuffled(_ documents: [DocumentID: Int], arm: Arm, seed: UInt64) -> [ArmedDocument] {
        var names = documents.keys.sorted()
        var generator = SeededGenerator(seed: seed, stream: "order/\(arm.rawValue)")
        names.shuffle(with: &generator)
        return names.map { ArmedDocument(arm: arm, document: $0) }
    }
}
