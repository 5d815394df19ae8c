import Audit
import Corpus
import Foundation
import Statistics

/// The evidence pair by pair against the bound at which it decides.
struct SequentialFigure {
    let analysis: Analysis

    /// Most pairs whose evidence is drawn; of more, every so many.
    private static let mostPoints = 200

    /// The drawing, or `nil` for a run that was not to end early.
    var figure: Figure? {
        let plan = analysis.summary.plan
        guard let level = plan.sequentialLevel, level > 0,
            let course = try? EvidenceCourse(analysis)
        else { return nil }
        let bound = -log(level)
        let every = max(1, course.logEvidence.count / Self.mostPoints)
        let last = course.logEvidence.count - 1
        let points = course.logEvidence.enumerated()
            .filter { $0.offset.isMultiple(of: every) || $0.offset == last }
            .map { LineChart.Point(x: Double($0.offset), y: $0.element) }
        let end =
            course.hasStopped
            ? "It reached the bound at pair \(ReportNumber.count(last)), and the run ended there."
            : "It did not reach the bound."
        return LineChart(
            id: "figure-sequential", title: "Evidence pair by pair",
            description: "ln of the e-value after each pair of a suspect and a control document, in the planned order. "
                + "An innocent model reaches the bound with probability at most \(ReportNumber.setting(level)), "
                + "however often one looks. \(end)",
            xTitle: "Pairs of documents", yTitle: "ln e (nat)", xSpacing: .linear,
            series: [LineChart.Series(name: "evidence", points: points)],
            yMarks: [.init(value: bound, name: "bound: \(ReportNumber.fixed(bound, 2)) nat")],
            yRange: 0...bound, xLabel: { ReportNumber.whole($0) }, yLabel: { ReportNumber.fixed($0, 1) }
        ).figure
    }
}

/// The evidence of the extraction test after every pair, computed again from the outcomes.
struct EvidenceCourse {
    /// ln of the e-value before the first pair, after it, and so on, in nats.
    private(set) var logEvidence: [Double] = [0]
    /// Whether the evidence decided.
    private(set) var hasStopped = false

    /// Follows the pairs of a run in their order, up to the first that is not complete.
    ///
    /// - Throws: `StatisticsError` when the plan's level or bet is void.
    init(_ analysis: Analysis) throws(StatisticsError) {
        let plan = analysis.summary.plan
        var decision = try HybridDecision(alpha: plan.alpha * plan.extractionShare, bet: plan.bet)
        let outcomes = Dictionary(
            analysis.outcomes.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0) }
        ) { first, _ in first }
        var pairs: [Int: [(document: DocumentRecord, outcome: DocumentOutcome?)]] = [:]
        for document in analysis.record.documents {
            guard let pair = document.pair else { continue }
            let key = ArmedDocument(arm: document.arm, document: document.document)
            pairs[pair, default: []].append((document, outcomes[key]))
        }
        for number in 0..<max(0, plan.pairs) {
            guard let members = pairs[number], !hasStopped,
                members.allSatisfy({ $0.outcome?.windows == $0.document.windows })
            else { return }
            func any(_ arm: Arm, _ isHit: (DocumentOutcome) -> Bool) -> Bool {
                members.contains { $0.document.arm == arm && $0.outcome.map(isHit) ?? false }
            }
            decision.observe(suspectHit: any(.suspect, \.isHit), controlHit: any(.control, \.mayBeHit))
            logEvidence.append(decision.process.logEvidence)
            hasStopped = decision.hasStopped
        }
    }
}
