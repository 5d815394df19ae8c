import Corpus
import Randomness

/// The learning documents of a race in the order in which it uses them, and those held back from it.
struct RaceDocuments: Hashable, Sendable {
    /// Suspects and controls in turn while both last.
    let race: [ArmedDocument]
    /// The documents of the final choice, in turn likewise.
    let heldBack: [ArmedDocument]

    /// Shuffles each arm and divides it as the plan says.
    ///
    /// The same for the same names and seed, whatever their order. Names beyond the plan's numbers are left out.
    init(suspects: [DocumentID], controls: [DocumentID], plan: RacePlan, seed: UInt64) {
        let suspects = Self.shuffled(suspects, arm: .suspect, seed: seed)
        let controls = Self.shuffled(controls, arm: .control, seed: seed)
        heldBack = Self.inTurn(suspects.prefix(plan.heldBackSuspects), controls.prefix(plan.heldBackControls))
        race = Self.inTurn(
            suspects.dropFirst(plan.heldBackSuspects).prefix(plan.suspects),
            controls.dropFirst(plan.heldBackControls).prefix(plan.controls))
    }

    private static func shuffled(_ documents: [DocumentID], arm: Arm, seed: UInt64) -> [ArmedDocument] {
        var names = Set(documents).sorted()
        var generator = SeededGenerator(seed: seed, stream: "race/\(arm.rawValue)")
        names.shuffle(with: &generator)
        return names.map { ArmedDocument(arm: arm, document: $0) }
    }

    private static func inTurn(
        _ suspects: ArraySlice<ArmedDocument>, _ controls: ArraySlice<ArmedDocument>
    ) -> [ArmedDocument] {
        let both = min(suspects.count, controls.count)
        return zip(suspects, controls).flatMap { [$0, $1] } + suspects.dropFirst(both) + controls.dropFirst(both)
    }
}
