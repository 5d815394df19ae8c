import Audit
import Corpus
import PrefixLearning
import Statistics

/// Prints a verdict on standard output, for people or as one JSON object.
struct VerdictPrinter {
    let console: Console
    let json: Bool

    /// Prints everything that was found.
    ///
    /// - Parameter analysis: The analysed run.
    func print(_ analysis: Analysis) throws {
        let summary = analysis.summary
        let directory = analysis.record.directory
        if json {
            let event = try CanonicalJSON.encode(VerdictEvent(analysis))
            return try console.data(String(decoding: event, as: UTF8.self))
        }
        var lines = headline(summary)
        lines += [""] + arms(summary)
        if let field = summary.groupField { lines += [""] + groups(summary.groups, field) }
        lines += [""] + tests(summary)
        lines += gates(summary)
        lines += [
            "", "Run: \(sanitize(directory)) (plan \(summary.planHash.prefix(12)), \(summary.requests) requests)",
        ]
        try console.data(lines.joined(separator: "\n"))
    }

    /// Ends with the status that stands for the verdict.
    static func throwStatus(of analysis: Analysis) throws(ExitStatus) {
        switch analysis.summary.decision.verdict.answer {
        case .memorized: throw .memorized
        case .inconclusive: throw .inconclusive
        case .invalid: throw .invalid
        case .notExtractable: return
        }
    }

    private func headline(_ summary: AnalysisSummary) -> [String] {
        let verdict = summary.decision.verdict
        let words =
            switch verdict.answer {
            case .memorized: "MEMORIZED (evidence: \(verdict.evidence.rawValue))"
            case .notExtractable: "NOT EXTRACTABLE above \(HumanFormat.percent(summary.plan.delta)) of documents"
            case .inconclusive: "INCONCLUSIVE"
            case .invalid: "INVALID"
            }
        return [
            "Verdict: \(words), at α = \(summary.plan.alpha)",
            "Why: \(sanitize(verdict.reason.prefix(1).uppercased() + verdict.reason.dropFirst())).",
            "Shown: \(verdict.proves)",
            "Not shown: \(verdict.doesNotProve)",
        ]
    }

    private func arms(_ summary: AnalysisSummary) -> [String] {
        var rows = [
            TextTable.Row(["", "documents", "verbatim", "rate", "95 % interval", "windows", "verbatim", "ln p"])
        ]
        rows.append(row("suspect", summary.decision.suspect))
        if let control = summary.decision.control { rows.append(row("control", control)) }
        return TextTable(rows).lines
    }

    private func groups(_ groups: [GroupRow], _ field: String) -> [String] {
        let title = "\(sanitize(field))"
        var rows = [
            TextTable.Row([title, "documents", "verbatim", "rate", "95 % interval", "windows", "verbatim", "ln p"])
        ]
        for group in groups {
            let value = group.value.isEmpty ? "(none)" : sanitize(group.value)
            rows.append(row("\(group.arm.rawValue) \(value)", group.summary))
        }
        return TextTable(rows).lines
    }

    private func row(_ name: String, _ arm: ArmSummary) -> TextTable.Row {
        TextTable.Row([
            name, "\(arm.documents)", "\(arm.hits)", HumanFormat.percent(arm.rate),
            "\(HumanFormat.percent(arm.interval.lower)) – \(HumanFormat.percent(arm.interval.upper))",
            "\(arm.windows)", "\(arm.reproducedWindows)",
            arm.meanLn.map { HumanFormat.decimal($0, places: 2) } ?? "–",
        ])
    }

    private func tests(_ summary: AnalysisSummary) -> [String] {
        let decision = summary.decision
        var lines: [String] = []
        if let effect = decision.effect {
            lines.append(
                "Difference of rates: \(HumanFormat.percent(effect.rateDifference)) "
                    + "(95 % interval \(HumanFormat.percent(effect.interval.lower)) to "
                    + "\(HumanFormat.percent(effect.interval.upper)))")
        }
        if let sequential = decision.sequential, let level = summary.plan.sequentialLevel {
            lines.append(line("Pair by pair", sequential.test, level))
        }
        lines += learning(summary)
        if let savings = summary.savings {
            lines.append(
                "Ended early: \(HumanFormat.count(savings.windows)) of \(HumanFormat.count(savings.windowsPlanned)) "
                    + "planned windows were not sent, about \(HumanFormat.count(savings.requests)) requests. Rates and "
                    + "intervals describe what was seen until then; at such a moment they lean towards the verdict.")
        }
        if let test = decision.extraction { lines.append(line("Extraction", test, summary.plan.extractionLevel)) }
        if let test = decision.likelihood { lines.append(line("Likelihood", test, summary.plan.likelihoodLevel)) }
        return lines
    }

    private func learning(_ summary: AnalysisSummary) -> [String] {
        guard let learning = summary.plan.learning else { return [] }
        let fold = "\(learning.suspectDocuments) suspect and \(learning.controlDocuments) control documents"
        let cost = "\(HumanFormat.count(learning.calls)) requests, \(learning.candidates) candidates"
        guard learning.mode != .none else { return ["Learning: the bare prefix was kept (\(fold), \(cost))"] }
        var line = "Learning: \(learning.mode.rawValue), \(sanitize(summary.plan.elicitationName)) (\(fold), \(cost))"
        if let lift = learning.lift { line += "; lift on learning documents held back \(Self.lift(lift))" }
        if let lift = summary.testLift?.suspect { line += "; on tested suspects \(Self.lift(lift))" }
        if let lift = summary.testLift?.control { line += ", on tested controls \(Self.lift(lift))" }
        return [line]
    }

    private static func lift(_ lift: MeasuredLift) -> String {
        "\(HumanFormat.decimal(lift.mean, places: 2)) probability per token (\(HumanFormat.decimal(lift.low, places: 2)) to "
            + "\(HumanFormat.decimal(lift.high, places: 2)), \(lift.documents) documents)"
    }

    private func line(_ name: String, _ test: TestResult, _ level: Double) -> String {
        "\(name): \(test.method), p = \(test.pValue) (ln p = \(HumanFormat.decimal(test.pValue.ln, places: 2))), "
            + "level \(level)"
    }

    private func gates(_ summary: AnalysisSummary) -> [String] {
        summary.gates.map { gate in
            "Gate \(gate.gate.rawValue): \(gate.passed ? "passed" : "FAILED") (\(sanitize(gate.detail)))"
                + (gate.passed ? "" : "; \(gate.remedy)")
        }
    }
}
