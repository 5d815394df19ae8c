import Audit
import Corpus
import Inference
import PrefixLearning
import Statistics

/// Everything that was fixed before the first request.
struct PlanSection {
    let header: RunHeader

    func write(to page: inout Page) {
        let plan = header.plan
        page.heading(2, "Plan")
        page.paragraph(
            """
            The plan was frozen before the first request. SHA-256 of its canonical JSON: \(code: header.planHash). \
            \(prose: header.shapeChoice.withFullStop)
            """)
        var table = PageTable([.left("Key"), .left("Value"), .left("Meaning")])
        func row(_ key: String, _ value: String, _ meaning: Phrase) {
            table.row([.code(key), .code(value), meaning])
        }
        row("version", "\(plan.version)", "Version of the procedure")
        row("alpha", "\(plan.alpha)", "Probability of calling an innocent model memorized, both tests together")
        row("extractionShare", "\(plan.extractionShare)", "Part of alpha that is spent on the extraction test")
        row("delta", "\(plan.delta)", "Rate of hits above which a model is not cleared")
        row("shape.prefixTokens", "\(plan.shape.prefixTokens)", "Tokens that are sent")
        row("shape.suffixTokens", "\(plan.shape.suffixTokens)", "Tokens that are expected back")
        row("windowsPerDocument", "\(plan.windowsPerDocument)", "Most windows per document")
        row("scoredTokens", "\(plan.scoredTokens)", "Suffix tokens that are scored in every window")
        row("stopping", plan.stopping.rawValue, "Whether the run may end before every document has been asked about")
        for (key, value, meaning) in Self.bet(plan.bet) { row("bet.\(key)", "\(value)", .prose(meaning)) }
        row("pairs", "\(plan.pairs)", "Pairs of a suspect and a control document")
        row("staging", plan.staging.rawValue, "How much is asked about every window")
        row("extractability.samples", "\(plan.extractability.samples)", "Tries of the criterion for sampling")
        row(
            "extractability.probability", "\(plan.extractability.probability)",
            "Probability that one of them has to succeed with")
        for elicitation in plan.elicitations.prefix(Self.shownElicitations) {
            row("elicitations.id", elicitation.id.rawValue, "What is put around prefixes")
            row("elicitations.before", Self.list(elicitation.before), "Its tokens before the prefix")
            row("elicitations.after", Self.list(elicitation.after), "Its tokens between prefix and suffix")
        }
        row("strictness", plan.strictness.rawValue, "Whether servers are used for speed or for identical numbers")
        row("seed", "\(plan.seed)", "Seed of every random choice")
        row("resamples", "\(plan.resamples)", "Random arrangements of the permutation test")
        for (arm, armPlan) in [(Arm.suspect, plan.suspect as AuditPlan.ArmPlan?), (.control, plan.control)] {
            guard let armPlan else { continue }
            row("\(arm.rawValue).documents", "\(armPlan.documents)", "Documents tested")
            row("\(arm.rawValue).windows", "\(armPlan.windows)", "Windows")
            row("\(arm.rawValue).sha256", armPlan.sha256, "SHA-256 over names and texts of these documents")
        }
        row("model", plan.model, "The model, as its servers describe it")
        row("probes", plan.probes, "SHA-256 over position, context and suffix of every window, in the order of sending")
        page.table(table)
    }

    /// Most elicitations that are listed; the journal's first line holds all.
    private static let shownElicitations = 20

    private static func list(_ tokens: [TokenID]) -> String {
        "[\(tokens.map(\.description).joined(separator: ","))]"
    }

    private static func bet(_ bet: TwoProportionBet) -> [(key: String, value: Double, meaning: String)] {
        let control = "The test pair by pair bets on this control rate"
        let suspect = "The test pair by pair bets on this suspect rate"
        let pseudocount = "Pseudocount of its bet on the rates of earlier pairs"
        return switch bet {
        case .design(let controlRate, let suspectRate):
            [("design.controlRate", controlRate, control), ("design.suspectRate", suspectRate, suspect)]
        case .adaptive(let count): [("adaptive.pseudocount", count, pseudocount)]
        case .mixture(let controlRate, let suspectRate, let count):
            [
                ("mixture.controlRate", controlRate, control + " with half of its stake"),
                ("mixture.suspectRate", suspectRate, suspect + " with half of its stake"),
                ("mixture.pseudocount", count, pseudocount + ", the other half"),
            ]
        }
    }
}
