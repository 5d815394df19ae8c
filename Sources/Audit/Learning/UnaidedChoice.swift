import Corpus
import PrefixLearning
import Randomness

/// Which windows are asked about without what was learned, so that the lift on tested documents is known.
///
/// The first window of up to 48 documents of each arm that count and were asked about under a learned elicitation. The
/// verdict does not look at them.
struct UnaidedChoice {
    /// The windows, in the order in which they are sent.
    let windows: [ObservedWindow]

    private static let mostPerArm = 48

    /// Draws windows.
    ///
    /// - Parameters:
    ///   - counted: The documents that count, in the order of sending, with their observations.
    ///   - plan: The plan of the run, whose seed draws.
    init(_ counted: [(document: DocumentRecord, observations: [Observation])], plan: AuditPlan) {
        guard plan.learning != nil, plan.staging != .generationOnly else {
            windows = []
            return
        }
        var windows: [ObservedWindow] = []
        for arm in Arm.allCases {
            var candidates = counted.compactMap { document, observations in
                document.arm == arm && document.elicitation != .none
                    ? observations.first { $0.sighting?.score != nil } : nil
            }
            var generator = SeededGenerator(seed: plan.seed, stream: "unaided/\(arm.rawValue)")
            candidates.shuffle(with: &generator)
            windows += candidates.prefix(Self.mostPerArm).map(ObservedWindow.init)
        }
        self.windows = windows
    }
}

/// What was learned is worth on documents that it was not learned from.
public struct TestLift: Codable, Hashable, Sendable {
    /// Mean lift of suspect documents over the bare prefix; `nil` below two documents.
    public let suspect: MeasuredLift?
    /// Mean lift of control documents; `nil` below two documents.
    public let control: MeasuredLift?

    /// Compares each window's score with what it has without help.
    ///
    /// - Returns: `nil` when nothing was asked about without help.
    init?(_ record: RunRecord) {
        guard !record.unaided.isEmpty else { return nil }
        let plan = record.header.plan
        let scores = Dictionary(
            record.observations.map { (ObservedWindow($0), $0) }, uniquingKeysWith: { first, _ in first })
        func lift(_ arm: Arm) -> MeasuredLift? {
            let lifts = record.unaided.filter { $0.arm == arm }.compactMap { unaided -> Double? in
                guard let with = scores[ObservedWindow(unaided)]?.sighting?.score?.ln(ofFirst: plan.scoredTokens),
                    let without = unaided.sighting?.score?.ln(ofFirst: plan.scoredTokens)
                else { return nil }
                guard let aided = LiftScorer.score(with, of: plan.scoredTokens),
                    let bare = LiftScorer.score(without, of: plan.scoredTokens)
                else { return nil }
                return aided - bare
            }
            return MeasuredLift(meanOf: lifts, confidence: 0.95)
        }
        suspect = lift(.suspect)
        control = lift(.control)
    }
}
