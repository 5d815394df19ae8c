import Statistics
import Corpus
import Measurement
import Reports

/// How models differ on the same probes of the same documents, pair by pair.
struct ModelDifferences {
    let summary: MeasurementSummary

    /// Most pairs that are drawn.
    private static let mostRows = 20

    /// The differences of rates; nothing for one model.
    var figures: [Figure] {
        let rows = summary.differences.filter { $0.quantity == .regurgitation }.prefix(Self.mostRows).map { pair in
            ForestPlot.Row(
                name: "\(pair.arm.rawValue): \(Self.short(pair.first)) − \(Self.short(pair.second))",
                estimate: pair.difference * 100, lower: (pair.interval?.lower ?? pair.difference) * 100,
                upper: (pair.interval?.upper ?? pair.difference) * 100,
                method: pair.interval?.method.title ?? "none: too few documents, or no difference between them")
        }
        guard !rows.isEmpty else { return [] }
        return [
            ForestPlot(
                id: "figure-differences", title: "Differences between models",
                description:
                    "The first model's rate of regurgitation minus the second's on the same probes; the line is "
                    + "the interval over documents, where there is one.",
                xTitle: "Difference in percentage points", rows: rows, marks: [.init(value: 0, name: "no difference")],
                label: { ReportNumber.signed($0, 1) }
            ).figure
        ]
    }

    func write(to page: inout Page) {
        guard !summary.differences.isEmpty else { return }
        page.heading(2, "Models side by side")
        page.paragraph(
            """
            Only probes of which prefix and passage are the same bytes of the same text are compared, so a difference is one \
            of models and not of texts.
            """)
        var table = PageTable([
            .left("First"), .left("Second"), .left("Arm"), .left("Quantity"), .right("Documents"), .right("Probes"),
            .right("Without a partner"), .right("First minus second"), .right("Interval"),
            .right("p, sign flips, after Holm"), .right("Only first, only second"), .right("p, McNemar"),
        ])
        for pair in summary.differences {
            let scale = pair.quantity == .regurgitation ? 100.0 : 1
            let interval = pair.interval.map {
                "\(ReportNumber.signed($0.lower * scale, 1)) to \(ReportNumber.signed($0.upper * scale, 1))"
            }
            table.row([
                .code(pair.first.rawValue), .code(pair.second.rawValue), .prose(pair.arm.rawValue),
                .prose(pair.quantity == .regurgitation ? "regurgitation, percentage points" : "longest run, words"),
                "\(pair.documents)", "\(pair.probes)", "\(pair.unpairedProbes)",
                .prose(ReportNumber.signed(pair.difference * scale, 1)),
                interval.map { .prose($0) } ?? MeasuredNumbers.missing,
                .prose(ReportNumber.probability(pair.adjusted)),
                pair.discordant.map { "\($0.firstOnly), \($0.secondOnly)" } ?? MeasuredNumbers.missing,
                pair.discordant.map { .prose(ReportNumber.probability($0.test.pValue)) } ?? MeasuredNumbers.missing,
            ])
        }
        page.table(table)
    }

    private static func short(_ name: TargetName) -> String { visible(name.rawValue, limit: 11) }
}
