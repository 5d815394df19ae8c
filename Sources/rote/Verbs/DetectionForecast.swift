import Audit
import Statistics

/// What an audit could find: the probability of a verdict at given true rates, and the documents it takes.
struct DetectionForecast: Sendable {
    /// What is known of the corpus and asked about by the user.
    struct Question: Sendable {
        /// Rates that are of interest beside the standard ones.
        var rates: [TrueRates] = []
        /// How alike documents are.
        var designEffect = DesignEffect.none
    }

    private let plan: AuditPlan
    private let question: Question
    private let table: PowerTable
    private let needed: [(rates: TrueRates, documents: DocumentsNeeded)]

    /// Probability of finding memorization that a design is usually asked to have.
    static let usualPower = 0.8

    /// Foretells the extraction test of a plan, or `nil` without controls.
    ///
    /// - Throws: `StatisticsError` when the plan's level or bet is void.
    init?(_ plan: AuditPlan, _ question: Question) throws(StatisticsError) {
        guard let control = plan.control else { return nil }
        self.plan = plan
        self.question = question
        // Power grows with documents, so a bound from below is what larger corpora get.
        func countable(_ documents: Int) -> Int64 { min(Int64(documents), BoschlooRegion.largestDocuments) }
        let level = plan.alpha * plan.extractionShare
        table = try PowerTable(
            HybridDesign(
                level: level, bet: plan.bet, suspectDocuments: countable(plan.suspect.documents),
                controlDocuments: countable(control.documents), designEffect: question.designEffect),
            rates: question.rates, seed: plan.seed)
        var needed: [(TrueRates, DocumentsNeeded)] = []
        for rates in question.rates {
            needed.append(
                (
                    rates,
                    try documentsNeeded(
                        for: rates, power: Self.usualPower, procedure: plan.stopping == .early ? .hybrid : .fixed,
                        level: level, bet: plan.bet, designEffect: question.designEffect,
                        cap: BoschlooRegion.largestDocuments, seed: plan.seed)
                ))
        }
        self.needed = needed
    }

    private func power(_ row: PowerForecast) -> Double {
        plan.stopping == .early ? row.hybridPower.value : row.fixedPower
    }

    private func documents(_ row: PowerForecast) -> Double {
        plan.stopping == .early
            ? row.expectedDocuments
            : Double(table.design.suspectDocuments + table.design.controlDocuments)
    }

    // MARK: Data

    /// One row as data.
    struct Row: Encodable {
        let suspectRate: Double
        let controlRate: Double
        let power: Double
        let powerWithoutEarlyEnd: Double
        let expectedDocuments: Double
        let endsEarly: Double
    }

    /// The rows, those that were asked for first.
    var rows: [Row] {
        table.rows.map { row in
            Row(
                suspectRate: row.rates.suspect, controlRate: row.rates.control, power: power(row),
                powerWithoutEarlyEnd: row.fixedPower, expectedDocuments: documents(row),
                endsEarly: plan.stopping == .early ? row.stopsEarly.value : 0)
        }
    }

    // MARK: Words

    /// Lines for people.
    var lines: [String] {
        var lines = [
            "Probability that the extraction test finds memorization, by true rates of recitation"
                + (plan.stopping == .early ? ", and the documents it asks about on average:" : ":")
        ]
        lines += grid
        let asked = Set(question.rates)
        for row in table.rows where asked.contains(row.rates) { lines.append(sentence(row)) }
        for (rates, documents) in needed { lines.append(sentence(rates, documents)) }
        if question.designEffect.value > 1 {
            lines.append(
                "Documents are taken to be alike: \(HumanFormat.decimal(question.designEffect.value, places: 2)) of them "
                    + "tell as much as one. This is for planning and makes no test valid.")
        }
        return lines
    }

    private var grid: [String] {
        let standard = PowerTable.standardGrid
        let controls = Set(standard.map(\.control)).sorted()
        var rows = [TextTable.Row(["  suspect"] + controls.map { "control \(HumanFormat.percent($0))" })]
        for suspect in Set(standard.map(\.suspect)).sorted() {
            let cells = controls.map { control in
                table.rows.first { $0.rates.suspect == suspect && $0.rates.control == control }.map(cell) ?? "–"
            }
            rows.append(TextTable.Row(["  " + HumanFormat.percent(suspect)] + cells))
        }
        return TextTable(rows).lines
    }

    private func cell(_ row: PowerForecast) -> String {
        let power = HumanFormat.decimal(power(row), places: 3)
        return plan.stopping == .early ? "\(power) (\(HumanFormat.count(Int(documents(row).rounded()))))" : power
    }

    private func sentence(_ row: PowerForecast) -> String {
        let (suspects, controls) = (table.design.suspectDocuments, table.design.controlDocuments)
        return "\(suspects) + \(controls) documents detect \(HumanFormat.percent(row.rates.suspect)) against "
            + "\(HumanFormat.percent(row.rates.control)) with probability "
            + "\(HumanFormat.decimal(power(row), places: 2)), asking about "
            + "\(HumanFormat.count(Int(documents(row).rounded()))) of them on average."
    }

    private func sentence(_ rates: TrueRates, _ documents: DocumentsNeeded) -> String {
        let wish = "Probability \(HumanFormat.decimal(Self.usualPower, places: 1)) "
        switch documents {
        case .reachable(let perArm, _):
            return wish + "takes \(HumanFormat.count(Int(perArm))) documents per arm."
        case .notReachable(let cap, _):
            return wish + "takes more than \(HumanFormat.count(Int(cap))) documents per arm."
        }
    }
}
