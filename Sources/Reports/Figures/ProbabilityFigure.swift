import Audit
import Corpus

/// ln p of the scored tokens over documents and windows.
struct ProbabilityFigure {
    let plan: AuditPlan
    let counted: CountedObservations

    /// Most rows per arm; of more documents each row is a group.
    private static let mostRows = 16
    /// Most columns; windows beyond are left out.
    private static let mostColumns = 24

    private struct Group {
        let name: String
        let values: [Double?]
        let isScored: Bool
    }

    /// The drawing, or `nil` when nothing was scored.
    var figure: Figure? {
        let columns = min(
            Self.mostColumns, counted.documents.map { ($0.observations.last?.window ?? -1) &+ 1 }.max() ?? 0)
        guard columns > 0 else { return nil }
        let groups = counted.arms.flatMap { rows($0, columns) }.filter(\.isScored)
        let values = groups.flatMap { $0.values.compactMap(\.self) }.sorted()
        guard let largest = values.last else { return nil }
        // The lightest shade begins where nine of ten values lie above, so that one outlier does not level the rest.
        let lower = min(values[values.count / 10], largest - 1)
        return HeatMap(
            id: "figure-probability", title: "ln p of the first \(plan.scoredTokens) suffix tokens",
            description:
                "One column per window, from the beginning of a document on. Documents are ordered by their mean, "
                + "the easiest to continue at the top of each arm; where an arm has more than \(Self.mostRows) documents, "
                + "a row is a group of neighbours and a cell their mean. The key tells the shades; 0 is certainty.",
            columnTitle: "Window", columns: (0..<columns).map { "\($0)" }, rowTitle: "Documents",
            rows: groups.map { HeatMap.Row(name: $0.name, values: $0.values) }, range: lower...largest,
            label: { ReportNumber.fixed($0, 1) }
        ).figure
    }

    private func rows(_ arm: Arm, _ columns: Int) -> [Group] {
        let scored = counted.documents(of: arm).compactMap { document in document.outcome.meanLn.map { (document, $0) }
        }
        .filter { $0.1.isFinite }
        .sorted { ($1.1, $0.0.outcome.document) < ($0.1, $1.0.outcome.document) }
        .map(\.0)
        guard !scored.isEmpty else { return [] }
        let count = min(Self.mostRows, scored.count)
        return (0..<count).map { index in
            let first = index * scored.count / count
            let end = (index + 1) * scored.count / count
            let members = scored[first..<end]
            var sums = Array(repeating: (total: 0.0, count: 0), count: columns)
            for observation in members.flatMap(\.observations) where (0..<columns).contains(observation.window) {
                guard let score = observation.sighting?.score, score.isPossible,
                    let ln = score.ln(ofFirst: plan.scoredTokens)
                else { continue }
                sums[observation.window].total += ln
                sums[observation.window].count += 1
            }
            let values = sums.map { $0.count > 0 ? $0.total / Double($0.count) : nil }
            let name = members.count == 1 ? "\(arm.rawValue) \(first + 1)" : "\(arm.rawValue) \(first + 1)–\(end)"
            return Group(name: name, values: values, isScored: values.contains { $0 != nil })
        }
    }
}
