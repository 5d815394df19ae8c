import Audit

/// The answer, why, what it shows and what it does not.
struct VerdictSection {
    let analysis: Analysis

    func write(to page: inout Page) {
        page.heading(2, "Verdict: \(prose: title)")
        page.paragraph("**\(prose: analysis.summary.headline)**")
        page.list(items)
    }

    /// Why, what it shows and what it does not.
    var items: [Phrase] {
        let summary = analysis.summary
        let verdict = summary.decision.verdict
        var items: [Phrase] = [
            "**Verdict:** \(code: verdict.answer.rawValue)",
            "**Evidence:** \(prose: verdict.evidence.meaning).",
            "**Reason:** \(prose: verdict.reason.withFullStop)",
            "**What this shows:** \(prose: verdict.proves.withFullStop)",
        ]
        if verdict.answer == .invalid {
            items.append(
                "**What this does not show:** whether the model memorized the corpus; it speaks neither for nor against."
            )
            items += summary.gates.filter { !$0.passed }.map { gate in
                "**What to do:** (\(code: gate.gate.rawValue)) \(prose: gate.remedy.withFullStop)"
            }
        } else {
            items.append("**What this does not show:** \(prose: verdict.doesNotProve.withFullStop)")
        }
        items += ["**Model:** \(code: summary.plan.model)", "**SHA-256 of the plan:** \(code: summary.planHash)"]
        return items
    }

    /// The answer, with what it rests on.
    var title: String {
        let verdict = analysis.summary.decision.verdict
        return switch (verdict.answer, verdict.evidence) {
        case (.memorized, .likelihood): "memorized (evidence: likelihood)"
        case (.memorized, _): "memorized (evidence: extraction)"
        case (.notExtractable, _): "not extractable above \(ReportNumber.setting(percent: analysis.summary.plan.delta))"
        case (.inconclusive, _): "inconclusive"
        case (.invalid, _): "invalid"
        }
    }
}
