import Audit

extension AnalysisSummary {
    /// The answer in one plain sentence, claiming no more than the kind of evidence allows.
    var headline: String {
        let verdict = decision.verdict
        switch verdict.answer {
        case .memorized:
            switch verdict.evidence {
            case .extraction, .none:
                return "Passages of the suspect documents come back word for word, and they do so more often than "
                    + "passages of the control documents."
            case .likelihood:
                return "The model finds the suspect documents easier to continue than the control documents. This is "
                    + "evidence from probabilities; it does not show that passages can be extracted."
            }
        case .notExtractable:
            return "Asked in this way, the model gives back passages of fewer than "
                + "\(ReportNumber.setting(percent: plan.delta)) of documents like the suspect ones."
        case .inconclusive:
            return decision.control == nil
                ? "There are no control documents to compare with, so what came back can be described but not judged."
                : "What was observed shows neither that the model memorized the corpus nor that it did not."
        case .invalid:
            return "A condition that every conclusion needs does not hold, so this audit gives no answer."
        }
    }
}

extension Verdict.Evidence {
    /// What kind of evidence it is, in plain words.
    var meaning: String {
        switch self {
        case .extraction: "extraction (whether text comes back word for word)"
        case .likelihood: "likelihood (how probable the model finds text, not whether it recites it)"
        case .none: "none (the answer rests on no test)"
        }
    }
}
