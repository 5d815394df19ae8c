import Statistics

/// The rule by which the leader of a race replaces the empty prompt.
///
/// Judged on learning documents that the race did not use, so that the choice among many prompts biases nothing: one
/// prompt, one test, no correction for multiplicity. The prompt passes when
/// 1. a one-sided permutation test of the documents' arms, studentised, finds the suspects' lifts larger than the
///    controls' at the level (without controls: a sign-flip test finds the suspects' lifts above 0), and
/// 2. the trimmed mean of the suspects' lifts is above 0: a prompt that merely hurts the controls is of no use.
///
/// So with no useful prompt the empty one stays with probability 1 − level at least, when lifts of suspects and
/// controls are exchangeable under a useless prompt. A run that makes several final choices on the same documents must
/// divide the level among them.
public struct FinalChoice: Hashable, Encodable, Sendable {
    /// The one-sided level.
    public let level: Double
    /// The number of random arrangements.
    public let resamples: Int
    /// The seed of the random arrangements.
    public let seed: UInt64

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - level: The one-sided level; at 0 or below, or NaN, nothing passes.
    ///   - resamples: The number of random arrangements, raised to 99 if below.
    ///   - seed: Their seed.
    public init(level: Double = 0.01, resamples: Int = 1_999, seed: UInt64 = 0) {
        self.level = level
        self.resamples = max(99, resamples)
        self.seed = seed
    }

    /// Judges lifts of one prompt on documents that it was not chosen with.
    func finding(on lifts: ArmLifts) -> FinalFinding {
        let contrast = Contrast(lifts)
        let pValue = pValue(of: lifts)
        let isPassed = pValue.value <= level && (contrast?.value ?? 0) > 0 && (contrast?.suspectLift ?? 0) > 0
        return FinalFinding(contrast: contrast, pValue: pValue, level: level, isPassed: isPassed)
    }

    /// 1 when there are too few documents to say anything.
    private func pValue(of lifts: ArmLifts) -> LogProbability {
        let test: TestResult?
        if lifts.control.isEmpty {
            test = try? signFlipTest(lifts.suspect, resamples: resamples, seed: seed)
        } else {
            test = try? documentPermutationTest(
                suspect: lifts.suspect, control: lifts.control, studentized: true, resamples: resamples, seed: seed)
        }
        return test?.pValue ?? .certain
    }
}

/// What documents held back from a race said of its leader.
public struct FinalFinding: Hashable, Codable, Sendable {
    /// The leader's contrast on them; nil when none of the suspects could be scored.
    public let contrast: Contrast?
    /// The one-sided p-value.
    public let pValue: LogProbability
    /// The level it was held against.
    public let level: Double
    /// Whether the prompt replaces the empty one.
    public let isPassed: Bool
}
