import Audit
import Corpus
import PrefixLearning
import Statistics

/// What was measured of one model, or of several side by side.
public struct MeasurementSummary: Codable, Sendable {
    /// The probability left outside every interval.
    public let alpha: Double
    /// The models, in the order in which they were given.
    public let targets: [TargetSummary]
    /// How they differ, pair by pair.
    public let differences: [PairedDifference]

    /// The default of ``alpha``.
    public static let defaultAlpha = 0.05

    /// Counts runs, without any server.
    ///
    /// Models are compared on probes of which prefix and suffix are the same bytes of the same text. With a grid in
    /// words these are all, but for borders that a tokenizer does not have; with a grid in tokens, models with
    /// different tokenizers have few in common.
    ///
    /// - Parameters:
    ///   - records: One run per model.
    ///   - fields: Metadata fields to group by; `name.year` takes the year of a date.
    ///   - alpha: The probability left outside every interval, half of it on each side.
    /// - Throws: ``MeasurementError`` when two runs are of one model or were asked different things.
    /// - Complexity: O(probes + bootstrap samples × documents).
    public init(
        _ records: [MeasurementRecord], groupedBy fields: [String] = [], alpha: Double = defaultAlpha
    ) throws {
        for (place, record) in records.enumerated() {
            let plan = record.header.plan
            guard !records[..<place].contains(where: { $0.header.plan.target == plan.target }) else {
                throw MeasurementError.sameTarget(plan.target)
            }
            guard let first = records.first, place > 0 else { continue }
            let differences = try Self.differences(first.header.plan, plan)
            guard differences.isEmpty else {
                throw MeasurementError.differentPlans(first.header.plan.target, plan.target, differences: differences)
            }
        }
        self.alpha = alpha
        do throws(StatisticsError) {
            var targets: [TargetSummary] = []
            for record in records { targets.append(try TargetSummary(record, groupedBy: fields, alpha: alpha)) }
            self.targets = targets
            differences = try PairedDifference.all(
                zip(records, targets).map { record, target in
                    TargetProbes(
                        target: target.target,
                        texts: Dictionary(
                            record.documents.map {
                                (ArmedDocument(arm: $0.arm, document: $0.document), $0.sha256)
                            }, uniquingKeysWith: { first, _ in first }), probes: target.probes)
                }, alpha: alpha, seed: records.first?.header.plan.seed ?? 0)
        } catch { throw MeasurementError.statistics(error.description) }
    }

    /// The settings that make two measurements comparable; tokens and models may differ.
    private struct ComparedSettings: Encodable {
        let grid: ProbeGrid
        let instruments: Instruments
        let elicitations: [String]
        let masks: MaskRules
        let threshold: RegurgitationThreshold
        let coveringWords: Int
        let seed: UInt64

        init(_ plan: MeasurementPlan) {
            grid = plan.grid
            instruments = plan.instruments
            elicitations = plan.elicitations.map(\.id.rawValue)
            masks = plan.masks
            threshold = plan.threshold
            coveringWords = plan.coveringWords
            seed = plan.seed
        }
    }

    private static func differences(_ first: MeasurementPlan, _ second: MeasurementPlan) throws -> [String] {
        PlanDifference.keys(
            try CanonicalJSON.encode(ComparedSettings(first)), try CanonicalJSON.encode(ComparedSettings(second)))
    }
}
