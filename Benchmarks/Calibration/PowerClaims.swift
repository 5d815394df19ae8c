import Audit
import Statistics

/// What is said of the default design, checked against what was measured.
struct PowerClaims {
    /// What was found, one sentence per claim.
    private(set) var sentences: [String] = []
    /// Whether every claim holds.
    private(set) var hold = true

    /// Standard errors that a forecast may be off by, once in 16,000 times for each experiment by chance alone.
    private static let largestSurprise = 4.0

    /// - Throws: ``CalibrationError`` when an experiment that a claim is about was not made.
    init(_ results: [PowerResult]) throws {
        func result(
            _ rates: (control: Double, suspect: Double), _ size: PowerDesign.Size, _ stopping: Stopping
        ) throws(CalibrationError) -> PowerResult {
            let found = results.first {
                $0.design.scenario.controlRate == rates.control && $0.design.scenario.suspectRate == rates.suspect
                    && $0.design.size == size && $0.stopping == stopping
            }
            guard let found else { throw .harness("no experiment at \(rates) with \(size.rawValue) was made") }
            return found
        }
        let gross = (control: 0.01, suspect: 0.2)
        let early = try result(gross, .betsOwn, .early)
        for (name, fixed) in [
            ("the fixed design with the same cap", try result(gross, .betsOwn, .never)),
            ("the fixed design's own size for the bet's alternative", try result(gross, .fixedForBet, .never)),
        ] {
            // Three standard errors, so that two designs of equal power are not told apart by chance.
            let tolerance = 3 * (2 * 0.25 / Double(early.runs)).squareRoot()
            add(
                early.meanDocuments <= 0.5 * fixed.meanDocuments && early.power >= fixed.power - tolerance,
                "1 % against 20 %: the default sends \(Table.number(early.meanDocuments)) documents for power "
                    + "\(Table.share(early.power)), \(name) \(Table.number(fixed.meanDocuments)) for "
                    + "\(Table.share(fixed.power)), a ratio of "
                    + "\(Table.number(early.meanDocuments / fixed.meanDocuments))")
        }
        let own = try result(PowerGrid.bet, .betsOwn, .early)
        let below = try binomialTest(
            Proportion(hits: Int64(own.found), trials: Int64(own.runs)), rate: 0.8, alternative: .less)
        add(
            below.pValue.value > ErrorRate.falseAlarm,
            "the bet's own alternative: power \(Table.share(own.power)) with \(own.design.scenario.suspects) documents "
                + "per arm, planned for .8")
        let surprise = results.map(\.surprise).max() ?? 0
        add(
            surprise <= Self.largestSurprise,
            "what rote plan foretells: no power is more than \(Table.number(surprise)) standard errors from its forecast"
        )
    }

    private mutating func add(_ holds: Bool, _ sentence: String) {
        sentences.append("\(holds ? "holds" : "DOES NOT HOLD"): \(sentence)")
        if !holds { hold = false }
    }
}
