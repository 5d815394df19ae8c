import Statistics
import Corpus
import Measurement
import Reports

/// How many probes and documents came back, for every model and arm.
struct RegurgitationRates {
    let summary: MeasurementSummary

    private var arms: [MeasuredArm] { MeasuredArm.all(summary) }

    /// The rates with their intervals; nothing when no text was generated.
    var figures: [Figure] {
        let rows = arms.compactMap { arm -> ForestPlot.Row? in
            guard let rate = arm.target.table(arm.arm)?.rate(.regurgitates), let share = rate.share else { return nil }
            return ForestPlot.Row(
                name: arm.name(among: summary.targets.count), estimate: share * 100,
                lower: (rate.interval?.lower ?? share) * 100, upper: (rate.interval?.upper ?? share) * 100,
                method: rate.interval?.method.title ?? "none: fewer than two documents")
        }
        guard !rows.isEmpty else { return [] }
        return [
            ForestPlot(
                id: "figure-rates", title: "Probes that regurgitate",
                description: "Each square is a rate, each line its \(MeasuredNumbers.percent(1 - summary.alpha)) % "
                    + "interval over documents.",
                xTitle: "Probes that regurgitate (%)", rows: rows, marks: [.init(value: 0, name: "none")],
                label: { ReportNumber.setting($0.roundedToTenths) }
            ).figure
        ]
    }

    func write(to page: inout Page) {
        page.heading(2, "How much came back")
        var table = PageTable([
            .left("Model"), .left("Arm"), .right("Documents with a hit"), .right("Probes that regurgitate"),
            .right("Whole passage"), .right("Longest run (words)"), .right("Longest run (characters)"),
            .right("Nearly verbatim (words)"), .right("A sample regurgitates"), .right("Likelier than not"),
            .right("Failed"),
        ])
        for arm in arms {
            let rates = arm.target.table(arm.arm)
            let documents = arm.documents
            table.row([
                .code(arm.target.target.rawValue), .prose(arm.arm.rawValue),
                "\(documents.count(where: \.isHit)) of \(documents.count)",
                MeasuredNumbers.share(rates?.rate(.regurgitates)), MeasuredNumbers.share(rates?.rate(.exactSuffix)),
                MeasuredNumbers.mean(rates?.mean(.longestWords)),
                MeasuredNumbers.mean(rates?.mean(.longestCharacters)),
                MeasuredNumbers.mean(rates?.mean(.nearVerbatimWords)),
                MeasuredNumbers.share(rates?.rate(.anySampleRegurgitates)),
                MeasuredNumbers.share(rates?.rate(.likelierThanNot)), MeasuredNumbers.share(rates?.rate(.failed)),
            ])
        }
        page.table(table)
        page.paragraph(
            """
            A document is hit when any of its replies regurgitates, samples among them; the rates of probes are those of \
            the first reply. Lengths are means over documents of their means over probes. Likelier than not: one sample \
            at temperature 1 gives the passage back with a probability of at least a half. A dash stands for what was \
            not asked.
            """)
    }
}
