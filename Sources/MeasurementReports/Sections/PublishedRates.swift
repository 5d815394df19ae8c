import Corpus
import PrefixLearning
import Measurement
import Reports
import Statistics

/// The numbers of published definitions that the plan answers, with what is not stated there and what differs here.
struct PublishedRates {
    let summary: MeasurementSummary

    func write(to page: inout Page) {
        let answered = Preset.published.filter { preset in
            summary.targets.contains { $0.presets.contains { $0.preset == preset.id } }
        }
        guard !answered.isEmpty else { return }
        page.heading(2, "Published definitions")
        page.paragraph(
            """
            Numbers by definitions that others published, so that they can be read beside theirs. The definition is \
            reproduced, not the numbers of the paper, which depend on its data and models as well.
            """)
        for preset in answered { write(preset, to: &page) }
    }

    private func write(_ preset: Preset, to page: inout Page) {
        page.heading(3, "\(code: preset.id.rawValue): \(prose: preset.title)")
        var table = PageTable([
            .left("Model"), .left("Group"), .left("Arm"), .left("Elicitation"), .right("Prefix"), .right("Threshold"),
            .right("Value"), .right("Interval"), .right("Standard deviation"), .right("Probes"), .right("Documents"),
        ])
        for target in summary.targets {
            for rate in target.presets where rate.preset == preset.id {
                for entry in rate.entries {
                    table.row([
                        .code(target.target.rawValue), rate.group.map { .code($0.description) } ?? .prose("all"),
                        .prose(rate.arm.rawValue), .code(rate.elicitation.rawValue),
                        "\(rate.prefixLength)", number(entry.threshold), number(entry.value),
                        interval(entry.interval), number(entry.deviation), "\(rate.probes)", "\(rate.documents)",
                    ])
                }
            }
        }
        page.table(table)
        page.paragraph("Defined by \(prose: preset.citation).")
        page.list(
            preset.notStated.map { "**Not stated there:** \(prose: $0)." }
                + preset.deviations.map { "**Different here:** \(prose: $0)." })
    }

    private func number(_ value: Double?) -> Phrase {
        value.map { .prose(ReportNumber.significant($0, 4)) } ?? MeasuredNumbers.missing
    }

    private func interval(_ interval: ConfidenceInterval?) -> Phrase {
        guard let interval else { return MeasuredNumbers.missing }
        return .prose(
            "\(ReportNumber.significant(interval.lower, 4)) to \(ReportNumber.significant(interval.upper, 4))")
    }
}
