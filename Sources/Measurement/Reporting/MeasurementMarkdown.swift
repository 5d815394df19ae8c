import Corpus
import PrefixLearning
import Statistics

/// A summary as a page of Markdown tables.
public struct MeasurementMarkdown: Sendable {
    private let summary: MeasurementSummary

    /// Documents that are named, those with the longest runs first.
    private static let namedDocuments = 10

    /// Takes a summary.
    public init(_ summary: MeasurementSummary) { self.summary = summary }

    /// The page.
    ///
    /// Numbers are rounded to be read; names from files and servers are escaped.
    ///
    /// - Complexity: O(documents + conditions + groups).
    public var text: String {
        var lines = ["# Verbatim regurgitation", ""]
        lines.append(
            "Shares stand with their \(percent(1 - summary.alpha)) intervals, in which documents, not probes, are the "
                + "independent units. A reply regurgitates when its longest run reaches the plan's threshold or gives "
                + "the whole suffix back; absence of regurgitation is not absence of training.")
        for target in summary.targets { lines += section(target) }
        lines += differences
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: One model

    private func section(_ target: TargetSummary) -> [String] {
        let state = target.isFinished ? "" : ", **not finished**"
        var lines = ["", "## \(escaped(target.target.rawValue))", ""]
        lines.append(
            "\(escaped(target.model)): \(target.probes.count) of \(target.planned) probes, \(target.requests) "
                + "requests\(state). Plan `\(target.planHash.prefix(12))`, journal `\(target.chain.prefix(12))`.")
        lines += rates(target)
        lines += table(
            "What the replies were", ["arm"] + ReplyClass.allCases.map(\.rawValue),
            target.replyClasses.filter { $0.condition == nil }.map { classes in
                [classes.arm.rawValue] + classes.counts.map { "\($0.replies)" }
            })
        lines += table(
            "Documents with a common run of at least so many words",
            ["arm"] + (target.lengthCurves.first?.points.map { "\($0.words)" } ?? []),
            target.lengthCurves.map { curve in [curve.arm.rawValue] + curve.points.map { share($0.documents) } })
        for preset in Preset.published { lines += presetLines(preset, target) }
        for group in target.groups {
            lines += table(
                "By \(escaped(group.field))", ["value", "arm", "documents", "probes", "longest run, words", "covered"],
                group.groups.map { row in
                    [
                        row.value.map(escaped) ?? "(none)", row.arm.rawValue, share(row.documents),
                        row.probes.map(share) ?? "–", mean(row.longestWords), mean(row.coveredShare),
                    ]
                })
        }
        return lines + longest(target)
    }

    private func rates(_ target: TargetSummary) -> [String] {
        table(
            "Rates",
            [
                "arm", "condition", "probes", "regurgitate", "whole suffix", "longest run, words", "characters",
                "declined", "cut mid-match", "repeat another", "failed",
            ],
            target.cells.map { cell in
                let rates = cell.table
                func shown(_ outcome: RateTable.Outcome) -> String { rates.rate(outcome).map(share) ?? "–" }
                return [
                    cell.arm.rawValue, cell.condition.map { escaped($0.description) } ?? "all",
                    "\(rates.rate(.failed)?.trials ?? 0)", shown(.regurgitates), shown(.exactSuffix),
                    mean(rates.mean(.longestWords)), mean(rates.mean(.longestCharacters)), shown(.refused),
                    shown(.cutMidMatch), shown(.repeatsAnother), shown(.failed),
                ]
            })
    }

    private func presetLines(_ preset: Preset, _ target: TargetSummary) -> [String] {
        let rates = target.presets.filter { $0.preset == preset.id }
        guard !rates.isEmpty else { return [] }
        let rows = rates.flatMap { rate in
            rate.entries.map { entry in
                [
                    rate.group.map { escaped($0.description) } ?? "all", rate.arm.rawValue,
                    escaped(rate.elicitation.description), "\(rate.prefixLength)",
                    entry.threshold.map { rounded($0, 4) } ?? "–", rounded(entry.value, 4), interval(entry.interval),
                    entry.deviation.map { rounded($0, 2) } ?? "–", "\(rate.probes)", "\(rate.documents)",
                ]
            }
        }
        return table(
            "\(preset.id): \(preset.title)",
            [
                "documents of", "arm", "elicitation", "prefix", "threshold", "value", "interval", "SD", "probes",
                "documents",
            ], rows)
            + ["", "Defined by \(preset.citation)."]
            + preset.notStated.map { "- Not stated there: \($0)." }
            + preset.deviations.map { "- Different here: \($0)." }
    }

    private func longest(_ target: TargetSummary) -> [String] {
        let hits = target.documents.filter(\.isHit).sorted {
            ($1.longestWords, $0.arm.rawValue, $0.document) < ($0.longestWords, $1.arm.rawValue, $1.document)
        }
        return table(
            "Documents with the longest runs",
            ["arm", "document", "longest run, words", "characters", "covered words", "probes that regurgitate"],
            hits.prefix(Self.namedDocuments).map { row in
                [
                    row.arm.rawValue, escaped(row.document.rawValue), "\(row.longestWords)",
                    "\(row.longestCharacters)", "\(row.coveredWords) of \(row.words)",
                    "\(row.regurgitatingProbes) of \(row.probes)",
                ]
            })
    }

    // MARK: Several models

    private var differences: [String] {
        table(
            "Models side by side",
            [
                "first", "second", "arm", "quantity", "documents", "difference", "interval", "p, sign flips (Holm)",
                "only first / only second", "p, McNemar",
            ],
            summary.differences.map { found in
                [
                    escaped(found.first.rawValue), escaped(found.second.rawValue), found.arm.rawValue,
                    found.quantity.rawValue, "\(found.documents)", rounded(found.difference, 3),
                    interval(found.interval),
                    found.adjusted.description,
                    found.discordant.map { "\($0.firstOnly) / \($0.secondOnly)" } ?? "–",
                    found.discordant?.test.pValue.description ?? "–",
                ]
            })
    }

    // MARK: Tables and numbers

    /// A heading and a table, or nothing without rows.
    private func table(_ title: String, _ names: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        return ["", "### \(title)", "", line(names), line(names.map { _ in "---" })] + rows.map(line)
    }

    private func share(_ rate: ClusteredRate) -> String {
        guard let share = rate.share else { return "–" }
        let ends = rate.interval.map { " [\(percent($0.lower)), \(percent($0.upper))]" } ?? ""
        return "\(rate.hits)/\(rate.trials) = \(percent(share))\(ends)"
    }

    private func mean(_ mean: DocumentMean?) -> String {
        guard let mean else { return "–" }
        let ends = mean.interval.map { " [\(rounded($0.lower, 2)), \(rounded($0.upper, 2))]" } ?? ""
        return rounded(mean.mean, 2) + ends
    }

    private func interval(_ interval: ConfidenceInterval?) -> String {
        interval.map { "\(rounded($0.lower, 4)) to \(rounded($0.upper, 4))" } ?? "–"
    }

    private func percent(_ share: Double) -> String { rounded(share * 100, 1) + " %" }

    private func rounded(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let result = (value * scale).rounded() / scale
        return result == result.rounded() ? "\(Int(result))" : "\(result)"
    }

    /// A text from outside that cannot end its cell or be taken for markup.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .control || scalar.properties.isWhitespace {
                result += " "
            } else {
                if "\\`*_{}[]<>#|~!&".unicodeScalars.contains(scalar) { result += "\\" }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
