import Corpus
import Overlap
import PrefixLearning
import Statistics

/// The published number of a preset, computed from a run's observations.
public struct PresetRate: Codable, Hashable, Sendable {
    /// One number of it.
    public struct Entry: Codable, Hashable, Sendable {
        /// The threshold that a value had to reach; `nil` for means.
        public let threshold: Double?
        /// The number.
        public let value: Double
        /// Its interval over documents, where there is one.
        public let interval: ConfidenceInterval?
        /// The standard deviation over probes or documents, where the number is a mean.
        public let deviation: Double?
    }

    /// The documents with one value of a metadata field.
    public struct Group: Codable, Hashable, Sendable, CustomStringConvertible {
        /// The field.
        public let field: String
        /// The value, or `nil` for documents without the field.
        public let value: String?

        /// The field and the value, as in `section: sport`.
        public var description: String { "\(field): \(value ?? "(none)")" }
    }

    /// The preset.
    public let preset: Preset.ID
    /// The documents that were counted; `nil` for the whole arm.
    public let group: Group?
    /// The arm.
    public let arm: Arm
    /// What was put around the prefixes.
    public let elicitation: PromptID
    /// The length of the prefix, in units of the grid.
    public let prefixLength: Int
    /// Probes with an answer.
    public let probes: Int
    /// Documents that they are of.
    public let documents: Int
    /// The numbers, one per threshold.
    public let entries: [Entry]

    /// Computes a preset's numbers for each arm, elicitation and prefix length, and then again for each group.
    ///
    /// - Parameters:
    ///   - preset: The definition.
    ///   - record: A run whose plan answers it.
    ///   - fields: Metadata fields to group by.
    ///   - alpha: The probability left outside each interval.
    /// - Returns: Nothing when the plan does not answer the preset.
    /// - Throws: `StatisticsError` for `alpha` out of range.
    public static func all(
        _ preset: Preset, of record: MeasurementRecord, groupedBy fields: [String] = [], alpha: Double = 0.05
    ) throws(StatisticsError) -> [PresetRate] {
        guard preset.isAnswered(by: record.header.plan) else { return [] }
        var rates = try all(preset, of: record.documents, in: record, group: nil, alpha: alpha)
        for field in fields {
            let groups = Dictionary(grouping: record.documents) { GroupValue(field, in: $0.fields) }
            for value in groups.keys.sorted() {
                rates += try all(
                    preset, of: groups[value] ?? [], in: record, group: Group(field: field, value: value.text),
                    alpha: alpha)
            }
        }
        return rates
    }

    private static func all(
        _ preset: Preset, of documents: [MeasuredDocumentRecord], in record: MeasurementRecord, group: Group?,
        alpha: Double
    ) throws(StatisticsError) -> [PresetRate] {
        var rates: [PresetRate] = []
        let lengths = Dictionary(
            documents.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0.words) },
            uniquingKeysWith: { first, _ in first })
        let answered = record.observations.filter {
            $0.sighting != nil && lengths[ArmedDocument(arm: $0.arm, document: $0.document)] != nil
        }
        let cells = Dictionary(grouping: answered) {
            Cell(arm: $0.arm, elicitation: $0.condition.elicitation, prefixLength: $0.condition.prefixLength)
        }
        for cell in cells.keys.sorted() {
            let documents = Dictionary(grouping: cells[cell] ?? [], by: \.document).sorted { $0.key < $1.key }.map {
                MeasuredProbes(
                    words: lengths[ArmedDocument(arm: cell.arm, document: $0.key)] ?? 0,
                    sightings: $0.value.compactMap(\.sighting))
            }
            rates.append(
                PresetRate(
                    preset: preset.id, group: group, arm: cell.arm, elicitation: cell.elicitation,
                    prefixLength: cell.prefixLength,
                    probes: documents.reduce(0) { $0 + $1.sightings.count }, documents: documents.count,
                    entries: try entries(preset, documents, alpha: alpha, seed: record.header.plan.seed)))
        }
        return rates
    }

    private struct Cell: Hashable, Comparable {
        let arm: Arm
        let elicitation: PromptID
        let prefixLength: Int

        static func < (first: Cell, second: Cell) -> Bool {
            // The suspects come first.
            (first.arm == .suspect ? 0 : 1, first.elicitation, first.prefixLength)
                < (second.arm == .suspect ? 0 : 1, second.elicitation, second.prefixLength)
        }
    }

    private struct MeasuredProbes {
        let words: Int
        let sightings: [MeasurementSighting]

        var firstReplies: [MeasuredReply] { sightings.compactMap(\.replies.first) }
    }

    private static func entries(
        _ preset: Preset, _ documents: [MeasuredProbes], alpha: Double, seed: UInt64
    ) throws(StatisticsError) -> [Entry] {
        let values = documents.map { $0.sightings.compactMap { preset.metric.value(of: $0) } }
        var entries: [Entry] = []
        switch preset.quantity {
        case .probeShare(let thresholds):
            for threshold in thresholds {
                let rate = try ClusteredRate(values.map { $0.map { $0 >= threshold } }, alpha: alpha)
                entries += rate.entry(threshold: threshold)
            }
        case .documentShare(let thresholds):
            for threshold in thresholds {
                let rate = try ClusteredRate(
                    values.filter { !$0.isEmpty }.map { [$0.contains { $0 >= threshold }] }, alpha: alpha)
                entries += rate.entry(threshold: threshold)
            }
        case .probeMean:
            entries += try DocumentMean(values, alpha: alpha, seed: seed)?.entry() ?? []
        case .documentCoverage:
            let shares = documents.filter { $0.words > 0 }.map { document in
                let runs = document.firstReplies.flatMap { $0.overlap.blocks.flatMap(\.runs) }
                return [Double(CountedPlaces(runs).count) / Double(document.words)]
            }
            entries += try DocumentMean(shares, alpha: alpha, seed: seed)?.entry() ?? []
        case .documentTotal(let least):
            let totals = documents.map { document in
                let blocks = document.firstReplies.flatMap { $0.overlap.blocks.map(\.scalars) }
                return [Double(CountedPlaces(blocks.filter { Double($0.count) >= least }).count)]
            }
            entries += try DocumentMean(totals, alpha: alpha, seed: seed)?.entry() ?? []
        }
        return entries
    }
}

extension ClusteredRate {
    fileprivate func entry(threshold: Double) -> [PresetRate.Entry] {
        share.map {
            [PresetRate.Entry(threshold: threshold, value: $0, interval: interval, deviation: nil)]
        } ?? []
    }
}

extension DocumentMean {
    fileprivate func entry() -> [PresetRate.Entry] {
        [PresetRate.Entry(threshold: nil, value: mean, interval: interval, deviation: deviation)]
    }
}

extension Preset.Metric {
    /// What a probe's first reply, or its score, gives; `nil` when it was not asked for.
    func value(of sighting: MeasurementSighting) -> Double? {
        let overlap = sighting.replies.first?.overlap
        switch self {
        case .exactSuffix: return overlap.map { $0.repetition.isWholeSuffix ? 1 : 0 }
        case .tokenAccuracy: return overlap?.tokenAccuracy.fraction
        case .suffixProbability: return sighting.score?.provenProbability
        case .longestCharacters: return overlap.map { Double($0.longestCharacters) }
        case .longestWords: return overlap.map { Double($0.longestWords) }
        case .rougeL: return overlap?.rougeL.f1
        case .nearVerbatimWords: return overlap.map { Double($0.blocks.reduce(0) { $0 + $1.matchedWords }) }
        case .nearVerbatimCharacters: return overlap.map { Double($0.blocks.reduce(0) { $0 + $1.scalars.count }) }
        }
    }
}
