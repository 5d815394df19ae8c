import Audit
import Corpus
import Statistics

/// The share of windows that sampling would extract, over the number of samples.
struct ExtractionFigure {
    let plan: AuditPlan
    let counted: CountedObservations

    /// Numbers of samples at which the curve is drawn: 1, 2, 5 and their tenfolds up to a million.
    private static let attempts: [Int64] =
        (0...5).flatMap { exponent in
            let power = (0..<exponent).reduce(Int64(1)) { product, _ in product * 10 }
            return [power, 2 * power, 5 * power]
        } + [1_000_000]

    /// The drawing, or `nil` when no window has a usable score.
    var figure: Figure? {
        let curves = counted.arms.compactMap { arm in curve(arm).map { (arm, $0) } }
        guard !curves.isEmpty else { return nil }
        let probability = ReportNumber.setting(percent: plan.extractability.probability)
        let bounded = curves.reduce(0) { $0 + $1.1.bounded }
        return LineChart(
            id: "figure-extraction", title: "Extraction over the number of samples",
            description:
                "The share of windows of which n random continuations would contain the suffix at least once with "
                + "probability \(probability) or more, 1 − (1 − p)ⁿ. The curve is what is certain, with its 95 % interval; "
                + "the upper end allows for \(ReportNumber.count(bounded)) windows of which only a bound is known.",
            xTitle: "Number of samples n", yTitle: "Share of windows (%)", xSpacing: .logarithmic,
            series: curves.map { arm, curve in
                LineChart.Series(
                    name: arm.rawValue,
                    points: curve.points.map { point in
                        let range = point.interval.map { min($0.lower, $0.upper) * 100...max($0.lower, $0.upper) * 100 }
                        return LineChart.Point(x: Double(point.attempts), y: point.share * 100, range: range)
                    })
            },
            xMarks: [.init(value: Double(max(1, plan.extractability.samples)), name: "the plan's n")], yRange: 0...1,
            xLabel: { ReportNumber.whole($0) }, yLabel: { ReportNumber.setting($0.roundedToTenths) }
        ).figure
    }

    private func curve(_ arm: Arm) -> ExtractionCurve? {
        let documents = counted.documents(of: arm)
        let isScored = documents.contains { $0.observations.contains { $0.sighting?.score?.isPossible ?? false } }
        guard isScored else { return nil }
        return try? ExtractionCurve(
            documents: documents.map { document in
                document.observations.map { $0.probabilityOfSuffix(tokens: plan.shape.suffixTokens) }
            }, probability: plan.extractability.probability, attempts: Self.attempts)
    }
}
