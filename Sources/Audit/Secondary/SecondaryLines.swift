import Corpus
import Foundation
import Statistics

extension SecondaryAnalysis {
    /// The analysis for a terminal: plain text, one line per element, at most 100 columns but for the note.
    public var lines: [String] {
        var lines = ["Secondary analyses (no part of the verdict)", ""]
        lines += scoreLines
        for arm in arms { lines += Self.curveLines(arm) }
        lines += inferenceLines
        if endedEarly { lines += ["", "The run ended early: only documents up to the pair that decided are counted."] }
        return lines + ["", note]
    }

    private var scoreLines: [String] {
        let header = Self.row("mean over documents", arms.map { "\($0.arm.rawValue) (\($0.documents))" })
        let rows = DocumentFeature.allCases.compactMap { feature -> String? in
            guard arms.contains(where: { $0.means[feature] != nil }) else { return nil }
            return Self.row(feature.title, arms.map { Self.number($0.means[feature]) })
        }
        let bounded = documents.reduce(0) { $0 + $1.boundedWindows }
        let reservation = bounded > 0 ? ["(ln p of the suffix is an upper bound in \(bounded) windows)"] : []
        return rows.isEmpty ? ["no window has a score"] : [header] + rows + reservation
    }

    private static func curveLines(_ arm: ArmScores) -> [String] {
        guard let curve = arm.extraction else { return [] }
        let chance = number(curve.probability * 100)
        let title = "\(arm.arm.rawValue): windows extracted with probability \(chance) % or more by n samples"
        return ["", title, row("n", ["for sure", "at most", "interval over documents"])]
            + curve.points.map { point in
                let interval = point.interval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "-"
                return row("\(point.attempts)", [percent(point.share), percent(point.largestShare), interval])
            }
    }

    private var inferenceLines: [String] {
        switch inference {
        case .notMade(let reason): return ["", "Dataset inference was not made: \(reason)."]
        case .made(let findings):
            let single = findings.single
            let learned = single.learning.suspect + single.learning.control
            return [
                "",
                "Dataset inference: \(single.features.count) scores made one on \(learned) documents, tested on "
                    + "\(single.test.suspect) suspect and \(single.test.control) control documents",
                Self.row("studentized permutation test", ["p = \(single.permutation.pValue)"]),
                Self.row("Welch's t test (approximate)", ["p = \(single.welch.pValue)"]),
                Self.row("chance that suspect ranks higher", [Self.percent(single.area)]),
                Self.row(
                    "\(SecondaryInference.splits) splits, twice the median", ["p = \(findings.overSplits.pValue)"]),
            ]
        }
    }

    private static func row(_ title: String, _ cells: [String]) -> String {
        let cells = cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }
        return "  " + title + String(repeating: " ", count: max(1, 34 - title.count)) + cells.joined(separator: "  ")
    }

    /// A number with one digit or three behind the point.
    private static func number(_ value: Double?) -> String {
        guard let value else { return "-" }
        guard abs(value) < 1e9 else { return "\(value)" }
        return String(format: "%.\(abs(value) < 10 ? 3 : 1)f", value)
    }

    private static func percent(_ share: Double) -> String {
        String(format: "%.1f %%", share * 100)
    }
}
