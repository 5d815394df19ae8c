import Corpus
import Statistics

/// Turns tests and gates into a verdict and the sentences that go with it.
struct VerdictWriter {
    let plan: AuditPlan
    let gates: [Gate]
    let suspect: ArmSummary
    let control: ArmSummary?
    let extraction: TestResult?
    let likelihood: TestResult?
    let upperBound: Double

    func verdict() -> Verdict {
        let failed = gates.filter { !$0.passed }
        if !failed.isEmpty { return invalid(failed) }
        guard control != nil else { return withoutControls }
        if let extraction, extraction.pValue.value <= plan.extractionLevel { return extracted(extraction) }
        if let likelihood, likelihood.pValue.value <= plan.likelihoodLevel { return likelier(likelihood) }
        if upperBound < plan.delta { return notExtractable }
        return inconclusive
    }

    private static let neverShown =
        "It does not show who trained the model, from which copy the text came (quotations and mirrors count), or "
        + "that copying was unlawful."
    private static let condition =
        "provided that the control documents come from the same source and were assigned at random or by a rule that "
        + "has nothing to do with the text"

    private var hits: String { "\(suspect.hits) of \(suspect.documents) suspect documents" }
    private var controlHits: String { control.map { "\($0.hits) of \($0.documents) control documents" } ?? "" }
    private var suffix: String { "\(plan.shape.suffixTokens) tokens after a prefix of \(plan.shape.prefixTokens)" }

    private func extracted(_ test: TestResult) -> Verdict {
        Verdict(
            answer: .memorized, evidence: .extraction,
            reason: "\(hits) and \(controlHits) come back word for word (\(suffix)); "
                + "\(test.method), p = \(test.pValue) ≤ \(plan.extractionLevel)",
            proves: "This model reproduces documents of the suspect corpus verbatim more often than exchangeable "
                + "unseen documents, \(Self.condition).",
            doesNotProve: Self.neverShown + " Documents that did not come back may still have been memorized.")
    }

    private func likelier(_ test: TestResult) -> Verdict {
        Verdict(
            answer: .memorized, evidence: .likelihood,
            reason: "the model gives the suspect documents higher probability than the controls "
                + "(mean \(signedNats) over \(plan.scoredTokens) tokens); \(test.method.lowercasedFirst), "
                + "p = \(test.pValue) ≤ \(plan.likelihoodLevel)",
            proves: "The text of the suspect corpus, or text that shares its wording, influenced this model: it finds "
                + "suspect documents easier to continue than exchangeable unseen ones, \(Self.condition).",
            doesNotProve: "It does not show that documents can be extracted: \(hits) came back word for word. "
                + Self.neverShown)
    }

    private var signedNats: String {
        guard let mean = suspect.meanLn, let other = control?.meanLn else { return "unknown" }
        let difference = mean - other
        return (difference >= 0 ? "+" : "") + Wording.fixed(difference, 2) + " nat"
    }

    private var notExtractable: Verdict {
        Verdict(
            answer: .notExtractable, evidence: .extraction,
            reason: "\(hits) come back word for word; with confidence \(Wording.percent(1 - plan.alpha)) fewer than "
                + "\(Wording.percent(upperBound)) would, below δ = \(Wording.percent(plan.delta))",
            proves:
                "Documents like these are reproduced by this way of asking (bare prefix, greedy decoding, \(suffix)) "
                + "at a rate below δ.",
            doesNotProve: "It does not show that the model was not trained on the corpus, nor that other prefixes, "
                + "longer contexts or sampling would not make it recite.")
    }

    private var inconclusive: Verdict {
        let tests = [extraction, likelihood].compactMap { $0 }
            .map { "\($0.method.lowercasedFirst) p = \($0.pValue)" }.joined(separator: ", ")
        return Verdict(
            answer: .inconclusive, evidence: .none,
            reason: "\(hits) and \(controlHits) come back word for word; \(tests); the rate of extracted documents may "
                + "be as high as \(Wording.percent(upperBound)), which is not below δ = \(Wording.percent(plan.delta))",
            proves: "Nothing, either way.",
            doesNotProve: "It shows neither that the model memorized the corpus nor that it did not; more documents, "
                + "longer scores or other prefixes could decide.")
    }

    private var withoutControls: Verdict {
        Verdict(
            answer: .inconclusive, evidence: .none,
            reason: "no control documents were given; \(hits) come back word for word "
                + "(\(Wording.percent(suspect.interval.lower)) to \(Wording.percent(suspect.interval.upper)) with 95 % "
                + "confidence), and without held-out text from the same source nothing says how many would anyway",
            proves:
                "That these documents came back word for word in this run, and nothing about the corpus as a whole.",
            doesNotProve: "Boilerplate and common phrases are recited by models that never saw a document, so a rate "
                + "without controls is no evidence of memorization; give --control to get a verdict.")
    }

    private func invalid(_ failed: [Gate]) -> Verdict {
        Verdict(
            answer: .invalid, evidence: .none,
            reason: failed.map { "gate \($0.gate.rawValue) failed: \($0.detail)" }.joined(separator: "; "),
            proves: "Nothing: a condition for any conclusion does not hold.",
            doesNotProve: failed.map { "To mend it: \($0.remedy)." }.joined(separator: " "))
    }
}

extension String {
    /// The text with its first letter in lower case, unless the word is a name such as "Boschloo".
    fileprivate var lowercasedFirst: String {
        hasPrefix("Boschloo") || hasPrefix("Fisher") ? self : prefix(1).lowercased() + dropFirst()
    }
}
