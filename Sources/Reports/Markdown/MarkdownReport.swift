import Audit

/// A run as one page of CommonMark with tables, for a person who has to judge it and perhaps to defend it.
///
/// The verdict comes first, then the numbers it rests on, then everything needed to check them. Names, replies and
/// error texts of others are shown as code, so that none of them can become markup.
struct MarkdownReport {
    let analysis: Analysis
    let trail: JournalTrail
    var redaction = Redaction.none

    /// The whole page.
    var text: String {
        var page = Page()
        let summary = analysis.summary
        page.heading(1, "Memorization audit")
        VerdictSection(analysis: analysis).write(to: &page)
        NumbersSection(summary: summary).write(to: &page)
        TestsSection(summary: summary).write(to: &page)
        GatesSection(gates: summary.gates).write(to: &page)
        GroupsSection(groups: summary.groups, redaction: redaction).write(to: &page)
        EvidenceSection(analysis: analysis, redaction: redaction).write(to: &page)
        ExcludedSection(header: analysis.record.header, redaction: redaction).write(to: &page)
        PlanSection(header: analysis.record.header).write(to: &page)
        ServersSection(header: analysis.record.header, continuations: trail.continuations, redaction: redaction).write(
            to: &page)
        FilesSection(files: analysis.record.header.files, redaction: redaction).write(to: &page)
        RunSection(analysis: analysis, trail: trail).write(to: &page)
        return page.markdown
    }
}

extension String {
    /// The sentence with a full stop at its end, unless it ends with one.
    var withFullStop: String { hasSuffix(".") ? self : self + "." }
}
