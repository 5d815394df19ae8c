import Audit
import Corpus
import Statistics

/// A run as one file for a browser: the verdict first, then what it rests on, then everything needed to check it.
///
/// The words are those of the Markdown report, from the same sections; drawings and the list of documents are added.
struct HTMLReport {
    let analysis: Analysis
    let trail: JournalTrail
    let options: ReportOptions

    private var summary: AnalysisSummary { analysis.summary }

    /// The whole document.
    func text() throws(CanonicalJSONError) -> String {
        let counted = CountedObservations(analysis)
        let browser = AuditDocuments(analysis: analysis, trail: trail, options: options).browser
        let header = analysis.record.header
        var sections: [HTMLFrame.Section] = []
        func add(_ id: String, _ figures: [Figure] = [], _ write: (inout Page) -> Void) {
            var page = Page()
            write(&page)
            sections += page.sections(id: id, figures: figures)
        }
        add("effect", EffectFigure(summary: summary).figures) { NumbersSection(summary: summary).write(to: &$0) }
        add("tests", [SequentialFigure(analysis: analysis).figure].compactMap(\.self)) {
            TestsSection(summary: summary).write(to: &$0)
        }
        add("gates") { GatesSection(gates: summary.gates).write(to: &$0) }
        add("groups") {
            GroupsSection(groups: summary.groups, redaction: options.redaction).write(to: &$0)
        }
        add("evidence") { EvidenceSection(analysis: analysis, redaction: options.redaction).write(to: &$0) }
        sections.append(curves(counted))
        sections.append(
            HTMLFrame.Section(
                id: "documents-list", title: "Documents", body: .joined([sourcesNote, legend, browser.html])))
        add("excluded") { ExcludedSection(header: header, redaction: options.redaction).write(to: &$0) }
        add("plan") { PlanSection(header: header).write(to: &$0) }
        add("servers") {
            ServersSection(header: header, continuations: trail.continuations, redaction: options.redaction)
                .write(to: &$0)
        }
        add("files") { FilesSection(files: header.files, redaction: options.redaction).write(to: &$0) }
        add("run") { RunSection(analysis: analysis, trail: trail).write(to: &$0) }
        return HTMLFrame(
            title: "Memorization audit: \(VerdictSection(analysis: analysis).title)", lead: lead, sections: sections,
            data: try browser.data(),
            footer: .element(
                .p, [],
                """
                Made by \(header.program) from the journal whose last hash is \(trail.extent.lastChain). \
                This page is one file and fetches nothing.
                """)
        ).text
    }

    // MARK: Verdict

    private var lead: HTML {
        let section = VerdictSection(analysis: analysis)
        let decision = summary.decision
        let verdict = decision.verdict
        var numbers: [(String, String)] = [
            ("suspect: a passage came back from", Self.share(decision.suspect))
        ]
        if let control = decision.control { numbers.append(("control: a passage came back from", Self.share(control))) }
        if let test = decision.decisiveTest { numbers.append(("p", ReportNumber.probability(test.pValue))) }
        numbers.append(("error rate α", ReportNumber.setting(percent: summary.plan.alpha)))
        return .element(
            .header, [], .element(.h1, [], "Memorization audit"),
            .element(
                .div, [.class("verdict \(verdict.answer.rawValue)")],
                .element(.p, [.class("answer")], "Verdict: \(section.title)"),
                .element(.p, [], .element(.strong, [], HTML(summary.headline))),
                .element(
                    .dl, [.class("numbers")],
                    numbers.map { name, value in
                        .element(.div, [], .element(.dt, [], HTML(name)), .element(.dd, [], HTML(value)))
                    })),
            Page(blocks: [.list(section.items, numbered: false)]).html)
    }

    private static func share(_ arm: ArmSummary) -> String {
        "\(ReportNumber.count(arm.hits)) of \(ReportNumber.count(arm.documents))"
    }

    // MARK: Curves and documents

    private func curves(_ counted: CountedObservations) -> HTMLFrame.Section {
        let plan = summary.plan
        var figures = [ExtractionFigure(plan: plan, counted: counted).figure].compactMap(\.self)
        figures += LengthFigures(plan: plan, counted: counted).figures
        figures += [ProbabilityFigure(plan: plan, counted: counted).figure].compactMap(\.self)
        return HTMLFrame.Section(
            id: "curves", title: "Curves",
            body: .joined(
                [
                    .element(
                        .p, [],
                        "These curves describe. No test was made on them, and none of them is part of the verdict.")
                ] + figures.map(\.html)))
    }

    private var sourcesNote: HTML {
        if options.redaction.isActive {
            return .element(
                .p, [],
                "Texts, names and token ids are left out of this report: what stands for them are lengths and hashes.")
        }
        let absences = options.sources.absences.sorted { $0.key.rawValue < $1.key.rawValue }
            .filter { absence in analysis.outcomes.contains { $0.arm == absence.key } }
        guard !absences.isEmpty else {
            return .element(
                .p, [],
                "Sources are from the input files, whose sizes and SHA-256 are the recorded ones. Replies are from the journal."
            )
        }
        return .joined(
            absences.map { arm, absence in
                .element(
                    .p, [],
                    "The texts of the \(arm.rawValue) documents are not at hand: \(absence.description). Replies are from the journal."
                )
            })
    }

    private var legend: HTML {
        .element(
            .p, [], "In source and reply, ", .element(.mark, [.class("s")], "underlined words"),
            " stand in both in the same order, ", .element(.mark, [.class("n")], "words with a wavy line"),
            " stand between such words and differ, and ", .element(.mark, [.class("m")], "the others"),
            " match nothing.")
    }
}

extension Page {
    /// The page as sections of the frame, one per heading of the second level, with drawings after the first heading.
    package func sections(id: String, figures: [Figure]) -> [HTMLFrame.Section] {
        var sections: [HTMLFrame.Section] = []
        var blocks: [Block] = []
        var title: String?
        func close() {
            guard let title else { return }
            let isFirst = sections.isEmpty
            let drawings = isFirst ? figures.map(\.html) : []
            sections.append(
                HTMLFrame.Section(
                    id: isFirst ? id : "\(id)-\(sections.count + 1)", title: title,
                    body: .joined(drawings + [Page(blocks: blocks).html(under: title)])))
        }
        for block in self.blocks {
            if case .heading(2, let phrase) = block {
                close()
                (title, blocks) = (phrase.plain, [])
            } else {
                blocks.append(block)
            }
        }
        close()
        return sections
    }
}
