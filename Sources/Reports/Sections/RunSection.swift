import Audit

/// When and how the run was made, and how to check it.
struct RunSection {
    let analysis: Analysis
    let trail: JournalTrail

    func write(to page: inout Page) {
        let record = analysis.record
        page.heading(2, "Run")
        var items: [Phrase] = [
            "Program: \(code: record.header.program)",
            "Begun: \(code: record.header.startedAt)",
        ]
        items += trail.continuations.map { "Continued: \(code: $0.startedAt)" }
        items += [
            "Requests behind the observations: \(analysis.summary.requests)",
            "Observations: \(record.observations.count)",
            "Run directory: \(code: record.directory)",
            "Journal: \(trail.extent.lineCount) lines, \(trail.extent.byteCount) bytes",
            "Last hash of the journal: \(code: trail.extent.lastChain)",
        ]
        if trail.isTorn { items.append("An incomplete line follows the last one; it is not part of this report.") }
        page.list(items)
        page.paragraph("Command line:")
        page.fence(ShellWords.line(record.header.arguments))
        page.heading(2, "How to check this report")
        page.paragraph(
            """
            Every line of the journal carries the hash of the line before it, so the last hash vouches for all of them: \
            a journal with another last hash is not the one that this report was made from. This command verifies \
            the journal and computes every number again, without any server:
            """)
        page.fence(ShellWords.line(["rote", "analyze", record.directory]))
    }
}
