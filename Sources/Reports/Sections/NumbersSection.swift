import Audit
import Corpus
import Statistics

/// What was seen of both arms, and how far they are apart.
struct NumbersSection {
    let summary: AnalysisSummary

    private var plan: AuditPlan { summary.plan }
    private var decision: Decision { summary.decision }

    func write(to page: inout Page) {
        page.heading(2, "What was observed")
        page.table(table)
        if decision.control == nil { page.paragraph("There is no control arm.") }
        page.heading(3, "How to read the table")
        page.list(definitions)
        page.heading(3, "How far the arms are apart")
        page.list(effect)
    }

    private var table: PageTable {
        let arms = [decision.suspect] + (decision.control.map { [$0] } ?? [])
        var table = PageTable(
            [.left(""), .right("suspect")] + (decision.control == nil ? [] : [.right("control")]))
        func row(_ title: Phrase, _ value: (ArmSummary) -> Phrase) {
            table.row([title] + arms.map(value))
        }
        row("Documents tested") { "\($0.documents)" }
        row("Documents with a reproduced window (hits)") { "\($0.hits)" }
        row("Rate of hits") { "\(prose: ReportNumber.percent($0.rate))" }
        row("\(prose: ReportNumber.setting(percent: ArmSummary.confidence)) interval of the rate") {
            "\(prose: ReportNumber.percent($0.interval.lower)) to \(prose: ReportNumber.percent($0.interval.upper))"
        }
        row("Windows") { "\($0.windows)" }
        row("Windows reproduced") { "\($0.reproducedWindows)" }
        row("Windows extractable by sampling") {
            $0.extractableWindows.map { "\($0)" } ?? "not scored"
        }
        row("Windows without a usable answer") { "\($0.failures)" }
        row("Mean ln p of the first \(plan.scoredTokens) suffix tokens, in nats") { arm in
            arm.meanLn.map { "\(prose: ReportNumber.fixed($0, 4))" } ?? "not scored"
        }
        return table
    }

    private var definitions: [Phrase] {
        let shape = plan.shape
        let criterion = plan.extractability
        return [
            """
            A *document* is the unit that the tests count. Windows of one document are not independent and are never \
            counted as if they were.
            """,
            """
            A *window* is \(shape.prefixTokens) consecutive tokens of a document (the prefix, which is sent) and the \
            \(shape.suffixTokens) tokens that follow (the suffix, which is expected back).
            """,
            """
            A window is *reproduced* if the model's most probable continuation is the whole suffix, token by token. A \
            document is a *hit* if at least one of its windows is reproduced: a passage came back, not the whole \
            document. A window without a usable answer is not counted as reproduced in this table; the tests take it \
            for what speaks against memorization: not reproduced in the suspect arm, reproduced in the control arm.
            """,
            """
            A window is *extractable by sampling* if \(criterion.samples) random continuations would contain the \
            suffix at least once with probability \(prose: ReportNumber.setting(criterion.probability)) or more, \
            which holds from ln p = \(prose: ReportNumber.fixed(criterion.thresholdLn, 4)) on.
            """,
            """
            *ln p* is the natural logarithm of the probability that the model gives to the true tokens, summed over \
            those tokens: 0 is certainty, and one nat less is a factor of 2.718. The mean is taken over the \
            windows of each document and then over documents.
            """,
            "The intervals of rates are \(prose: decision.suspect.interval.method.title) intervals.",
        ]
    }

    private var effect: [Phrase] {
        var items: [Phrase] = []
        if let effect = decision.effect {
            let interval = effect.interval
            items.append(
                """
                Rate of hits, suspect minus control: \(prose: ReportNumber.points(effect.rateDifference)) percentage \
                points (\(prose: ReportNumber.setting(percent: interval.confidence)) interval \
                \(prose: ReportNumber.points(interval.lower)) to \(prose: ReportNumber.points(interval.upper)), \
                \(prose: interval.method.title)).
                """)
            items.append(
                effect.meanLnDifference.map {
                    """
                    Mean ln p of the first \(plan.scoredTokens) suffix tokens, suspect minus control: \
                    \(prose: ReportNumber.signed($0, 4)) nat.
                    """
                } ?? "Mean ln p, suspect minus control: not scored.")
        } else {
            items.append("There is no control arm, so there is nothing to compare with.")
        }
        if decision.sequential?.hasStopped ?? false {
            items.append(
                """
                The run ended when the evidence sufficed, and at such a moment rates tend to look further apart than they \
                are. The test pair by pair allows for that; the rates and intervals here describe what was seen and do not.
                """)
        }
        let relation = decision.upperBound < plan.delta ? "below" : "not below"
        items.append(
            """
            Upper bound of the suspect rate, one-sided at \(prose: ReportNumber.setting(percent: 1 - plan.alpha)) \
            confidence: \(prose: ReportNumber.percent(decision.upperBound)), which is \(prose: relation) \
            δ = \(prose: ReportNumber.setting(percent: plan.delta)).
            """)
        return items
    }
}
