import Audit
import Corpus
import Inference

/// One record per observed window.
struct WindowsCSV {
    let rows: [WindowRow]

    private static let head = [
        "arm", "document", "counted", "window", "start", "prefix_tokens", "suffix_tokens", "outcome", "run",
        "longest_words", "longest_characters", "stop", "scored_tokens", "ln_p", "ln_p_is_bound", "greedy_run",
        "requests", "source_start", "source_end", "source_is_exact", "reply_bytes", "reply_sha256", "reply", "failure",
        "server", "probe", "journal_line", "journal_chain",
    ]

    var text: String {
        var table = CSVTable(Self.head.map { .value($0) })
        for row in rows { table.row(cells(row)) }
        return table.text
    }

    private func cells(_ row: WindowRow) -> [CSVTable.Cell] {
        let (observation, reply, score) = (row.observation, row.reply, row.score)
        return [
            .value(observation.arm.rawValue), .text(row.document), .flag(row.isCounted), .number(observation.window),
            .number(observation.start), .number(observation.prefix.count), .number(observation.suffix.count),
            .value(row.outcome.rawValue), .number(reply?.run), .number(reply?.longestWords),
            .number(reply?.longestCharacters), .value(reply?.stop.rawValue ?? ""), .number(score?.lns.count),
            .number(row.ln),
            .flag(score.map { $0.censored || $0.lns.count < observation.suffix.count }), .number(score?.greedyRun),
            .number(observation.sighting?.requests), .number(row.place?.suffix.lowerBound),
            .number(row.place?.suffix.upperBound), .flag(row.place?.isExact), .number(reply?.text.utf8.count),
            .text(reply.map { sha256Hex($0.text.utf8) }), .text(row.replyText), .text(row.failure),
            .text(observation.server), .text(observation.probe), .number(row.line.sequence), .text(row.line.chain),
        ]
    }
}

/// One record per counted document.
struct DocumentsCSV {
    let analysis: Analysis
    let redaction: Redaction

    private static let head = [
        "arm", "document", "windows", "failures", "reproduced", "extractable", "longest_run", "mean_ln_p",
    ]

    /// The table; metadata fields follow as columns named `field.` and the field's name.
    var text: String {
        let outcomes = analysis.outcomes.map { ($0, redaction.fields($0.fields)) }
        let keys = Set(outcomes.flatMap(\.1.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var table = CSVTable(Self.head.map { .value($0) } + keys.map { .text("field." + $0) })
        let isScored = analysis.summary.plan.staging != .generationOnly
        for (outcome, fields) in outcomes {
            let cells: [CSVTable.Cell] = [
                .value(outcome.arm.rawValue), .text(redaction.name(outcome.document)), .number(outcome.windows),
                .number(outcome.failures), .number(outcome.reproduced),
                .number(isScored ? outcome.extractable : nil), .number(outcome.longestRun), .number(outcome.meanLn),
            ]
            table.row(cells + keys.map { .text(fields[$0]) })
        }
        return table.text
    }
}
