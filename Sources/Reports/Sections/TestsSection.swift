import Audit
import Statistics

/// The tests, the levels they were compared with, and how the verdict follows from them.
struct TestsSection {
    let summary: AnalysisSummary

    private var plan: AuditPlan { summary.plan }
    private var decision: Decision { summary.decision }

    func write(to page: inout Page) {
        page.heading(2, "Tests")
        if decision.verdict.answer == .invalid {
            page.paragraph(
                "A gate did not hold. What is computed here is shown for completeness and supports no conclusion.")
        }
        if decision.control == nil {
            page.paragraph("No test was made, because a test compares the suspect arm with a control arm.")
        } else {
            page.table(table)
            page.paragraph("In a p-value, e-5 stands for × 10⁻⁵. The levels were fixed before the first request.")
            warnings(&page)
        }
        page.heading(3, "What the levels mean")
        page.list(levels)
        page.heading(3, "How the verdict follows")
        page.list(rules, numbered: true)
    }

    private var table: PageTable {
        let sequentialLevel = plan.sequentialLevel
        var table = PageTable([.left(""), .left("pair by pair"), .left("extraction"), .left("likelihood")])
        func row(_ title: Phrase, _ value: (TestResult, Double) -> Phrase) {
            table.row([
                title,
                decision.sequential.flatMap { sequential in sequentialLevel.map { value(sequential.test, $0) } }
                    ?? "not made",
                decision.extraction.map { value($0, plan.extractionLevel) } ?? "not made",
                decision.likelihood.map { value($0, plan.likelihoodLevel) } ?? "not made",
            ])
        }
        table.row([
            "Question", "Does the evidence of the pairs so far decide that suspect documents come back more often?",
            "Do suspect documents have reproduced windows more often?",
            "Are suspect documents easier to continue?",
        ])
        row("Method") { test, _ in "\(prose: test.method)" }
        row("Alternative") { test, _ in "\(prose: Self.alternative(test.alternative))" }
        row("Documents (suspect, control)") { test, _ in
            .prose(test.sampleSizes.map { ReportNumber.count(Int(clamping: $0)) }.joined(separator: " and "))
        }
        row("p") { test, _ in "\(prose: ReportNumber.probability(test.pValue))" }
        row("ln p") { test, _ in "\(prose: ReportNumber.ln(test.pValue))" }
        table.row([
            "Level", .prose(sequentialLevel.map { ReportNumber.setting($0) } ?? "–"),
            .prose(ReportNumber.setting(plan.extractionLevel)),
            .prose(ReportNumber.setting(plan.likelihoodLevel)),
        ])
        row("p is at or below the level") { test, level in test.rejects(at: level) ? "**yes**" : "no" }
        row("Guarantee") { test, _ in "\(prose: test.exactness.guarantee)" }
        return table
    }

    private static func alternative(_ alternative: Alternative) -> String {
        switch alternative {
        case .greater: "suspect is larger"
        case .less: "suspect is smaller"
        case .twoSided: "either is larger"
        }
    }

    private func warnings(_ page: inout Page) {
        var items: [Phrase] = []
        for (name, test) in [("Extraction", decision.extraction), ("Likelihood", decision.likelihood)] {
            items += (test?.warnings ?? []).map { "\(prose: name) test: \(prose: $0.description.withFullStop)" }
        }
        if let sequential = decision.sequential, sequential.hasStopped {
            items.append(
                """
                The run ended early, because pair \(prose: ReportNumber.count(sequential.pairs)) of \
                \(prose: ReportNumber.count(sequential.pairsPlanned)) decided; the tests that look once at all documents \
                were therefore not made.
                """)
        } else if decision.likelihood == nil {
            items.append(
                plan.staging == .generationOnly
                    ? "The likelihood test was not made, because the plan asks for text only."
                    : "The likelihood test was not made, because an arm has no scored document.")
        }
        page.list(items)
    }

    private var levels: [Phrase] {
        let alpha = ReportNumber.setting(percent: plan.alpha)
        let extraction = ReportNumber.setting(percent: plan.extractionLevel)
        let likelihood = ReportNumber.setting(percent: plan.likelihoodLevel)
        var items: [Phrase] = [
            """
            α = \(prose: alpha): of audits of a model to which suspect and control documents are interchangeable, at most \
            this share ends with the verdict memorized.
            """,
            """
            Of it, \(prose: extraction) is for the extraction test: at most this share of such audits ends so because, by \
            chance alone, suspect documents come back more often than controls.
            """,
            """
            The other \(prose: likelihood) is for the likelihood test: at most this share of such audits ends so because, by \
            chance alone, suspect documents look easier to continue than controls.
            """,
        ]
        if let level = plan.sequentialLevel {
            items.insert(
                """
                As much again, \(prose: ReportNumber.setting(percent: level)), is for the test pair by pair, which may decide \
                after any pair: at most this share of such audits ever reaches its bound, however often it is looked at.
                """, at: 2)
        }
        if decision.likelihood == nil { items.append("A share whose test is not made is left unspent.") }
        return items
    }

    private var rules: [Phrase] {
        let delta = ReportNumber.setting(percent: plan.delta)
        return [
            "A gate that does not hold makes the verdict invalid.",
            "Without control documents the verdict is inconclusive.",
            """
            If the test pair by pair decides, the run ends there and the verdict is memorized, by extraction.
            """,
            "If the p-value of the extraction test is at or below its level, the verdict is memorized, by extraction.",
            """
            Otherwise, if the p-value of the likelihood test is at or below its level, the verdict is memorized, by \
            likelihood.
            """,
            """
            Otherwise, if the upper bound of the suspect rate is below δ = \(prose: delta), the verdict is not \
            extractable.
            """,
            "Otherwise the verdict is inconclusive.",
        ]
    }
}
