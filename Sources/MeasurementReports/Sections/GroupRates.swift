import Corpus
import Measurement
import Reports

/// What came back by metadata field.
struct GroupRates {
    let summary: MeasurementSummary

    func write(to page: inout Page) {
        guard summary.targets.contains(where: { !$0.groups.isEmpty }) else { return }
        page.heading(2, "Groups")
        for field in summary.targets.first?.groups.map(\.field) ?? [] {
            page.heading(3, "By \(code: field)")
            var table = PageTable([
                .left("Value"), .left("Model"), .left("Arm"), .right("Documents with a hit"),
                .right("Probes that regurgitate"), .right("Longest run (words)"), .right("Covered"),
            ])
            for target in summary.targets {
                for row in target.groups.first(where: { $0.field == field })?.groups ?? [] {
                    table.row([
                        row.value.map { .code($0) } ?? "(none)", .code(target.target.rawValue),
                        .prose(row.arm.rawValue), MeasuredNumbers.share(row.documents),
                        MeasuredNumbers.share(row.probes), MeasuredNumbers.mean(row.longestWords),
                        MeasuredNumbers.percentMean(row.coveredShare),
                    ])
                }
            }
            page.table(table)
        }
        page.paragraph(
            """
            Covered is the part of a document's words that stand in runs of the plan's covering length, all replies \
            together, each place once. Many groups make some of them stand out by chance.
            """)
    }
}
