import Corpus
import Randomness

/// Which windows are asked about a second time, so that the noise of the measurement is known.
///
/// One window in twenty of those that count, at least 4 and at most 32. Half of them come from reproduced windows, as far
/// as there are any: a verdict by extraction hangs on these.
struct ReplicateChoice {
    /// The windows, reproduced ones first.
    let windows: [ObservedWindow]

    private static let range = 4...32
    private static let oneIn = 20

    /// Draws windows.
    ///
    /// - Parameters:
    ///   - counted: The documents that count, in the order of sending, with their observations.
    ///   - plan: The plan of the run, whose seed draws.
    init(_ counted: [(document: DocumentRecord, observations: [Observation])], plan: AuditPlan) {
        var reproduced: [ObservedWindow] = []
        var others: [ObservedWindow] = []
        for observation in counted.flatMap(\.observations) where observation.sighting != nil {
            let window = ObservedWindow(observation)
            if observation.isReproduced(suffixTokens: plan.shape.suffixTokens) {
                reproduced.append(window)
            } else {
                others.append(window)
            }
        }
        var generator = SeededGenerator(seed: plan.seed, stream: "replicates")
        reproduced.shuffle(with: &generator)
        others.shuffle(with: &generator)
        let total = reproduced.count + others.count
        let wanted = min(total, max(Self.range.lowerBound, min(Self.range.upperBound, total / Self.oneIn)))
        let fromReproduced = min(reproduced.count, max(wanted / 2, wanted - others.count))
        windows = Array(reproduced.prefix(fromReproduced) + others.prefix(wanted - fromReproduced))
    }
}
