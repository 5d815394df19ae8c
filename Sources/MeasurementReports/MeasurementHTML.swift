import Audit
import Corpus
import Measurement
import Reports

/// A measurement as one file for a browser: what came back first, then by length, reply, condition and group, then
/// everything needed to check it.
struct MeasurementHTML {
    private let report: MeasurementReport
    private let summary: MeasurementSummary

    init(_ report: MeasurementReport) {
        self.report = report
        summary = report.shownSummary
    }

    /// The whole document.
    func text() throws(CanonicalJSONError) -> String {
        let browser = MeasuredDocuments(report: report, summary: summary).browser
        var sections: [HTMLFrame.Section] = []
        func add(_ id: String, _ figures: [Figure] = [], _ write: (inout Page) -> Void) {
            var page = Page()
            write(&page)
            sections += page.sections(id: id, figures: figures)
        }
        let rates = RegurgitationRates(summary: summary)
        add("rates", rates.figures) { rates.write(to: &$0) }
        let lengths = RunLengths(summary: summary, threshold: threshold)
        add("lengths", lengths.figures) { lengths.write(to: &$0) }
        let replies = ReplyClasses(summary: summary)
        add("replies", replies.figures) { replies.write(to: &$0) }
        add("conditions") { ConditionRates(summary: summary, records: report.records).write(to: &$0) }
        add("groups") { GroupRates(summary: summary).write(to: &$0) }
        add("presets") { PublishedRates(summary: summary).write(to: &$0) }
        let likelihood = LikelihoodMaps(
            summary: summary, stride: report.records.first?.header.plan.grid.stride ?? 1)
        add("likelihood", likelihood.figures) { likelihood.write(to: &$0) }
        add("differences", ModelDifferences(summary: summary).figures) {
            ModelDifferences(summary: summary).write(to: &$0)
        }
        sections.append(
            HTMLFrame.Section(
                id: "documents-list", title: "Documents",
                body: .joined([MeasuredDocuments.legend(report.options), browser.html])))
        add("making") { MeasurementMaking(report: report, summary: summary).write(to: &$0) }
        let chains = summary.targets.map(\.chain).joined(separator: ", ")
        return HTMLFrame(
            title: "Verbatim regurgitation: \(names)", lead: lead, sections: sections, data: try browser.data(),
            footer: .element(
                .p, [],
                """
                Made by \(report.records.first?.header.program ?? "rote") from the journals whose last hashes are \
                \(chains). This page is one file and fetches nothing.
                """)
        ).text
    }

    private var names: String {
        summary.targets.map { visible($0.target.rawValue, limit: 80) }.joined(separator: ", ")
    }

    private var threshold: RegurgitationThreshold { report.records.first?.header.plan.threshold ?? .standard }

    // MARK: What came back

    private var lead: HTML {
        let boxes = summary.targets.map { target in
            HTML.element(
                .div, [.class("verdict")],
                .element(.p, [.class("answer")], HTML(visible(target.target.rawValue, limit: 80))),
                .element(.p, [], .element(.strong, [], HTML(sentence(target)))),
                .element(
                    .dl, [.class("numbers")],
                    numbers(target).map { name, value in
                        .element(.div, [], .element(.dt, [], HTML(name)), .element(.dd, [], HTML(value)))
                    }))
        }
        var page = Page()
        page.list([
            """
            **Regurgitates** means: the longest run that a reply shares with its document has at least \
            \(threshold.words) words, \(threshold.characters) characters or \(threshold.tokens) tokens, or the reply \
            gives the whole expected passage back.
            """,
            """
            **What this says:** how much of these documents these models gave back, asked in these ways, with intervals \
            in which documents, not probes, are the independent units.
            """,
            """
            **What it does not say:** no test was made of whether that is more than chance; \(code: "rote audit") tests that. A \
            low rate does not show that a model was not trained on a text, only that it did not come back this way.
            """,
        ])
        return .element(
            .header, [],
            [.element(.h1, [], "Verbatim regurgitation"), .element(.div, [.class("pair")], boxes), page.html])
    }

    private func sentence(_ target: TargetSummary) -> String {
        let parts = Arm.allCases.compactMap { arm -> String? in
            let documents = target.documents.filter { $0.arm == arm }
            guard !documents.isEmpty else { return nil }
            return "\(ReportNumber.count(documents.count(where: \.isHit))) of "
                + "\(ReportNumber.count(documents.count)) \(arm.rawValue) documents"
        }
        guard !parts.isEmpty else { return "Nothing was answered yet." }
        let state = target.isFinished ? "" : " The measurement is not finished."
        return "A passage came back from \(parts.joined(separator: " and ")).\(state)"
    }

    private func numbers(_ target: TargetSummary) -> [(String, String)] {
        var numbers: [(String, String)] = []
        for arm in Arm.allCases {
            guard let table = target.table(arm) else { continue }
            if let rate = table.rate(.regurgitates), let share = rate.share {
                numbers.append(("\(arm.rawValue): probes that regurgitate", "\(MeasuredNumbers.percent(share)) %"))
            } else if let rate = table.rate(.likelierThanNot), let share = rate.share {
                numbers.append(
                    ("\(arm.rawValue): passages likelier than not", "\(MeasuredNumbers.percent(share)) %"))
            }
            if let longest = target.documents.filter({ $0.arm == arm }).map(\.longestWords).max(), longest > 0 {
                numbers.append(("\(arm.rawValue): longest run", "\(ReportNumber.count(longest)) words"))
            }
        }
        numbers.append(
            ("probes", "\(ReportNumber.count(target.probes.count)) of \(ReportNumber.count(target.planned))"))
        return numbers
    }
}
