import Audit
import Corpus
import Inference
import Statistics

/// What an audit would cost and could find.
struct Forecast: Sendable {
    private let preparation: Preparation
    private let session: ServerSession?
    private let width: Int

    init(_ preparation: Preparation, _ fleet: Fleet) {
        self.preparation = preparation
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
            promptTokens: windows * (plan.shape.prefixTokens + plan.elicitation.tokens.count),
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

    /// Time at the speed that the calibration measured; it has the context in cache, so this is a lower bound.
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
            let document = preparation.documents[probe.document]
            let start = document.starts[probe.window]
            let prefix = document.tokens.tokens[start..<start + plan.shape.prefixTokens]
            return CompletionRequest(
                prompt: plan.elicitation.tokens + prefix, maximumTokens: plan.shape.suffixTokens,
                reusesCache: plan.strictness == .fast
            ).body
        }
    }

    // MARK: Power

    private static let suspectRates = [0.01, 0.02, 0.05, 0.1, 0.2]
    private static let controlRates = [0.0, 0.001, 0.01]

    /// One entry of the power table.
    struct Power: Encodable {
        let suspectRate: Double
        let controlRate: Double
        let power: Double
    }

    /// The probability that the extraction test finds a difference; Fisher's test stands in for Boschloo's, which is
    /// never weaker.
    private var power: [Power] {
        guard let control = plan.control else { return [] }
        return Self.suspectRates.flatMap { suspectRate in
            Self.controlRates.filter { $0 < suspectRate }.compactMap { controlRate in
                let power = try? fisherPower(
                    suspectRate: suspectRate, controlRate: controlRate, suspectTrials: Int64(plan.suspect.documents),
                    controlTrials: Int64(control.documents), alpha: plan.extractionLevel)
                return power.map { Power(suspectRate: suspectRate, controlRate: controlRate, power: $0) }
            }
        }
    }

    /// Number of suspect documents without a hit that an upper bound below δ needs.
    private var documentsToClear: Int {
        var documents = 1
        while documents < 10_000_000 {
            guard let clean = try? Proportion(hits: 0, trials: Int64(documents)),
                let bound = try? clopperPearsonUpperBound(clean, alpha: plan.alpha)
            else { return documents }
            if bound < plan.delta { return documents }
            // The bound falls as 1/n, so the next candidate cannot be far below this one.
            documents = max(documents + 1, Int(Double(documents) * min(2, bound / plan.delta)))
        }
        return documents
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
        let power: [Power]
        let documentsToClear: Int
        let excluded: [ExcludedDocument]
    }

    /// The plan as data.
    var event: Event {
        get throws {
            Event(
                plan: plan, planHash: try plan.hash(), windows: windows, ifNothingIsRecited: least,
                ifEverythingIsRecited: most, power: power, documentsToClear: documentsToClear,
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
        lines += ["", "If no window is recited:  \(describe(least))", "If every window is:       \(describe(most))"]
        lines += ["", "Level: α = \(plan.alpha), of which \(plan.extractionLevel) for the extraction test"]
        if !power.isEmpty {
            lines.append("Probability that the extraction test finds memorization, by true rates of recitation:")
            lines += powerTable
        }
        lines.append(
            "Clearing a model (fewer than \(HumanFormat.percent(plan.delta)) of documents extractable) takes at least "
                + "\(HumanFormat.count(documentsToClear)) suspect documents without a hit; there are "
                + "\(plan.suspect.documents).")
        return lines
    }

    private var powerTable: [String] {
        var rows = [TextTable.Row(["  suspect"] + Self.controlRates.map { "control \(HumanFormat.percent($0))" })]
        for rate in Self.suspectRates {
            let cells = Self.controlRates.map { other in
                power.first { $0.suspectRate == rate && $0.controlRate == other }
                    .map { HumanFormat.decimal($0.power, places: 3) } ?? "–"
            }
            rows.append(TextTable.Row(["  " + HumanFormat.percent(rate)] + cells))
        }
        return TextTable(rows).lines
    }

    private func describe(_ cost: Cost) -> String {
        var words =
            "\(HumanFormat.count(cost.requests)) requests, \(HumanFormat.count(cost.forcedTokens)) forced and "
            + "\(HumanFormat.count(cost.generatedTokens)) generated tokens"
        if let seconds = cost.seconds { words += ", at least \(HumanFormat.roughDuration(.seconds(seconds)))" }
        return words
    }
}
