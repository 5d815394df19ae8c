import Audit
import Corpus
import Statistics

/// The sentences of a comparison.
struct ComparisonWording {
    let plan: AuditPlan
    let findings: ComparisonFindings

    private var hasControls: Bool { findings.control != nil }
    private var passage: String {
        "a passage of \(plan.shape.suffixTokens) tokens after \(plan.shape.prefixTokens) given ones"
    }

    // MARK: Why

    func reason(_ evidence: Verdict.Evidence) -> String {
        switch evidence {
        case .extraction: "\(hits); \(test(findings.extraction))"
        case .likelihood:
            if let likelihood = findings.likelihood { "\(scores(likelihood)); \(test(likelihood))" } else { hits }
        case .none:
            ([hits + "; " + test(findings.extraction)]
                + [findings.likelihood.map { scores($0) + "; " + test($0) }].compactMap { $0 }
                + referenceAlone).joined(separator: "; ")
        }
    }

    private var hits: String {
        func counts(_ counts: PairedCounts, _ name: String) -> String {
            "of \(counts.documents) \(name) documents, \(counts.targetOnly) from the target only, "
                + "\(counts.referenceOnly) from the reference only, \(counts.both) from both"
        }
        return "\(passage) comes back word for word: \(counts(findings.suspect, "suspect"))"
            + (findings.control.map { "; \(counts($0, "control"))" } ?? "")
    }

    private func scores(_ endpoint: ComparedEndpoint) -> String {
        let size = number(endpoint.difference.estimate)
        return hasControls
            ? "the target's score exceeds the reference's by \(size) more on suspect than on control documents"
            : "the target's score exceeds the reference's by \(size) on the suspect documents"
    }

    private func number(_ value: Double) -> String {
        signedDecimal(value, places: 2)
            + (findings.scale == .nats ? " nat (sum over \(plan.scoredTokens) tokens)" : " standard deviations")
    }

    private func test(_ endpoint: ComparedEndpoint) -> String {
        "\(endpoint.test.method), p = \(endpoint.test.pValue), level \(endpoint.level)"
    }

    /// A rejection that comes from the reference alone is told, so that nobody takes the p-value for an answer.
    private var referenceAlone: [String] {
        let endpoints = [findings.extraction, findings.likelihood].compactMap { $0 }
        return endpoints.contains { $0.rejects && !$0.holds }
            ? ["the difference comes from the reference: the target by itself does not put the suspects first"] : []
    }

    // MARK: What it shows

    private static let condition =
        "provided that the control documents come from the same source and were assigned at random or by a rule that has "
        + "nothing to do with the text"

    func proves(_ answer: ComparisonVerdict.Answer, _ evidence: Verdict.Evidence) -> String {
        switch (answer, evidence) {
        case (.favoursCorpus, .extraction):
            "Comparative: the target's lead over the reference in passages that come back verbatim is larger on the "
                + "suspect documents than on exchangeable unseen ones, \(Self.condition)."
        case (.favoursCorpus, _):
            "Comparative: the target's lead over the reference in finding the text likely is larger on the suspect "
                + "documents than on exchangeable unseen ones, \(Self.condition)."
        case (.aheadOnCorpus, .extraction):
            "Comparative: of the suspect documents that come back verbatim from one of the two models only, more come "
                + "from the target than even chances explain."
        case (.aheadOnCorpus, _):
            "Comparative: the target finds the suspect documents likelier than the reference does, more than chance "
                + "explains if the two models were interchangeable for every document."
        case (.inconclusive, _), (.invalid, _): "Nothing, either way."
        }
    }

    func doesNotProve(_ answer: ComparisonVerdict.Answer) -> String {
        switch answer {
        case .favoursCorpus:
            "It is a statement about two models. It is no verdict that the target memorized the corpus, which only the "
                + "audit of the target by itself can give; it does not show who trained the model, from which copy the "
                + "text came (quotations and mirrors count), or that copying was unlawful."
        case .aheadOnCorpus:
            "It does not show memorization: without controls, a model that is larger, newer, or trained on more text of "
                + "this kind is ahead on documents that neither has seen; so is one that recites quotations and common "
                + "phrases better. Give --control to tell the corpus from other text."
        case .inconclusive, .invalid:
            "It shows neither that the target favours the corpus nor that it does not, and nothing about what the "
                + "target memorized; that two models do not differ visibly is no sign that neither has seen the text."
        }
    }

    // MARK: What else a reader must know

    func caveats(_ answer: ComparisonVerdict.Answer) -> [String] {
        var caveats = [
            "The comparison has an error rate of its own, α = \(plan.alpha), beside that of the audit's verdict.",
            "That the reference has not seen the suspect documents is taken from whoever chose it; a reference that has "
                + "seen them hides differences.",
        ]
        if !hasControls, findings.likelihood != nil {
            caveats.append(
                "The sign-flip test takes it that without an effect a document's difference is as likely to be positive "
                    + "as negative, of every size: an assumption about the two models that no data can confirm.")
        }
        if hasControls {
            caveats.append(
                "Neither model may have seen the controls: a reference that has makes the target look as if it favoured the "
                    + "suspects, and the gate \(ComparisonGate.Name.referenceBalance.rawValue) finds that only where it "
                    + "stands out from the variation between documents.")
        }
        if findings.scale == .standardDeviations {
            caveats.append(
                "The models cut text differently, so a reproduced window is a different length of text for either; only "
                    + "the comparison between the arms makes up for that.")
        }
        if let likelihood = findings.likelihood {
            let missing =
                findings.suspect.documents + (findings.control?.documents ?? 0)
                - likelihood.documents.reduce(0, +)
            if missing > 0 {
                caveats.append(
                    "\(missing) document\(missing == 1 ? "" : "s") without a score from both models took no part in the "
                        + "test of scores.")
            }
        }
        let undecided = findings.suspect.undecided + (findings.control?.undecided ?? 0)
        if undecided > 0 {
            caveats.append(
                "\(undecided) document\(undecided == 1 ? " has" : "s have") a window without a usable answer that might "
                    + "have come back; the tests count each against the target's lead.")
        }
        return caveats
    }
}

/// A number with its sign and a fixed number of decimals, the same in every locale.
func signedDecimal(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    guard let scaled = Int(exactly: (abs(value) * Double(scale)).rounded()) else { return "\(value)" }
    let fraction = String(scaled % scale)
    let sign = scaled == 0 ? "" : value < 0 ? "-" : "+"
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}
