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

    /// The ending of a field's name that asks for the first four digits of its value alone.
    public static let yearSuffix = ".year"

    init(
        field: String, _ documents: [(row: DocumentRow, probes: [ProbeRow])], alpha: Double, seed: UInt64
    ) throws(StatisticsError) {
        self.field = field
        let grouped = Dictionary(grouping: documents) {
            Key(value: Self.value(of: field, in: $0.row.fields), arm: $0.row.arm)
        }
        var groups: [Group] = []
        for key in grouped.keys.sorted() {
            let members = grouped[key] ?? []
            let probes = try ClusteredRate(
                members.map { $0.probes.compactMap { $0[RateTable.Outcome.regurgitates] } }, alpha: alpha)
            groups.append(
                Group(
                    value: key.value, arm: key.arm,
                    documents: try ClusteredRate(members.map { [$0.row.isHit] }, alpha: alpha),
                    probes: probes.trials > 0 ? probes : nil,
                    longestWords: try DocumentMean(
                        members.map { $0.probes.compactMap { $0[RateTable.Value.longestWords] } }, alpha: alpha,
                        seed: seed),
                    coveredShare: try DocumentMean(members.map { [$0.row.coveredShare] }, alpha: alpha, seed: seed)))
        }
        self.groups = groups
    }

    /// The value by which a document is grouped.
    static func value(of field: String, in fields: [String: String]) -> String? {
        if let value = fields[field] { return value }
        guard field.hasSuffix(yearSuffix), let date = fields[String(field.dropLast(yearSuffix.count))] else {
            return nil
        }
        let digits = date.prefix(4)
        return digits.utf8.count == 4 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(digits) : nil
    }

    private struct Key: Hashable, Comparable {
        let value: String?
        let arm: Arm

        /// Numbers come in their order before other values, and what has no value comes last.
        private var order: (Int, Double, String, Int) {
            let arm = arm == .suspect ? 0 : 1
            guard let value else { return (2, 0, "", arm) }
            if let number = Double(value), number.isFinite { return (0, number, value, arm) }
            return (1, 0, value, arm)
        }

        static func < (first: Key, second: Key) -> Bool { first.order < second.order }
    }
}
