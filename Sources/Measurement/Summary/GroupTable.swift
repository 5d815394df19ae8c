import Corpus
import Statistics

/// How much came back of the documents with one value of a metadata field.
public struct GroupTable: Codable, Hashable, Sendable {
    /// The documents with one value.
    public struct Group: Codable, Hashable, Sendable {
        /// The value, or `nil` for documents without the field.
        public let value: String?
        /// The arm.
        public let arm: Arm
        /// Documents of which any reply regurgitates; every document is one trial.
        public let documents: ClusteredRate
        /// Probes whose first reply regurgitates.
        public let probes: ClusteredRate?
        /// Words of the longest run, averaged.
        public let longestWords: DocumentMean?
        /// The covered part of the documents, averaged.
        public let coveredShare: DocumentMean?
    }

    /// The field, such as `section`, or `date.year`.
    public let field: String
    /// The groups, by value and arm.
    public let groups: [Group]

    init(
        field: String, _ documents: [(row: DocumentRow, probes: [ProbeRow])], alpha: Double, seed: UInt64
    ) throws(StatisticsError) {
        self.field = field
        let grouped = Dictionary(grouping: documents) {
            Key(value: GroupValue(field, in: $0.row.fields), arm: $0.row.arm)
        }
        var groups: [Group] = []
        for key in grouped.keys.sorted() {
            let members = grouped[key] ?? []
            let probes = try ClusteredRate(
                members.map { $0.probes.compactMap { $0[RateTable.Outcome.regurgitates] } }, alpha: alpha)
            groups.append(
                Group(
                    value: key.value.text, arm: key.arm,
                    documents: try ClusteredRate(members.map { [$0.row.isHit] }, alpha: alpha),
                    probes: probes.trials > 0 ? probes : nil,
                    longestWords: try DocumentMean(
                        members.map { $0.probes.compactMap { $0[RateTable.Value.longestWords] } }, alpha: alpha,
                        seed: seed),
                    coveredShare: try DocumentMean(members.map { [$0.row.coveredShare] }, alpha: alpha, seed: seed)))
        }
        self.groups = groups
    }

    private struct Key: Hashable, Comparable {
        let value: GroupValue
        let arm: Arm

        static func < (first: Key, second: Key) -> Bool {
            (first.value, first.arm == .suspect ? 0 : 1) < (second.value, second.arm == .suspect ? 0 : 1)
        }
    }
}
