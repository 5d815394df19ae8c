import Corpus
import Statistics

/// Everything that was measured of one model.
public struct TargetSummary: Codable, Sendable {
    /// The rates of one arm under one condition.
    public struct Cell: Codable, Hashable, Sendable {
        /// The arm.
        public let arm: Arm
        /// The condition; `nil` for all together.
        public let condition: ProbeCondition?
        /// The rates and means.
        public let table: RateTable
    }

    /// The name of the model.
    public let target: TargetName
    /// The model, as its servers describe it.
    public let model: String
    /// SHA-256 of the plan.
    public let planHash: String
    /// The hash that ends at the journal's last line.
    public let chain: String
    /// Whether everything was asked.
    public let isFinished: Bool
    /// Probes planned.
    public let planned: Int
    /// Requests sent.
    public let requests: Int
    /// Rates, each arm as a whole first, then by condition.
    public let cells: [Cell]
    /// What the replies were, in the same order.
    public let replyClasses: [ReplyClassCounts]
    /// For each arm the share of documents with a run of at least so many words.
    public let lengthCurves: [LengthCurve]
    /// The numbers of every preset that the plan answers.
    public let presets: [PresetRate]
    /// What came back by metadata field.
    public let groups: [GroupTable]
    /// One row per document, by arm and name.
    public let documents: [DocumentRow]
    /// One row per probe, by arm, document, condition and place.
    public let probes: [ProbeRow]

    /// The rates of an arm under a condition, or of the whole arm.
    public func table(_ arm: Arm, _ condition: ProbeCondition? = nil) -> RateTable? {
        cells.first { $0.arm == arm && $0.condition == condition }?.table
    }

    /// Counts a run.
    ///
    /// - Parameters:
    ///   - record: The run.
    ///   - fields: Metadata fields to group by.
    ///   - alpha: The probability left outside each interval.
    init(_ record: MeasurementRecord, groupedBy fields: [String], alpha: Double) throws(StatisticsError) {
        let plan = record.header.plan
        target = plan.target
        model = plan.model
        planHash = record.header.planHash
        chain = record.chain
        isFinished = record.isFinished
        planned = plan.probeCount
        requests = record.observations.reduce(0) { $0 + ($1.sighting?.requests ?? 0) }

        let byDocument = Dictionary(grouping: record.observations) {
            ArmedDocument(arm: $0.arm, document: $0.document)
        }
        let arms = Arm.allCases.filter { arm in record.documents.contains { $0.arm == arm } }
        let ordered = arms.flatMap { arm in
            record.documents.filter { $0.arm == arm }.sorted { $0.document < $1.document }
        }
        // Documents that a stopped run did not reach say nothing yet.
        let reached = ordered.compactMap { document in
            byDocument[ArmedDocument(arm: document.arm, document: document.document)].map { seen in
                (document, seen.sorted { ($0.condition, $0.start) < ($1.condition, $1.start) })
            }
        }
        let rows = reached.map { (row: DocumentRow($0.0, $0.1), probes: $0.1.map(ProbeRow.init)) }
        documents = rows.map(\.row)
        probes = rows.flatMap(\.probes)

        var cells: [Cell] = []
        var classes: [ReplyClassCounts] = []
        var curves: [LengthCurve] = []
        for arm in arms {
            let members = rows.filter { $0.row.arm == arm }
            let observations = record.observations.filter { $0.arm == arm }
            for condition in [nil] + plan.conditions.map({ Optional($0.condition) }) {
                let probes = members.map { $0.probes.filter { condition == nil || $0.condition == condition } }
                guard probes.contains(where: { !$0.isEmpty }) else { continue }
                cells.append(
                    Cell(
                        arm: arm, condition: condition,
                        table: try RateTable(probes, alpha: alpha, seed: plan.seed)))
                classes.append(
                    ReplyClassCounts(
                        arm: arm, condition: condition,
                        observations.filter { condition == nil || $0.condition == condition }))
            }
            if plan.instruments.generates {
                curves.append(try LengthCurve(arm: arm, members.map(\.row), alpha: alpha))
            }
        }
        self.cells = cells
        replyClasses = classes
        lengthCurves = curves
        var presets: [PresetRate] = []
        for preset in Preset.published {
            presets += try PresetRate.all(preset, of: record, groupedBy: fields, alpha: alpha)
        }
        self.presets = presets
        var groups: [GroupTable] = []
        for field in fields {
            groups.append(try GroupTable(field: field, rows, alpha: alpha, seed: plan.seed))
        }
        self.groups = groups
    }
}
