import Audit
import Corpus
import Inference
import Statistics

/// What an audit would cost and could find.
struct Forecast: Sendable {
    private let preparation: Preparation
    private let session: ServerSession?
    private let width: Int

    private let question: DetectionForecast.Question
    private let detection: DetectionForecast?

    /// - Throws: `StatisticsError` when the plan's level or bet is void.
    init(
        _ preparation: Preparation, _ fleet: Fleet, _ question: DetectionForecast.Question
    ) throws(StatisticsError) {
        self.preparation = preparation
        self.question = question
        detection = try DetectionForecast(preparation.plan, question)
        session = fleet.sessions.first
        width = fleet.width
    }

    private var plan: AuditPlan { preparation.plan }
    private var windows: Int { plan.suspect.windows + (plan.control?.windows ?? 0) }

    // MARK: Cost

    /// Requests and tokens if no window is recited, and if every one is.
    private var least: Cost { cost(recited: false) }
    private var most: Cost { cost(recited: true) }

    /// What is sent.
    struct Cost: Encodable {
        let requests: Int
        let promptTokens: Int
        let forcedTokens: Int
        let generatedTokens: Int
        let seconds: Double?
    }

    private func cost(recited: Bool) -> Cost {
        let suffix = plan.shape.suffixTokens
        let scored = plan.staging == .generationOnly ? 0 : plan.scoredTokens
        let generated: Int
        let forced: Int
        switch plan.staging {
        case .staged:
            forced = recited ? suffix : scored
            generated = recited ? suffix : 0
        case .full:
            forced = suffix
            generated = suffix
        case .generationOnly:
            forced = 0
            generated = suffix
        }
        let perWindow = (forced > 0 ? requests(forced, recited: recited) : 0) + (generated > 0 ? 1 : 0)
        return Cost(
            requests: windows * perWindow,
            promptTokens: preparation.promptTokens,
            forcedTokens: windows * forced, generatedTokens: windows * generated,
            seconds: seconds(forced: windows * forced, recited: recited))
    }

    private func requests(_ tokens: Int, recited: Bool) -> Int {
        guard let session else { return 1 }
        return switch session.calibration.way(for: recited ? .recited : .unlikely) {
        case .grammar, .echo: 1
        case .single: tokens
        case .freeRun: recited ? 1 : 2 * tokens
        }
    }

    /// Time at the speed that the calibration measured.
    ///
    /// For recited text that leaves out the reply that shows it to be recited, so it is a lower bound.
    private func seconds(forced: Int, recited: Bool) -> Double? {
        guard let session else { return nil }
        let regime: Calibration.Regime = recited ? .recited : .unlikely
        let way = session.calibration.way(for: regime)
        let measured = session.calibration.measurements.first { $0.way == way && $0.regime == regime }
        guard let speed = measured?.tokensPerSecond, speed > 0 else { return nil }
        let servers = Double(width) / Double(max(1, min(session.properties.slots, width)))
        return Double(forced) / (speed * servers)
    }

    /// The exact body of the first request of every window: the greedy run that decides whether it counts.
    var firstRequests: [[UInt8]] {
        preparation.probes.map { probe in
            let target = preparation.documents[probe.document].target(ofWindow: probe.window, shape: plan.shape)
            return CompletionRequest(
                prompt: target.prefix, maximumTokens: plan.shape.suffixTokens,
                reusesCache: plan.strictness == .fast
            ).body
        }
    }

    // MARK: Power

    /// Number of suspect documents without a hit that an upper bound below δ needs; `nil` beyond all bounds.
    private var documentsToClear: Int64? {
        try? NotExtractableDesign(delta: plan.delta, alpha: plan.alpha, designEffect: question.designEffect)
            .documentsWithoutHit()
    }

    // MARK: Output

    /// The object that `rote plan --json` prints.
    struct Event: Encodable {
        let event = "plan"
        let schema = 1
        let plan: AuditPlan
        let planHash: String
        let windows: Int
        let ifNothingIsRecited: Cost
        let ifEverythingIsRecited: Cost
        let power: [DetectionForecast.Row]
        let documentsToClear: Int64?
        let excluded: [ExcludedDocument]
    }

    /// The plan as data.
    var event: Event {
        get throws {
            Event(
                plan: plan, planHash: try plan.hash(), windows: windows, ifNothingIsRecited: least,
                ifEverythingIsRecited: most, power: detection?.rows ?? [], documentsToClear: documentsToClear,
                excluded: preparation.excluded)
        }
    }

    /// The lines that `rote plan` prints for people.
    func text() throws -> [String] {
        var lines = [
            "Plan \(try plan.hash().prefix(12)) for \(plan.model)", preparation.shapeChoice,
            "Suspect: \(plan.suspect.documents) documents, \(plan.suspect.windows) windows",
        ]
        if let control = plan.control {
            lines.append("Control: \(control.documents) documents, \(control.windows) windows")
        } else {
            lines.append("Control: none, so there will be estimates and no verdict")
        }
        if !preparation.excluded.isEmpty {
            lines.append("Not tested: \(preparation.excluded.count) documents")
        }
        if let gate = preparation.blindBaseline?.gate {
            lines.append("Texts alone: \(gate.detail)")
            if !gate.passed { lines.append("The verdict would be invalid: \(gate.remedy).") }
        }
        lines += ["", "If no window is recited:  \(describe(least))", "If every window is:       \(describe(most))"]
        lines += ["", "Level: α = \(plan.alpha), of which \(plan.alpha * plan.extractionShare) for extraction"]
        lines += detection?.lines ?? []
        let clearing =
            "Clearing a model (fewer than \(HumanFormat.percent(plan.delta)) of documents extractable) takes at least "
        lines.append(
            clearing
                + (documentsToClear.map { HumanFormat.count(Int($0)) } ?? "more than ten million")
                + " suspect documents without a hit; there are \(plan.suspect.documents).")
        return lines
    }

    private func describe(_ cost: Cost) -> String {
        var words =
            "\(HumanFormat.count(cost.requests)) requests, \(HumanFormat.count(cost.forcedTokens)) forced and "
            + "\(HumanFormat.count(cost.generatedTokens)) generated tokens"
        if let seconds = cost.seconds { words += ", at least \(HumanFormat.roughDuration(.seconds(seconds)))" }
        return words
    }
}
