import Corpus
import Measurement
import Reports

/// ln p of the expected passages over documents and places, one map per model that was scored.
struct LikelihoodMaps {
    let summary: MeasurementSummary
    /// From the beginning of one window to the next.
    let stride: Int

    /// Most rows per arm; of more documents each row is a group.
    private static let mostRows = 12
    /// Most columns; of more places each column is a stretch.
    private static let mostColumns = 16

    private var isScored: Bool { summary.targets.contains { $0.probes.contains { $0.ln != nil } } }

    /// The maps, all with the same shades, so that models can be compared by eye.
    var figures: [Figure] {
        let maps = summary.targets.map { self.rows(of: $0) }
        let values = maps.flatMap(\.self).flatMap { $0.values.compactMap(\.self) }.sorted()
        guard let largest = values.last else { return [] }
        // The lightest shade begins where nine of ten values lie above, so that one outlier does not level the rest.
        let range = min(values[values.count / 10], largest - 1)...largest
        return zip(summary.targets, maps).enumerated().compactMap { number, map in
            map.1.isEmpty ? nil : figure(map.0, number, map.1, range)
        }
    }

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

    /// Where the columns begin: a whole number of windows apart.
    private var starts: [Int] {
        let last = summary.targets.flatMap(\.probes).filter { $0.ln != nil }.map(\.start).max() ?? 0
        let unit = max(1, stride)
        return Array(Swift.stride(from: 0, through: last, by: (last / unit / Self.mostColumns + 1) * unit))
    }

    private func figure(
        _ target: TargetSummary, _ number: Int, _ rows: [HeatMap.Row], _ range: ClosedRange<Double>
    ) -> Figure {
        HeatMap(
            id: "figure-likelihood-\(number)",
            title: "ln p of the expected passages, \(visible(target.target.rawValue, limit: 80))",
            description:
                "One column per stretch of places where a prefix begins, all elicitations and prefix lengths together. "
                + "Documents are ordered by their mean, the easiest to continue at the top of each arm; where an arm has "
                + "more than \(Self.mostRows) documents, a row is a group of neighbours and a cell their mean. The shades "
                + "are the same for all models.",
            columnTitle: "Place of the prefix, from", columns: starts.map(ReportNumber.count), rowTitle: "Documents",
            rows: rows, range: range, label: { ReportNumber.fixed($0, 1) }
        ).figure
    }

    private func rows(of target: TargetSummary) -> [HeatMap.Row] {
        let scored = target.probes.filter { $0.ln?.isFinite ?? false }
        let starts = starts
        let step = starts.count > 1 ? starts[1] : 1
        return Arm.allCases.flatMap { arm in
            documentRows(scored.filter { $0.arm == arm }, arm, starts.count) { $0 / step }
        }
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
