import Corpus
import Measurement
import Reports

/// ln p of the expected passages over documents and places, one map per model that was scored.
struct LikelihoodMaps {
    let summary: MeasurementSummary

    /// Most rows per arm; of more documents each row is a group.
    private static let mostRows = 12
    /// Most columns; of more places each column is a stretch.
    private static let mostColumns = 16

    private var isScored: Bool { summary.targets.contains { $0.probes.contains { $0.ln != nil } } }

    /// The maps.
    var figures: [Figure] { summary.targets.enumerated().compactMap { map($0.element, $0.offset) } }

    func write(to page: inout Page) {
        guard isScored else { return }
        page.heading(2, "How probable the passages are")
        page.paragraph(
            """
            ln p is the logarithm of the probability, in nats, that the model gives the expected passage word for word: 0 is \
            certainty, −0.7 one try in two, −7 one in a thousand. Where scoring was abandoned, the number is an upper \
            bound.
            """)
        var table = PageTable([
            .left("Model"), .left("Arm"), .right("Scored probes"), .right("Only bounded"), .right("Median ln p"),
            .right("Largest ln p"), .right("Likelier than not"),
        ])
        for arm in MeasuredArm.all(summary) {
            let scored = arm.target.probes.filter { $0.arm == arm.arm && $0.ln != nil }
            let lns = scored.compactMap(\.ln).filter(\.isFinite).sorted()
            guard !lns.isEmpty else { continue }
            table.row([
                .code(arm.target.target.rawValue), .prose(arm.arm.rawValue), "\(scored.count)",
                "\(scored.count(where: \.lnIsBound))", .prose(ReportNumber.fixed(lns[lns.count / 2], 2)),
                .prose(ReportNumber.fixed(lns[lns.count - 1], 2)),
                MeasuredNumbers.share(arm.target.table(arm.arm)?.rate(.likelierThanNot)),
            ])
        }
        page.table(table)
    }

    private func map(_ target: TargetSummary, _ number: Int) -> Figure? {
        let scored = target.probes.filter { $0.ln?.isFinite ?? false }
        guard let last = scored.map(\.start).max() else { return nil }
        // Places as they are when there are few, stretches of equal length otherwise.
        let starts = Set(scored.map(\.start)).sorted()
        let step = last / Self.mostColumns + 1
        let columns: [String]
        let column: (Int) -> Int
        if starts.count <= Self.mostColumns {
            let places = Dictionary(uniqueKeysWithValues: starts.enumerated().map { ($0.element, $0.offset) })
            columns = starts.map(ReportNumber.count)
            column = { places[$0] ?? 0 }
        } else {
            columns = (0...last / step).map { ReportNumber.count($0 * step) }
            column = { $0 / step }
        }
        let rows = Arm.allCases.flatMap { arm in
            documentRows(scored.filter { $0.arm == arm }, arm, columns.count, column)
        }
        let values = rows.flatMap { $0.values.compactMap(\.self) }.sorted()
        guard let largest = values.last else { return nil }
        // The lightest shade begins where nine of ten values lie above, so that one outlier does not level the rest.
        let lower = min(values[values.count / 10], largest - 1)
        let name = visible(target.target.rawValue, limit: 80)
        return HeatMap(
            id: "figure-likelihood-\(number)", title: "ln p of the expected passages, \(name)",
            description:
                "One column per place where a prefix begins, all elicitations and prefix lengths together. Documents are "
                + "ordered by their mean, the easiest to continue at the top of each arm; where an arm has more than "
                + "\(Self.mostRows) documents, a row is a group of neighbours and a cell their mean.",
            columnTitle: "Place of the prefix", columns: columns, rowTitle: "Documents", rows: rows,
            range: lower...largest, label: { ReportNumber.fixed($0, 1) }
        ).figure
    }

    private func documentRows(
        _ probes: [ProbeRow], _ arm: Arm, _ columns: Int, _ column: (Int) -> Int
    ) -> [HeatMap.Row] {
        let documents = Dictionary(grouping: probes, by: \.document).map { document, probes in
            (document: document, probes: probes, mean: Self.mean(probes.compactMap(\.ln)) ?? -.infinity)
        }.sorted { ($1.mean, $0.document) < ($0.mean, $1.document) }
        let count = min(Self.mostRows, documents.count)
        return (0..<count).map { index in
            let (first, end) = (index * documents.count / count, (index + 1) * documents.count / count)
            var cells = Array(repeating: [Double](), count: columns)
            for probe in documents[first..<end].flatMap(\.probes) {
                if let ln = probe.ln { cells[min(columns - 1, max(0, column(probe.start)))].append(ln) }
            }
            let name = end - first == 1 ? "\(arm.rawValue) \(first + 1)" : "\(arm.rawValue) \(first + 1)–\(end)"
            return HeatMap.Row(name: name, values: cells.map(Self.mean))
        }
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
