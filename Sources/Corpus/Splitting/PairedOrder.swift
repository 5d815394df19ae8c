import Randomness

/// The documents of both arms in a random order in which the arms keep pace, pair by pair.
///
/// A run that stops after any pair has seen as many paired suspects as controls, of the same strata. Documents without a
/// partner are strewn among the pairs, so that every place in the order is as likely for a suspect as for a control, and
/// nothing that drifts in the server can be mistaken for a difference between the arms. (At the end, where they would be
/// cheapest, they would all be of the larger arm.)
public struct PairedOrder: Hashable, Sendable {
    /// Every document once.
    public let documents: [ArmedDocument]
    /// The number of each document's pair, or `nil` for those without a partner.
    ///
    /// A pair is a suspect and a control of the same stratum, one after the other in random order; pairs are numbered from
    /// 0 in the order in which they come.
    public let pairOf: [Int?]
    /// Number of pairs.
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
        var pairs: [[ArmedDocument]] = []
        var left: [ArmedDocument] = []
        for member in suspects {
            if let partner = free[suspect[member.document] ?? 0]?.popLast() {
                pairs.append(generator.next(below: 2) == 0 ? [member, partner] : [partner, member])
            } else {
                left.append(member)
            }
        }
        self.pairs = pairs.count
        let leftControls = Set(free.values.joined())
        left += leftControls.sorted { $0.document < $1.document }
        var places = SeededGenerator(seed: seed, stream: "order/places")
        left.shuffle(with: &places)
        var isPair = Array(repeating: true, count: pairs.count) + Array(repeating: false, count: left.count)
        if !left.isEmpty { isPair.shuffle(with: &places) }
        var documents: [ArmedDocument] = []
        var pairOf: [Int?] = []
        var (nextPair, nextLeft) = (0, 0)
        for takesPair in isPair {
            if takesPair {
                documents += pairs[nextPair]
                pairOf += [nextPair, nextPair]
                nextPair += 1
            } else {
                documents.append(left[nextLeft])
                pairOf.append(nil)
                nextLeft += 1
            }
        }
        self.documents = documents
        self.pairOf = pairOf
    }

    private static func shuffled(_ documents: [DocumentID: Int], arm: Arm, seed: UInt64) -> [ArmedDocument] {
        var names = documents.keys.sorted()
        var generator = SeededGenerator(seed: seed, stream: "order/\(arm.rawValue)")
        names.shuffle(with: &generator)
        return names.map { ArmedDocument(arm: arm, document: $0) }
    }
}
