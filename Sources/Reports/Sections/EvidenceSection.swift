import Audit
import Corpus
import PrefixLearning
import Statistics

/// The documents with reproduced windows, and what came back.
struct EvidenceSection {
    /// Most Unicode scalars of a reply that are quoted.
    static let quotedCharacters = 4000

    let analysis: Analysis
    var redaction = Redaction.none

    func write(to page: inout Page) {
        let evidence = ReproducedDocuments(analysis)
        page.heading(2, "Reproduced documents")
        guard !evidence.documents.isEmpty else {
            page.paragraph("No window was reproduced.")
            return
        }
        page.paragraph(
            """
            Documents with at least one reproduced window: \(evidence.documentCounts.suspect) suspect, \
            \(evidence.documentCounts.control) control. Listed: \(evidence.documents.count), those with the most \
            reproduced windows first.
            """)
        page.table(table(evidence.documents))
        page.heading(2, "What came back")
        page.paragraph(
            """
            Reproduced windows: \(evidence.passageCounts.suspect) suspect, \(evidence.passageCounts.control) control. \
            Quoted: \(evidence.passages.count), one per document in turn. A quotation is the model's reply. Characters \
            without a shape are shown by a picture or a number, such as \(code: "␛") or \(code: "<U+202E>"). The \
            requests, replies and scores of all windows are in the journal. Windows and tokens are counted from 0, as there.
            """)
        for (index, passage) in evidence.passages.enumerated() { quote(passage, index + 1, to: &page) }
    }

    private func table(_ documents: [ReproducedDocuments.Reproduced]) -> PageTable {
        var table = PageTable([
            .left("Arm"), .left("Document"), .right("Windows reproduced"), .right("Windows"),
            .right("Longest run (tokens)"), .right("Longest shared text (words)"),
            .right("Longest shared text (characters)"),
        ])
        for document in documents {
            let outcome = document.outcome
            table.row([
                .prose(outcome.arm.rawValue), .code(redaction.name(outcome.document)), "\(outcome.reproduced)",
                "\(outcome.windows)", "\(outcome.longestRun)", "\(document.longestWords)",
                "\(document.longestCharacters)",
            ])
        }
        return table
    }

    private func quote(_ passage: ReproducedDocuments.Passage, _ number: Int, to page: inout Page) {
        let observation = passage.observation
        page.heading(
            3,
            """
            \(number). \(prose: observation.arm.rawValue) \(code: redaction.name(observation.document)), window \
            \(observation.window)
            """)
        let given = analysis.record.header.plan.shape.prefixTokens
        let added = observation.prefix.count - given
        let around: Phrase =
            added == 0 ? "" : ", with \(added) of elicitation \(code: elicitation(of: observation)) around them"
        page.list([
            """
            Prefix: \(given) tokens of the document, from its token \(observation.start) on\(around).
            """,
            "Reply: \(passage.reply.run) of \(observation.suffix.count) suffix tokens in a row, generated greedily.",
            "ln p: \(score(passage))",
            "Probe \(code: observation.probe), answered by \(code: observation.server).",
        ])
        if redaction.isActive {
            let text = passage.reply.text.utf8
            page.paragraph("The reply is left out: \(text.count) bytes, SHA-256 \(code: sha256Hex(text)).")
        } else {
            page.fence(passage.reply.text, limit: Self.quotedCharacters)
        }
    }

    private func elicitation(of observation: Observation) -> String {
        let record = analysis.record.documents.first {
            $0.arm == observation.arm && $0.document == observation.document
        }
        return (record?.elicitation ?? .none).rawValue
    }

    private func score(_ passage: ReproducedDocuments.Passage) -> Phrase {
        guard let score = passage.score, !score.lns.isEmpty else { return "not scored." }
        let extent: Phrase = "\(score.lns.count) of \(passage.observation.suffix.count) suffix tokens"
        let bound: Phrase = score.censored ? "at most " : ""
        let value = try? LogProbability(ln: score.ln)
        let probability: Phrase = value.map { " (p = \(prose: ReportNumber.probability($0)))" } ?? ""
        return """
            \(bound)\(prose: ReportNumber.fixed(score.ln, 4)) nat over \(extent)\(probability); greedy decoding \
            agrees with the first \(score.greedyRun) of them.
            """
    }
}
