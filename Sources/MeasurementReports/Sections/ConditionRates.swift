import PrefixLearning
import Corpus
import Measurement
import Reports

/// Rates by what was put around prefixes, by the prefix's length and by the place in the document.
struct ConditionRates {
    let summary: MeasurementSummary
    let records: [MeasurementRecord]

    /// Most Unicode scalars of a prompt's name that are shown.
    private static let nameLimit = 60

    func write(to page: inout Page) {
        page.heading(2, "Elicitations and conditions")
        page.paragraph(
            """
            A prefix is asked about bare and with whatever prompts were chosen around it, in every length, and a document's \
            opening is told from its inside, because memory is strongest at the start.
            """)
        var table = PageTable([
            .left("Model"), .left("Arm"), .left("Elicitation"), .right("Prefix"), .left("Place"), .right("Probes"),
            .right("Regurgitate"), .right("Whole passage"), .right("Longest run (words)"), .right("Declined"),
            .right("Cut inside a match"), .right("Repeat another document"),
        ])
        for target in summary.targets {
            for cell in target.cells {
                guard let condition = cell.condition else { continue }
                let rates = cell.table
                table.row([
                    .code(target.target.rawValue), .prose(cell.arm.rawValue),
                    "\(code: condition.elicitation.rawValue, limit: Self.nameLimit)", "\(condition.prefixLength)",
                    .prose(condition.place.rawValue), "\(rates.rate(.failed)?.trials ?? 0)",
                    MeasuredNumbers.share(rates.rate(.regurgitates)), MeasuredNumbers.share(rates.rate(.exactSuffix)),
                    MeasuredNumbers.mean(rates.mean(.longestWords)), MeasuredNumbers.share(rates.rate(.refused)),
                    MeasuredNumbers.share(rates.rate(.cutMidMatch)),
                    MeasuredNumbers.share(rates.rate(.repeatsAnother)),
                ])
            }
        }
        page.table(table)
        if let grid = records.first?.header.plan.grid {
            page.paragraph("Prefixes are counted in \(prose: grid.unit.rawValue).")
        }
    }
}
