import Audit
import Comparison
import Statistics

/// Prints a comparison on standard output, for people or as one JSON object.
struct ComparisonPrinter {
    let console: Console
    let json: Bool

    /// Prints everything that was found.
    func print(_ comparison: ModelComparison) throws {
        if json {
            let event = try CanonicalJSON.encode(ComparisonEvent(comparison))
            return try console.data(String(decoding: event, as: UTF8.self))
        }
        try console.data(lines(comparison).joined(separator: "\n"))
    }

    private func lines(_ comparison: ModelComparison) -> [String] {
        let verdict = comparison.verdict
        var lines = [
            "Comparison: \(words(verdict)), at α = \(comparison.target.plan.alpha)",
            "Why: \(sanitize(verdict.reason.prefix(1).uppercased() + verdict.reason.dropFirst())).",
            "Shown: \(verdict.proves)",
            "Not shown: \(verdict.doesNotProve)",
        ]
        lines += verdict.caveats.map { "Note: \(sanitize($0))" }
        if let findings = comparison.findings { lines += [""] + table(findings) + [""] + tests(findings) }
        lines += comparison.gates.map { gate in
            "Gate \(gate.gate.rawValue): \(gate.passed ? "passed" : "FAILED") (\(sanitize(gate.detail)))"
                + (gate.passed ? "" : "; \(sanitize(gate.remedy))")
        }
        return lines + ["", line("Target", comparison.target), line("Reference", comparison.reference)]
    }

    private func words(_ verdict: ComparisonVerdict) -> String {
        switch verdict.answer {
        case .favoursCorpus: "THE TARGET FAVOURS THE CORPUS (evidence: \(verdict.evidence.rawValue), comparative)"
        case .aheadOnCorpus:
            "THE TARGET IS AHEAD OF THE REFERENCE (evidence: \(verdict.evidence.rawValue), comparative, no controls)"
        case .inconclusive: "INCONCLUSIVE"
        case .invalid: "INVALID"
        }
    }

    private func table(_ findings: ComparisonFindings) -> [String] {
        let score = findings.scale == .nats ? "ln p" : "score"
        var rows = [
            TextTable.Row([
                "verbatim from", "documents", "both", "target only", "reference only", "neither", "\(score) target",
                "\(score) reference",
            ])
        ]
        rows.append(row("suspect", findings.suspect))
        if let control = findings.control { rows.append(row("control", control)) }
        return TextTable(rows).lines
    }

    private func row(_ name: String, _ counts: PairedCounts) -> TextTable.Row {
        func score(_ value: Double?) -> String { value.map { HumanFormat.decimal($0, places: 2) } ?? "–" }
        return TextTable.Row([
            name, "\(counts.documents)", "\(counts.both)", "\(counts.targetOnly)", "\(counts.referenceOnly)",
            "\(counts.neither)", score(counts.targetScore), score(counts.referenceScore),
        ])
    }

    private func tests(_ findings: ComparisonFindings) -> [String] {
        let title = findings.control == nil ? "Target minus reference" : "Difference in differences"
        let unit = findings.scale == .nats ? " nat" : " standard deviations"
        func nats(_ value: Double) -> String { HumanFormat.decimal(value, places: 2) + unit }
        func rate(_ value: Double) -> String { HumanFormat.percent(value) }
        var lines = [effect("\(title), rate", findings.extraction, rate), test("Extraction", findings.extraction)]
        if let likelihood = findings.likelihood {
            lines += [effect("\(title), score", likelihood, nats), test("Likelihood", likelihood)]
        }
        return lines
    }

    private func effect(_ name: String, _ endpoint: ComparedEndpoint, _ show: (Double) -> String) -> String {
        let difference = endpoint.difference
        return "\(name): \(show(difference.estimate))"
            + (difference.interval.map {
                " (\(HumanFormat.decimal($0.confidence * 100, places: 0)) % interval \(show($0.lower)) to \(show($0.upper)))"
            } ?? "")
    }

    private func test(_ name: String, _ endpoint: ComparedEndpoint) -> String {
        let test = endpoint.test
        return
            "\(name): \(test.method), p = \(test.pValue) (ln p = \(HumanFormat.decimal(test.pValue.ln, places: 2))), "
            + "level \(endpoint.level)"
    }

    private func line(_ name: String, _ run: ComparedRun) -> String {
        "\(name): \(sanitize(run.model)), run \(sanitize(run.directory)) (plan \(run.planHash.prefix(12))), whose own "
            + "verdict is \(run.answer.rawValue)"
    }
}
