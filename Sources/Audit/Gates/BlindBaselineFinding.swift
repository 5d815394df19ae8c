import Corpus
import Randomness
import Statistics
import TextLearning

/// How well the arms can be told apart by their texts alone, found before anything is sent.
public struct BlindBaselineFinding: Codable, Hashable, Sendable {
    /// Probability that the blind classifier scores a random suspect document above a random control document.
    public let area: Double
    /// The same, averaged over random arrangements of the arms: what a classifier gets from nothing.
    public let areaByChance: Double
    /// Number of suspect and of control documents that were compared.
    public let documents: [Int]
    /// Whether the texts are the same or separable by chance; p ≥ 1/(arrangements + 1).
    public let test: TestResult

    /// Most documents of an arm that are compared; more would take minutes and find differences too small to matter.
    static let mostDocuments = 2000

    init(area: Double, areaByChance: Double, documents: [Int], test: TestResult) {
        self.area = area
        self.areaByChance = areaByChance
        self.documents = documents
        self.test = test
    }

    /// Compares the texts of two arms.
    ///
    /// - Parameter seed: The seed of the run, which also draws the documents of a larger arm.
    /// - Throws: ``AuditError/statistics(_:)`` when the classifier refuses the texts.
    /// - Complexity: About 3 seconds for 2 × 2,000 news-length documents.
    init(suspect: [Document], control: [Document], seed: UInt64) throws(AuditError) {
        let suspects = Self.drawn(suspect, .suspect, seed)
        let controls = Self.drawn(control, .control, seed)
        documents = [suspects.count, controls.count]
        do throws(TextLearningError) {
            let result = try blindBaseline(suspect: suspects, control: controls, seed: seed)
            area = result.area
            areaByChance = result.meanPermutedArea
            test = result.test
        } catch { throw .statistics("\(error)") }
    }

    /// Level of the test whether the arms can be told apart; exchangeable arms fail the gate this often.
    static let level = 0.01

    /// What a classifier that never meets the model can tell apart is no evidence about the model.
    ///
    /// It is known before anything is sent, so that nobody need wait for a verdict that cannot be given.
    public var gate: Gate {
        let cannotTell = test.warnings.contains {
            switch $0 {
            case .noVariation, .smallestPossible: true
            default: false
            }
        }
        return Gate(
            .blindBaseline, passed: !test.rejects(at: Self.level),
            "a classifier of the texts alone ranks a suspect document above a control one with probability "
                + "\(Wording.fixed(area, 3)) (by chance \(Wording.fixed(areaByChance, 3)), p = \(test.pValue))"
                + (cannotTell ? "; too few documents to tell" : ""),
            remedy:
                "the controls differ from the suspects in themselves (time, source, formatting): take controls from "
                + "the same source and time, assigned at random")
    }

    private static func drawn(_ documents: [Document], _ arm: Arm, _ seed: UInt64) -> [String] {
        var members = documents.sorted { $0.id < $1.id }
        if members.count > mostDocuments {
            var generator = SeededGenerator(seed: seed, stream: "blind-baseline/\(arm.rawValue)")
            members.shuffle(with: &generator)
        }
        return members.prefix(mostDocuments).map(\.text)
    }
}
