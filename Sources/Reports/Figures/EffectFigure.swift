import Audit
import Statistics

/// The rates of both arms and their difference, with intervals.
struct EffectFigure {
    let summary: AnalysisSummary

    /// The two drawings: rates, and the difference if there is something to compare with.
    var figures: [Figure] {
        let decision = summary.decision
        var rows = [row("suspect documents", decision.suspect)]
        if let control = decision.control { rows.append(row("control documents", control)) }
        let coverage = ReportNumber.setting(percent: ArmSummary.confidence)
        let rates = ForestPlot(
            id: "figure-rates", title: "Rate of documents with a reproduced window",
            description: "Each square is a rate, each line its \(coverage) interval.",
            xTitle: "Documents with a reproduced window (%)", rows: rows,
            marks: [.init(value: summary.plan.delta * 100, name: "δ")],
            label: Self.percent)
        guard let effect = decision.effect else { return [rates.figure] }
        let difference = ForestPlot(
            id: "figure-difference", title: "Suspect minus control",
            description: "The square is the difference of the rates, the line its "
                + "\(ReportNumber.setting(percent: effect.interval.confidence)) interval. An interval that lies right of "
                + "0 means that suspect documents come back more often; the tests decide, not this interval.",
            xTitle: "Difference in percentage points",
            rows: [
                ForestPlot.Row(
                    name: "difference of rates", estimate: effect.rateDifference * 100,
                    lower: effect.interval.lower * 100, upper: effect.interval.upper * 100,
                    method: effect.interval.method.title)
            ], marks: [.init(value: 0, name: "no difference")], label: { ReportNumber.signed($0, 1) })
        return [rates.figure, difference.figure]
    }

    private func row(_ name: String, _ arm: ArmSummary) -> ForestPlot.Row {
        ForestPlot.Row(
            name: name, estimate: arm.rate * 100, lower: arm.interval.lower * 100, upper: arm.interval.upper * 100,
            method: arm.interval.method.title)
    }

    private static func percent(_ value: Double) -> String { ReportNumber.setting(value.roundedToTenths) }
}

extension Double {
    /// The number with one decimal.
    package var roundedToTenths: Double { (self * 10).rounded() / 10 }
}
