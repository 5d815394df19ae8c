import OrderTest
import Statistics

/// The verdict of `rote order-test` for people.
struct OrderVerdictText {
    private let verdict: OrderVerdict
    private let record: OrderRecord

    init(_ verdict: OrderVerdict, _ record: OrderRecord) {
        self.verdict = verdict
        self.record = record
    }

    /// The lines.
    var lines: [String] {
        let words =
            switch verdict.answer {
            case .memorized: "MEMORIZED (evidence: \(verdict.evidence.rawValue))"
            case .inconclusive: "INCONCLUSIVE"
            case .invalid: "INVALID"
            }
        let plan = record.header.plan
        var lines = [
            "Verdict: \(words), at α = \(verdict.alpha)",
            "Why: \(sanitize(verdict.reason.prefix(1).uppercased() + verdict.reason.dropFirst())).",
            "Shown: \(verdict.proves)",
            "Not shown: \(verdict.doesNotProve)",
        ]
        for caveat in verdict.caveats { lines.append("Note: \(sanitize(caveat))") }
        lines += [
            "",
            "\(plan.documents) documents; \(verdict.shards) of \(plan.availableShards) shards, \(plan.places) documents of "
                + "each in all \(verdict.ordersOfShard) orders; \(verdict.incompleteShards) without all scores",
        ]
        if let effect = verdict.effect {
            lines.append("Lift of a published neighbour: \(nats(effect.lift)) nat\(interval(effect))")
        }
        if let test = verdict.test {
            lines.append(
                "Order: \(test.method), p = \(test.pValue) (ln p = \(HumanFormat.decimal(test.pValue.ln, places: 2))), "
                    + "level \(verdict.alpha)")
        }
        for gate in verdict.gates {
            lines.append(
                "Gate \(gate.gate.rawValue): \(gate.passed ? "passed" : "FAILED") (\(sanitize(gate.detail)))"
                    + (gate.passed ? "" : "; \(gate.remedy)"))
        }
        lines += [
            "",
            "Run: \(sanitize(record.directory)) (plan \(record.header.planHash.prefix(12)), "
                + "\(record.sightings.asked.count) questions)",
        ]
        return lines
    }

    private func interval(_ effect: OrderEffect) -> String {
        guard let lower = effect.lower, let upper = effect.upper else { return "" }
        return " (95 % interval \(nats(lower)) to \(nats(upper)))"
    }

    private func nats(_ value: Double) -> String { HumanFormat.decimal(value, places: 2) }
}
