import Audit
import Corpus
import Statistics

/// The table by a metadata field, if one was asked for.
struct GroupsSection {
    /// Most rows that are shown.
    static let mostRows = 200

    let groups: [GroupRow]
    var redaction = Redaction.none

    func write(to page: inout Page) {
        guard !groups.isEmpty else { return }
        page.heading(2, "By metadata field")
        page.paragraph("These rows describe. No test was made on them, and none of them is part of the verdict.")
        var table = PageTable([
            .left("Arm"), .left("Value"), .right("Documents"), .right("Hits"), .right("Rate"),
            .right("\(prose: ReportNumber.setting(percent: ArmSummary.confidence)) interval"), .right("Windows"),
            .right("Reproduced"), .right("Mean ln p"),
        ])
        for group in groups.prefix(Self.mostRows) {
            let summary = group.summary
            let interval = summary.interval
            table.row([
                .prose(group.arm.rawValue), group.value.isEmpty ? "(no value)" : .code(redaction.word(group.value)),
                "\(summary.documents)", "\(summary.hits)", .prose(ReportNumber.percent(summary.rate)),
                .prose("\(ReportNumber.percent(interval.lower)) to \(ReportNumber.percent(interval.upper))"),
                "\(summary.windows)", "\(summary.reproducedWindows)",
                summary.meanLn.map { .prose(ReportNumber.fixed($0, 4)) } ?? "not scored",
            ])
        }
        page.table(table)
        if groups.count > Self.mostRows {
            page.paragraph("\(groups.count - Self.mostRows) more rows are in the JSON report.")
        }
    }
}
