import Inference
import Corpus
import Audit
import Measurement
import Reports

/// How the measurement was made and how to check it.
struct MeasurementMaking {
    let report: MeasurementReport
    let summary: MeasurementSummary

    /// Most files and documents that are named.
    private static let mostNamed = 100

    private var redaction: Redaction { report.options.redaction }

    func write(to page: inout Page) {
        page.heading(2, "How it was made")
        for record in report.records { write(record, to: &page) }
        page.paragraph(
            """
            Every line of a journal carries the hash of the line before it, so the last hash vouches for all of them. \
            Repeating the command with the same run directory verifies the journals and counts again; what was asked before \
            is not asked again.
            """)
    }

    private func write(_ record: MeasurementRecord, to page: inout Page) {
        let header = record.header
        let plan = header.plan
        page.heading(3, "Model \(code: plan.target.rawValue)")
        var items: [Phrase] = [
            "It calls itself \(code: plan.model)", "Program: \(code: header.program)",
            "Begun: \(code: header.startedAt)",
            "Continued: \(record.continuations) times",
            record.isFinished
                ? "Observations: \(record.observations.count) of \(plan.probeCount)"
                : "Observations: \(record.observations.count) of \(plan.probeCount), **not finished**",
            "SHA-256 of the plan's canonical JSON: \(code: header.planHash)",
            "Last hash of the journal: \(code: record.chain)", "Run directory: \(code: shown(record.directory))",
            """
            Grid: prefixes of \(prose: plan.grid.prefixLengths.map(String.init).joined(separator: ", ")), passages of \
            \(plan.grid.suffixLength) \(prose: plan.grid.unit.rawValue), \
            \(prose: plan.grid.stride.map { "a window every \($0)" } ?? "at the start of each document alone")
            """,
            """
            Counts from \(plan.threshold.words) words, \(plan.threshold.characters) characters or \
            \(plan.threshold.tokens) tokens; words of the prompt \(prose: plan.masks.prompt ? "do not count" : "count"), \
            boilerplate \(prose: plan.masks.boilerplate ? "does not" : "does")
            """,
            "Server use: \(prose: plan.strictness.rawValue), seed \(code: "\(plan.seed)")",
        ]
        if let preset = plan.preset { items.append("Follows the published definition \(code: preset.rawValue)") }
        if let file = header.modelFile {
            items.append(
                """
                Model file: \(code: shown(file.path)), \(file.digest.byteCount) bytes, SHA-256 \
                \(code: file.digest.sha256)
                """)
        }
        page.list(items)
        page.paragraph("Command line:")
        page.fence(ShellWords.line(header.arguments))
        servers(header, to: &page)
        files(header, to: &page)
        excluded(header, to: &page)
    }

    private func shown(_ path: String) -> String { redaction.word(path) }

    private func servers(_ header: MeasurementHeader, to page: inout Page) {
        page.heading(4, "Servers of \(code: header.plan.target.rawValue)")
        var table = PageTable([
            .left("Address"), .left("Build"), .left("Model"), .right("Slots"), .right("Context (tokens)"),
            .left("Start-up test"),
        ])
        for server in header.servers {
            let properties = server.properties
            let obstacle = server.selfTest.obstacle
            table.row([
                .code(server.address), properties.build.isEmpty ? "not told" : .code(properties.build),
                .code(shown(properties.model)), "\(properties.slots)",
                properties.contextTokens > 0 ? "\(properties.contextTokens)" : "not told",
                obstacle.map { "**failed**: \(prose: redaction.error($0))" } ?? "passed",
            ])
        }
        page.table(table)
    }

    private func files(_ header: MeasurementHeader, to page: inout Page) {
        guard !header.files.isEmpty else { return }
        page.heading(4, "Input files of \(code: header.plan.target.rawValue)")
        var table = PageTable([.left("Arm"), .left("File"), .right("Bytes"), .left("SHA-256")])
        for file in header.files.prefix(Self.mostNamed) {
            table.row([.prose(file.arm.rawValue), .code(shown(file.path)), "\(file.bytes)", .code(file.sha256)])
        }
        page.table(table)
        if header.files.count > Self.mostNamed {
            page.paragraph("\(header.files.count - Self.mostNamed) more are named in the journal's first line.")
        }
    }

    private func excluded(_ header: MeasurementHeader, to page: inout Page) {
        guard !header.excluded.isEmpty else { return }
        page.heading(4, "Documents left out for \(code: header.plan.target.rawValue)")
        var table = PageTable([.left("Arm"), .left("Document"), .left("Why")])
        for document in header.excluded.prefix(Self.mostNamed) {
            table.row([
                .prose(document.arm.rawValue), .code(redaction.name(document.document)),
                .prose(document.reason.rawValue),
            ])
        }
        page.table(table)
        if header.excluded.count > Self.mostNamed {
            page.paragraph("\(header.excluded.count - Self.mostNamed) more are named in the journal's first line.")
        }
    }
}
