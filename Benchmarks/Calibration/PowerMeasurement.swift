import Audit
import Foundation
import Statistics

/// How often a guilty model is called guilty by the extraction test, and how many documents that takes.
struct PowerMeasurement {
    private let options: CalibrationOptions

    init(_ options: CalibrationOptions) { self.options = options }

    /// Measures every experiment, prints the table and what is claimed about it, and writes `power.csv`.
    ///
    /// - Returns: Whether the claims hold, see ``PowerClaims``.
    /// - Throws: ``CalibrationError``.
    func run() throws -> Bool {
        let designs = try PowerGrid.designs(seed: options.seed)
        var table = Table(remarks: remarks, columns: PowerResult.columns)
        print(PowerResult.heading)
        var results: [PowerResult] = []
        for (index, design) in designs.enumerated() {
            let start = Date()
            for result in try measured(design, index: index) {
                results.append(result)
                table.add(result.cells)
                print(result.line)
            }
            report(
                "\(index + 1)/\(designs.count) \(design.title): \(Table.number(Date().timeIntervalSince(start))) s")
        }
        try table.write("power.csv", in: options.out)
        let claims = try PowerClaims(results)
        for sentence in claims.sentences { print(sentence) }
        return claims.hold
    }

    private func measured(_ design: PowerDesign, index: Int) throws -> [PowerResult] {
        let procedures = design.stoppings.map { Procedure(alpha: PowerGrid.alpha, stopping: $0) }
        let simulator = Simulator(design.scenario, seed: options.seed, stream: "power/\(index)")
        var judge = Judge(
            procedures, of: design.scenario, compared: options.compared, comparesEveryAccusation: false)
        var found = [Int](repeating: 0, count: procedures.count)
        var documents = found
        var early = found
        for number in 0..<options.runs {
            let run = simulator.run(number)
            for (place, finding) in try judge.findings(run, number: number).enumerated() {
                if finding.evidence != .none { found[place] += 1 }
                if finding.documents < run.outcomes.count { early[place] += 1 }
                documents[place] += finding.documents
            }
        }
        return try procedures.indices.map { place in
            try PowerResult(
                design: design, stopping: procedures[place].stopping, runs: options.runs, found: found[place],
                early: early[place], documents: documents[place], seed: options.seed)
        }
    }

    private var remarks: [String] {
        [
            "How often, and after how many documents, a guilty model is called guilty by the extraction test: "
                + "swift run -c release calibration power --runs \(options.runs) --seed \(options.seed)",
            "sources \(options.source); procedure version \(AuditPlan.currentVersion); seed \(options.seed); "
                + "\(options.runs) runs per row; alpha \(PowerGrid.alpha), of which the extraction test has "
                + "\(PowerGrid.level); one window per document; no log-probabilities; the first \(options.compared) "
                + "verdicts of every row made by Decision itself",
            "stopping early is the program's default, never is Boschloo's test once on all documents at the same level; "
                + "forecast is what rote plan computes, for never without simulation",
        ]
    }
}
