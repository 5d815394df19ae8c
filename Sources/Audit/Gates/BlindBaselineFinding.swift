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

    private static func drawn(_ documents: [Document], _ arm: Arm, _ seed: UInt64) -> [String] {
        var members = documents.sorted { $0.id < $1.id }
        if members.count > mostDocuments {
            var generator = SeededGenerator(seed: seed, stream: "blind-baseline/\(arm.rawValue)")
            members.shuffle(with: &generator)
        }
        return members.prefix(mostDocuments).map(\.text)
    }
}
