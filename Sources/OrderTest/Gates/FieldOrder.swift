import Corpus
import Statistics

/// Looks for fields of the documents by which the published order is sorted or grouped.
struct FieldOrder {
    /// Probability that this gate fails for an order that was drawn at random, at most (but for an approximation).
    static let level = 0.01
    /// The name by which the documents' names are known here.
    static let id = "id"
    /// The name of the text's length in bytes.
    static let length = "length"

    private let findings: [(field: String, trend: PositionTrend)]
    private let ignored: [String]

    /// Examines names, lengths, and every field that at least half of the documents have.
    init(_ documents: [Document], ignoring ignored: [String]) {
        var fields: [(String, [Double])] = []
        // A document without a name of its own is called after its place in the file.
        if documents.contains(where: { $0.id.rawValue != $0.source.description }) {
            fields.append(
                (Self.id, PositionTrend.ranks(documents.map { Array($0.id.rawValue.utf8) }, by: NaturalOrder.precedes)))
        }
        fields.append((Self.length, PositionTrend.ranks(documents.map(\.text.utf8.count), by: <)))
        let keys = Set(documents.flatMap { $0.metadata.entries.map { Array($0.key.utf8) } })
        for bytes in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let key = String(decoding: bytes, as: UTF8.self)
            let values = documents.map { $0.metadata[key] }
            guard values.count(where: { $0 != nil }) * 2 >= documents.count else { continue }
            fields.append((key, Self.ranks(values)))
        }
        findings = fields.filter { field in !ignored.contains { $0.utf8.elementsEqual(field.0.utf8) } }
            .compactMap { field, ranks in PositionTrend(ranks: ranks).map { (field, $0) } }
        self.ignored = ignored
    }

    /// Ranks of metadata values; documents without a value come first.
    private static func ranks(_ values: [MetadataValue?]) -> [Double] {
        let numbers = values.map { value in value.map(number) }
        if numbers.allSatisfy({ $0 == nil || $0?.isFinite == true }) {
            return PositionTrend.ranks(numbers.map { $0 ?? -.infinity }, by: <)
        }
        return PositionTrend.ranks(values.map { Array(($0.map(text) ?? "").utf8) }, by: NaturalOrder.precedes)
    }

    /// The number that a value is or spells, or NaN.
    private static func number(_ value: MetadataValue) -> Double {
        switch value {
        case .number(let number): number
        case .bool(let truth): truth ? 1 : 0
        case .string(let text), .json(let text): Double(text).flatMap { $0.isFinite ? $0 : nil } ?? .nan
        }
    }

    private static func text(_ value: MetadataValue) -> String {
        switch value {
        case .string(let text), .json(let text): text
        case .number(let number): "\(number)"
        case .bool(let truth): truth ? "true" : "false"
        }
    }

    /// The fields that are not in a random order, by Holm's procedure over all fields and both kinds of order.
    private var sorted: [(field: String, what: String, p: LogProbability)] {
        let adjusted = adjustedPValues(
            findings.flatMap { [$0.trend.trendP, $0.trend.clusteringP] }, correction: .holm)
        var found: [(String, String, LogProbability)] = []
        for (index, finding) in findings.enumerated() {
            let (trendP, clusteringP) = (adjusted[2 * index], adjusted[2 * index + 1])
            guard min(trendP, clusteringP).value <= Self.level else { continue }
            let what =
                trendP <= clusteringP
                ? "\(finding.trend.trend > 0 ? "rises" : "falls") along the file" : "is alike in neighbours"
            found.append((finding.field, what, min(trendP, clusteringP)))
        }
        return found
    }

    /// The finding.
    var gate: OrderGate {
        let sorted = sorted
        let declared =
            ignored.isEmpty ? "" : "; not looked at, as declared: \(ignored.joined(separator: ", "))"
        let detail =
            sorted.isEmpty
            ? "looked at \(findings.map(\.field).joined(separator: ", "))" + declared
            : sorted.prefix(5).map { "\($0.field) \($0.what) (p = \($0.p))" }.joined(separator: ", ")
                + (sorted.count > 5 ? " and \(sorted.count - 5) more fields" : "") + declared
        return OrderGate(
            .looksRandom, passed: sorted.isEmpty, detail,
            remedy:
                "an order that follows a field proves nothing, because documents that belong together are easier to go "
                + "on with for every model; if a field was only numbered after the documents had been put in a random "
                + "order, say so with --ignore-field")
    }
}
