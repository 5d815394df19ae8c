import Audit
import Statistics

/// Turns gates and findings of a comparison into an answer and the sentences that go with it.
struct ComparisonVerdictWriter {
    let plan: AuditPlan
    let gates: [ComparisonGate]
    let findings: ComparisonFindings?

    func verdict() -> ComparisonVerdict {
        let failed = gates.filter { !$0.passed }
        guard failed.isEmpty, let findings else { return invalid(failed) }
        let words = ComparisonWording(plan: plan, findings: findings)
        let (answer, evidence): (ComparisonVerdict.Answer, Verdict.Evidence) =
            if findings.extraction.holds {
                (findings.control == nil ? .aheadOnCorpus : .favoursCorpus, .extraction)
            } else if findings.likelihood?.holds ?? false {
                (findings.control == nil ? .aheadOnCorpus : .favoursCorpus, .likelihood)
            } else {
                (.inconclusive, .none)
            }
        return ComparisonVerdict(
            answer: answer, evidence: evidence, reason: words.reason(evidence), proves: words.proves(answer, evidence),
            doesNotProve: words.doesNotProve(answer), caveats: words.caveats(answer))
    }

    private func invalid(_ failed: [ComparisonGate]) -> ComparisonVerdict {
        ComparisonVerdict(
            answer: .invalid, evidence: .none,
            reason: failed.isEmpty
                ? "no document was observed by both runs"
                : failed.map { "gate \($0.gate.rawValue) failed: \($0.detail)" }.joined(separator: "; "),
            proves: "Nothing: a condition for any comparison does not hold.",
            doesNotProve:
                "It shows neither that the target is ahead of the reference on these documents nor that it is "
                + "not.",
            caveats: [])
    }
}
