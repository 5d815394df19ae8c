import Canary
import Statistics

/// The verdict of `rote canary test` for people.
struct CanaryVerdictText {
    private let verdict: CanaryVerdict
    private let record: CanaryRecord

    /// Most canaries that get a line of their own.
    private static let shownCanaries = 50

    init(_ verdict: CanaryVerdict, _ record: CanaryRecord) {
        self.verdict = verdict
        self.record = record
    }

    /// The lines.
    var lines: [String] {
        let words =
            switch verdict.answer {
            case .memorized: "MEMORIZED (evidence: \(verdict.evidence.rawValue))"
            case .inconclusive: "INCONCLUSIVE"
            }
        var lines = [
            "Verdict: \(words), at α = \(verdict.levels.alpha)",
            "Why: \(sanitize(verdict.reason.prefix(1).uppercased() + verdict.reason.dropFirst())).",
            "Shown: \(verdict.proves)",
            "Not shown: \(verdict.doesNotProve)",
        ]
        for caveat in verdict.caveats { lines.append("Note: \(sanitize(caveat))") }
        lines += [""] + table + [""]
        lines.append(line("Ranks", verdict.rankTest, level: verdict.levels.rank))
        lines.append(line("Extraction", verdict.extraction, level: verdict.levels.extraction))
        lines += [
            "", "Run: \(sanitize(record.directory)) (plan \(record.header.planHash.prefix(12)))",
            "Commitment: \(record.header.plan.commitment)",
        ]
        return lines
    }

    private var table: [String] {
        var rows = [
            TextTable.Row([
                "", "rank", "of", "exposure", "ln p published", "best reference", "median", "ties", "missing",
                "written out",
            ])
        ]
        for finding in verdict.findings.prefix(Self.shownCanaries) {
            rows.append(
                TextTable.Row([
                    finding.id, "\(finding.rank.rank)", "\(finding.rank.places)",
                    HumanFormat.decimal(finding.exposure, places: 2) + " bits", nats(finding.ln),
                    nats(finding.bestReferenceLn), nats(finding.medianReferenceLn), "\(finding.ties)",
                    "\(finding.missing)", finding.isReproduced.map { $0 ? "yes" : "no" } ?? "–",
                ]))
        }
        let more = verdict.findings.count - Self.shownCanaries
        return TextTable(rows).lines + (more > 0 ? ["… and \(more) more; --json has them all"] : [])
    }

    private func nats(_ ln: Double?) -> String { ln.map { HumanFormat.decimal($0, places: 2) } ?? "–" }

    private func line(_ name: String, _ test: TestResult, level: Double) -> String {
        "\(name): \(test.method), p = \(test.pValue) (ln p = \(HumanFormat.decimal(test.pValue.ln, places: 2))), "
            + "level \(level)"
    }
}
