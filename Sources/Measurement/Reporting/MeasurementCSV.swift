import Corpus
import PrefixLearning
import Statistics

/// A summary as comma-separated values (RFC 4180): one row per probe, one per document.
public enum MeasurementCSV {
    /// One row per probe, with a line of names first.
    ///
    /// - Complexity: O(probes).
    public static func probes(_ summary: MeasurementSummary) -> String {
        var lines = [
            [
                "model", "arm", "document", "elicitation", "prefix_length", "place", "start", "prefix_begin",
                "prefix_end", "suffix_begin", "suffix_end", "reply_class", "regurgitates", "longest_words",
                "longest_characters", "longest_tokens", "longest_begin", "longest_end", "censored_words",
                "covered_words", "covered_quoted_words", "near_verbatim_words", "token_accuracy", "first_divergence",
                "whole_suffix", "rouge_l", "edit_similarity", "type_token_ratio", "reasoning_words", "samples",
                "regurgitating_samples", "ln_p", "ln_p_is_bound", "near_verbatim_ln_p", "elsewhere_document",
                "elsewhere_words", "failure",
            ]
        ]
        for target in summary.targets { lines += target.probes.map { row(of: $0, target.target) } }
        return text(lines)
    }

    /// One row per document, with a line of names first.
    ///
    /// - Parameters:
    ///   - summary: The summary.
    ///   - fields: Metadata fields that get a column each.
    /// - Complexity: O(documents).
    public static func documents(_ summary: MeasurementSummary, fields: [String] = []) -> String {
        var lines = [
            [
                "model", "arm", "document", "words", "probes", "failures", "regurgitating_probes", "refused_probes",
                "exact_suffixes", "longest_words", "longest_characters", "longest_tokens", "covered_words",
                "covered_share", "near_verbatim_words", "largest_ln_p", "elsewhere",
            ] + fields
        ]
        for target in summary.targets {
            for row in target.documents {
                let cells: [Any?] = [
                    target.target, row.arm.rawValue, row.document, row.words, row.probes, row.failures,
                    row.regurgitatingProbes, row.refusedProbes, row.exactSuffixes, row.longestWords,
                    row.longestCharacters, row.longestTokens, row.coveredWords, row.coveredShare,
                    row.nearVerbatimWords, row.largestSuffixProbability?.ln, row.elsewhere,
                ]
                lines.append(cells.map(cell) + fields.map { row.fields[$0] ?? "" })
            }
        }
        return text(lines)
    }

    private static func row(of probe: ProbeRow, _ target: TargetName) -> [String] {
        let reply = probe.reply
        let cells: [Any?] = [
            target, probe.arm.rawValue, probe.document, probe.condition.elicitation.rawValue,
            probe.condition.prefixLength, probe.condition.place.rawValue, probe.start, probe.prefixBytes.lowerBound,
            probe.prefixBytes.upperBound, probe.suffixBytes.lowerBound, probe.suffixBytes.upperBound,
            probe.replyClass?.rawValue, reply?.regurgitates, reply?.longestWords, reply?.longestCharacters,
            reply?.longestTokens, reply?.longestBytes?.lowerBound, reply?.longestBytes?.upperBound,
            reply?.censoredWords, reply?.coveredWords, reply?.coveredQuotedWords, reply?.nearVerbatimWords,
            reply?.tokenAccuracy, reply?.firstDivergence, reply?.isWholeSuffix, reply?.rougeL,
            reply?.editSimilarity, reply?.typeTokenRatio, reply?.reasoningWords, probe.samples,
            probe.regurgitatingSamples, probe.ln, probe.ln == nil ? nil : probe.lnIsBound, probe.nearVerbatimBound?.ln,
            probe.elsewhere?.document, probe.elsewhere?.words, probe.failure,
        ]
        return cells.map(cell)
    }

    private static func cell(_ value: Any?) -> String {
        switch value {
        case nil: ""
        case let value?: "\(value)"
        }
    }

    private static func text(_ lines: [[String]]) -> String {
        lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A cell, in quotation marks where it must be; one that a spreadsheet would take for a formula gets an apostrophe.
    private static func quoted(_ cell: String) -> String {
        var cell = cell
        if let first = cell.utf8.first,
            "=+@\t\r".utf8.contains(first) || (first == UInt8(ascii: "-") && Double(cell) == nil)
        {
            cell = "'" + cell
        }
        guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
