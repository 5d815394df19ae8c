import Audit
import Foundation
import Statistics

/// How often an innocent model is called guilty.
///
/// Every simulated data set is judged at three levels, by the run that may end early and by the one that may not: the
/// levels change, the data do not.
struct NullMeasurement {
    private let options: CalibrationOptions

    init(_ options: CalibrationOptions) { self.options = options }

    private static let alphas = [0.001, 0.01, 0.05]
    private static let procedures = [Stopping.never, .early].flatMap { stopping in
        alphas.map { Procedure(alpha: $0, stopping: stopping) }
    }

    /// Measures every setting, prints the table and writes `null.csv`.
    ///
    /// - Returns: Whether every setting in which the level must hold keeps to its bound, and the one that is wrong on
    ///   purpose does not.
    /// - Throws: ``CalibrationError``.
    func run() throws -> Bool {
        let scenarios = NullGrid.scenarios
        var table = Table(remarks: remarks, columns: Self.columns)
        var failures: [String] = []
        print(Self.heading)
        for (index, scenario) in scenarios.enumerated() {
            let start = Date()
            let tally = try tally(scenario, index: index)
            for stopping in [Stopping.never, .early] {
                let rows = zip(Self.procedures, tally).filter { $0.0.stopping == stopping }
                var rates: [ErrorRate] = []
                for (procedure, counts) in rows {
                    let rate = try ErrorRate(guilty: counts.guilty, runs: options.runs, alpha: procedure.alpha)
                    rates.append(rate)
                    table.add(cells(index, scenario, procedure, counts, rate))
                }
                let isWithin = rates.allSatisfy(\.isWithin)
                print(Self.line(scenario, stopping, rates, rows.map(\.1), options.runs))
                if scenario.claim == .holds, !isWithin { failures.append("\(scenario.title) exceeds its bound") }
                if scenario.claim == .exceeds, isWithin { failures.append("\(scenario.title) was not noticed") }
            }
            report(
                "\(index + 1)/\(scenarios.count) \(scenario.title): "
                    + "\(Table.number(Date().timeIntervalSince(start))) s")
        }
        try table.write("null.csv", in: options.out)
        for failure in failures { report(failure) }
        return failures.isEmpty
    }

    /// What one procedure made of all runs of a scenario.
    private struct Counts {
        var extraction = 0
        var likelihood = 0
        var documents = 0
        var guilty: Int { extraction + likelihood }

        mutating func add(_ finding: Judge.Finding) {
            switch finding.evidence {
            case .extraction: extraction += 1
            case .likelihood: likelihood += 1
            case .none: break
            }
            documents += finding.documents
        }
    }

    private func tally(_ scenario: Scenario, index: Int) throws(CalibrationError) -> [Counts] {
        let simulator = Simulator(scenario, seed: options.seed, stream: "null/\(index)")
        var judge = Judge(
            Self.procedures, of: scenario, compared: options.compared,
            comparesEveryAccusation: true)
        var tally = [Counts](repeating: Counts(), count: Self.procedures.count)
        for number in 0..<options.runs {
            for (place, finding) in try judge.findings(simulator.run(number), number: number).enumerated() {
                tally[place].add(finding)
            }
        }
        return tally
    }

    private var remarks: [String] {
        [
            "How often an innocent model is called guilty: swift run -c release calibration null "
                + "--runs \(options.runs) --seed \(options.seed)",
            "sources \(options.source); procedure version \(AuditPlan.currentVersion); seed \(options.seed); "
                + "\(options.runs) runs per setting; \(Procedure.resamples) random arrangements; "
                + "the first \(options.compared) verdicts of every setting and every accusation made by Decision itself",
            "all levels and both ways of stopping judge the same simulated data; documents of both arms are drawn alike",
            "claim: holds = the level must hold, "
                + "exceeds = wrong on purpose, so that the measurement is known to see it",
            "guilty must not exceed bound: a procedure exactly at its level does so with probability "
                + "\(ErrorRate.falseAlarm)",
        ]
    }

    private static let columns = [
        "setting", "name", "claim", "window_rate", "windows", "correlation", "suspects", "controls", "drift",
        "missing", "prefix", "stopping", "alpha", "runs", "guilty", "by_extraction", "by_likelihood", "rate",
        "upper_95", "bound", "within", "mean_documents",
    ]

    private func cells(
        _ index: Int, _ scenario: Scenario, _ procedure: Procedure, _ counts: Counts, _ rate: ErrorRate
    ) -> [String] {
        [
            "\(index)", scenario.name, scenario.claim.rawValue, "\(scenario.controlRate)", "\(scenario.windows)",
            "\(scenario.correlation)", "\(scenario.suspects)", "\(scenario.controls)", "\(scenario.drift)",
            "\(scenario.missing)", "\(scenario.selection)", procedure.stopping.rawValue, "\(procedure.alpha)",
            "\(rate.runs)", "\(rate.guilty)", "\(counts.extraction)", "\(counts.likelihood)",
            Table.share(Double(rate.guilty) / Double(rate.runs)), Table.share(rate.upper), "\(rate.bound)",
            rate.isWithin ? "yes" : "no", Table.number(Double(counts.documents) / Double(rate.runs)),
        ]
    }

    private static var heading: String {
        Table.padded("setting", 104) + Table.padded("ends", 7)
            + alphas.map { Table.padded("at \($0)", 22) }.joined() + Table.padded("documents", 11) + "claim, found"
    }

    private static func line(
        _ scenario: Scenario, _ stopping: Stopping, _ rates: [ErrorRate], _ counts: [Counts], _ runs: Int
    ) -> String {
        let middle = counts[counts.count / 2]
        return Table.padded(scenario.title, 104) + Table.padded(stopping.rawValue, 7)
            + rates.map { Table.padded("\($0.guilty) <= \($0.bound), \(Table.share($0.upper))", 22) }.joined()
            + Table.padded(Table.number(Double(middle.documents) / Double(runs)), 11)
            + "\(scenario.claim.rawValue), \(rates.allSatisfy(\.isWithin) ? "within" : "EXCEEDS")"
    }
}
