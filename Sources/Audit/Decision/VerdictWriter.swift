import Corpus
import Statistics

/// Turns tests and gates into a verdict and the sentences that go with it.
struct VerdictWriter {
    let plan: AuditPlan
    let gates: [Gate]
    let suspect: ArmSummary
    let control: ArmSummary?
    let sequential: Decision.Sequential?
    let extraction: TestResult?
    let likelihood: TestResult?
    let upperBound: Double

    func verdict() -> Verdict {
        let failed = gates.filter { !$0.passed }
        if !failed.isEmpty { return invalid(failed) }
        guard let control else { return withoutControls }
        if let sequential, sequential.hasStopped { return extractedEarly(sequential, control) }
        if let extraction, extraction.rejects(at: plan.extractionLevel) {
            return extracted(control, "\(extraction.method), p = \(extraction.pValue), level \(plan.extractionLevel)")
        }
        if let likelihood, likelihood.rejects(at: plan.likelihoodLevel) { return likelier(likelihood, control) }
        if upperBound < plan.delta { return notExtractable }
        return inconclusive(control)
    }

    private static let neverShown =
        "It does not show who trained the model, from which copy the text came (quotations and mirrors count), or "
        + "that copying was unlawful."
    private static let condition =
        "provided that the control documents come from the same source and were assigned at random or by a rule that "
        + "has nothing to do with the text"

    private var hits: String { "\(suspect.hits) of \(Wording.count(suspect.documents, "suspect document"))" }
    private func hits(_ control: ArmSummary) -> String {
        "\(control.hits) of \(Wording.count(control.documents, "control document"))"
    }
    private var passage: String {
        "a passage of \(plan.shape.suffixTokens) tokens after \(plan.shape.prefixTokens) given ones"
    }

    private func extractedEarly(_ sequential: Decision.Sequential, _ control: ArmSummary) -> Verdict {
        extracted(
            control,
            "\(sequential.test.method), decided after \(sequential.pairs) of \(sequential.pairsPlanned) pairs, "
                + "p = \(sequential.test.pValue), level \(plan.sequentialLevel ?? 0)")
    }

    private func extracted(_ control: ArmSummary, _ test: String) -> Verdict {
        Verdict(
            answer: .memorized, evidence: .extraction,
            reason: "\(passage) comes back word for word from \(hits) and from \(hits(control)); \(test)",
            proves: "This model reproduces passages of the suspect documents verbatim more often than passages of "
                + "exchangeable unseen documents, \(Self.condition).",
            doesNotProve: Self.neverShown
                + " Documents of which nothing came back may have been memorized all the same.")
    }

    private func likelier(_ test: TestResult, _ control: ArmSummary) -> Verdict {
        Verdict(
            answer: .memorized, evidence: .likelihood,
            reason: "the model gives the suspect documents higher probability than the controls "
                + "(\(difference(control)) in the sum over \(plan.scoredTokens) tokens); "
                + "\(test.method.lowercasedFirst), p = \(test.pValue), level \(plan.likelihoodLevel)",
            proves: "The text of the suspect corpus, or text that shares its wording, influenced this model: it finds "
                + "suspect documents easier to continue than exchangeable unseen ones, \(Self.condition).",
            doesNotProve: "It does not show that documents can be extracted: \(passage) came back word for word from "
                + "\(hits). " + Self.neverShown)
    }

    private func difference(_ control: ArmSummary) -> String {
        guard let mean = suspect.meanLn, let other = control.meanLn else { return "unknown" }
        return (mean >= other ? "+" : "") + Wording.fixed(mean - other, 2) + " nat"
    }

    private var notExtractable: Verdict {
        Verdict(
            answer: .notExtractable, evidence: .extraction,
            reason: "\(passage) comes back word for word from \(hits); the rate is at most "
                + "\(Wording.percent(upperBound)) with confidence \(Wording.percent(1 - plan.alpha)), which is below "
                + "δ = \(Wording.percent(plan.delta))",
            proves: "By this way of asking (the document's own text as prefix, greedy decoding), \(passage) is "
                + "reproduced from fewer than δ of documents like these.",
            doesNotProve: "It does not show that the model was not trained on the corpus, nor that other prefixes, "
                + "longer contexts or sampling would not make it recite.")
    }

    private func inconclusive(_ control: ArmSummary) -> Verdict {
        let tests = [extraction, likelihood].compactMap { $0 }
            .map { "\($0.method.lowercasedFirst), p = \($0.pValue)" }.joined(separator: "; ")
        return Verdict(
            answer: .inconclusive, evidence: .none,
            reason: "\(passage) comes back word for word from \(hits) and from \(hits(control)); \(tests); the rate of "
                + "such documents may be as high as \(Wording.percent(upperBound)), which is not below "
                + "δ = \(Wording.percent(plan.delta))",
            proves: "Nothing, either way.",
            doesNotProve: "It shows neither that the model memorized the corpus nor that it did not; more documents, "
                + "longer scores or other prefixes could decide.")
    }

    private var withoutControls: Verdict {
        Verdict(
            answer: .inconclusive, evidence: .none,
            reason: "no control documents were given; \(passage) comes back word for word from \(hits) (95 % interval "
                + "\(Wording.percent(suspect.interval.lower)) to \(Wording.percent(suspect.interval.upper))), and "
                + "without held-out text from the same source nothing says how often it would anyway",
            proves: suspect.hits == 0
                ? "Nothing about the corpus as a whole."
                : "That passages of these documents came back word for word in this run, and nothing about the corpus "
                    + "as a whole.",
            doesNotProve: "Boilerplate and common phrases are recited by models that never saw a document, so a rate "
                + "without controls is no evidence of memorization; give --control to get a verdict.")
    }

    private func invalid(_ failed: [Gate]) -> Verdict {
        Verdict(
            answer: .invalid, evidence: .none,
            reason: failed.map { "gate \($0.gate.rawValue) failed: \($0.detail)" }.joined(separator: "; "),
            proves: "Nothing: a condition for any conclusion does not hold.",
            doesNotProve: "It shows neither that the model memorized the corpus nor that it did not.")
    }
}

extension String {
    /// The text with its first letter in lower case, unless the word is a name.
    fileprivate var lowercasedFirst: String {
        hasPrefix("Boschloo") || hasPrefix("Fisher") ? self : prefix(1).lowercased() + dropFirst()
    }
}
