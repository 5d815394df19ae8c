import Randomness

/// A document's name together with its arm; the same name may occur in both arms.
public struct ArmedDocument: Hashable, Codable, Sendable {
    /// The document's arm.
    public let arm: Arm
    /// The document's name.
    public let document: DocumentID

    /// Creates a pair.
    public init(arm: Arm, document: DocumentID) {
        self.arm = arm
        self.document = document
    }

    /// Puts the documents of both arms in a random order in which the arms keep pace.
    ///
    /// Each arm is shuffled; the order then goes through pairs of one suspect and one control, the first of each pair
    /// drawn at random, and ends with what is left of the larger arm. A run that stops anywhere has seen as many
    /// suspects as controls, and nothing that drifts in the server can be mistaken for a difference between the arms.
    ///
    /// - Parameters:
    ///   - suspect: The suspect documents in any order; a repeated name counts once.
    ///   - control: The control documents in any order; a repeated name counts once.
    ///   - seed: The run's seed.
    /// - Returns: Every document once; the same for the same names and seed, whatever their order.
    /// - Complexity: O(*n* log *n*).
    public static func interleavedOrder(
        suspect: [DocumentID], control: [DocumentID], seed: UInt64
    ) -> [ArmedDocument] {
        let suspects = shuffled(suspect, arm: .suspect, seed: seed)
        let controls = shuffled(control, arm: .control, seed: seed)
        let pairs = min(suspects.count, controls.count)
        var generator = SeededGenerator(seed: seed, stream: "order/within-pairs")
        var order: [ArmedDocument] = []
        order.reserveCapacity(suspects.count + controls.count)
        for (suspect, control) in zip(suspects, controls) {
            order += generator.next(below: 2) == 0 ? [suspect, control] : [control, suspect]
        }
        return order + suspects.dropFirst(pairs) + controls.dropFirst(pairs)
    }

    private static func shuffled(_ documents: [DocumentID], arm: Arm, seed: UInt64) -> [ArmedDocument] {
        var names = Set(documents).sorted()
        var generator = SeededGenerator(seed: seed, stream: "order/\(arm.rawValue)")
        names.shuffle(with: &generator)
        return names.map { ArmedDocument(arm: arm, document: $0) }
    }
}
