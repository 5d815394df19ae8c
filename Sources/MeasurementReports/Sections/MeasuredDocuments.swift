import Inference
import Overlap
import Audit
import Corpus
import Measurement
import Reports

/// The measured documents as a browsable list: for each one what every model said about it.
struct MeasuredDocuments {
    let report: MeasurementReport
    /// The summary as it is shown.
    let summary: MeasurementSummary

    /// Most probes of one model that are shown of a document, those with the longest runs first.
    private static let mostProbes = 6
    /// Most Unicode scalars of a text that are shown.
    private static let mostCharacters = 3000
    /// Most bytes of a source excerpt, so that a run far away from the passage is told of rather than shown.
    private static let mostExcerpt = 8000

    private var redaction: Redaction { report.options.redaction }

    /// What the marks mean, and where the texts are from.
    static func legend(_ options: MeasurementReportOptions) -> HTML {
        guard !options.redaction.isActive else {
            return .element(
                .p, [],
                """
                Texts and names are left out of this report: what stands for them are lengths and hashes. The command line \
                stays as it was typed.
                """)
        }
        let source: HTML =
            options.texts.isEmpty
            ? "The documents are not at hand, so replies are shown without them."
            : "Sources are the documents as they were read. Replies are from the journals."
        return .joined([
            .element(.p, [], source),
            .element(
                .p, [], "In source and reply, ", .element(.mark, [.class("s")], "underlined words"),
                " stand in both in the same order, ", .element(.mark, [.class("n")], "words with a wavy line"),
                " stand between such words and differ, and ", .element(.mark, [.class("m")], "the others"),
                " match nothing."),
        ])
    }

    /// The list, documents of which most came back first.
    var browser: DocumentBrowser {
        var columns = [
            DocumentBrowser.Column(title: "Arm", isNumber: false), .init(title: "Document", isNumber: false),
            .init(title: "Words", isNumber: true),
        ]
        columns += summary.targets.map {
            .init(title: "Longest run (words), \(visible($0.target.rawValue, limit: 40))", isNumber: true)
        }
        return DocumentBrowser(
            caption: "Measured documents, those with the longest runs first", columns: columns,
            entries: documents.map(entry))
    }

    /// A document with what each model's run says of it.
    private struct Measured {
        let key: ArmedDocument
        let words: Int
        let fields: [String: String]
        /// By model, in order.
        let rows: [DocumentRow?]
        let observations: [[MeasurementObservation]]

        var longest: Int { rows.compactMap { $0?.longestWords }.max() ?? 0 }
    }

    private var documents: [Measured] {
        let rows = report.summary.targets.map { target in
            Dictionary(target.documents.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0) }) { one, _ in one
            }
        }
        let observations = report.records.map { record in
            Dictionary(grouping: record.observations) { ArmedDocument(arm: $0.arm, document: $0.document) }
        }
        let keys = rows.reduce(into: Set<ArmedDocument>()) { $0.formUnion($1.keys) }
        let measured = keys.map { key in
            let found = rows.map { $0[key] }
            let any = found.compactMap(\.self).first
            return Measured(
                key: key, words: any?.words ?? 0, fields: any?.fields ?? [:], rows: found,
                observations: observations.map { $0[key] ?? [] })
        }
        return measured.sorted { left, right in
            (right.longest, left.key.arm == .suspect ? 0 : 1, left.key.document)
                < (left.longest, right.key.arm == .suspect ? 0 : 1, right.key.document)
        }
    }

    private func entry(_ document: Measured) -> DocumentBrowser.Entry {
        let name = visible(redaction.name(document.key.document), limit: Phrase.codeLimit)
        var facts = ["\(ReportNumber.count(document.words)) words."]
        for (target, row) in zip(summary.targets, document.rows) {
            guard let row else { continue }
            facts.append(
                "\(visible(target.target.rawValue, limit: 80)): \(ReportNumber.count(row.regurgitatingProbes)) of "
                    + "\(ReportNumber.count(row.probes)) probes regurgitate; longest run "
                    + "\(ReportNumber.count(row.longestWords)) words, \(ReportNumber.count(row.longestCharacters)) "
                    + "characters, \(ReportNumber.count(row.longestTokens)) tokens; "
                    + "\(MeasuredNumbers.percent(row.coveredShare)) % of the words covered.")
        }
        for (key, value) in document.fields.sorted(by: { $0.key < $1.key }) {
            facts.append(
                "\(visible(redaction.word(key), limit: 80)): \(visible(redaction.word(value), limit: Phrase.codeLimit))"
            )
        }
        return DocumentBrowser.Entry(
            cells: [document.key.arm.rawValue, name, ReportNumber.count(document.words)]
                + document.rows.map { $0.map { ReportNumber.count($0.longestWords) } ?? "not asked" },
            detail: DocumentBrowser.Detail(
                title: "\(document.key.arm.rawValue) \(name)", facts: facts, windows: windows(document)))
    }

    // MARK: Probes

    private func windows(_ document: Measured) -> [DocumentBrowser.Window] {
        let text = redaction.isActive ? nil : report.options.texts[document.key].map { Array($0.utf8) }
        var windows: [DocumentBrowser.Window] = []
        for (target, observations) in zip(summary.targets, document.observations) {
            let sorted = observations.sorted { left, right in
                (right.longest, left.condition, left.start) < (left.longest, right.condition, right.start)
            }
            let left = sorted.count - Self.mostProbes
            for (place, observation) in sorted.prefix(Self.mostProbes).enumerated() {
                let isLast = place == Self.mostProbes - 1 && left > 0
                windows.append(
                    window(
                        observation, of: visible(target.target.rawValue, limit: 80), text: text,
                        notes: isLast ? ["\(ReportNumber.count(left)) more probes with runs as long or shorter."] : []))
            }
        }
        return windows
    }

    private func window(
        _ observation: MeasurementObservation, of model: String, text: [UInt8]?, notes: [String]
    ) -> DocumentBrowser.Window {
        var notes = notes
        var facts = [
            "Prefix: bytes \(observation.prefixBytes.lowerBound) to \(observation.prefixBytes.upperBound) of the document; "
                + "expected passage: bytes \(observation.suffixBytes.lowerBound) to \(observation.suffixBytes.upperBound)."
        ]
        var (source, shown): ([DocumentBrowser.Stretch]?, [DocumentBrowser.Stretch]?)
        switch observation.result {
        case .failed(let reason):
            facts.append("No usable answer: \(visible(redaction.error(reason), limit: 400))")
        case .seen(let sighting):
            // The reply that repeats most stands for the probe.
            let best = sighting.replies.enumerated().max {
                ($0.element.overlap.longestWords, $1.offset) < ($1.element.overlap.longestWords, $0.offset)
            }?.element
            if let best {
                facts += describe(best, of: sighting)
                if redaction.isActive {
                    facts.append(
                        "Reply: \(best.text.utf8.count) bytes, SHA-256 \(sha256Hex(best.text.utf8)); the text is left "
                            + "out.")
                } else {
                    (source, shown) = texts(best, observation, text, &notes)
                }
            }
            if let score = sighting.score {
                facts.append(
                    "ln p: \(score.isBound ? "at most " : "")\(ReportNumber.fixed(score.ln, 4)) nat over "
                        + "\(score.lns.count) of \(score.suffixTokens) tokens.")
            }
        }
        facts.append("SHA-256 of the greedy request's body: \(visible(observation.probe, limit: 80)).")
        return DocumentBrowser.Window(
            title: "\(model): \(visible(observation.condition.description, limit: 120)), at \(observation.start)",
            facts: facts, source: source, reply: shown, notes: notes)
    }

    private func describe(_ reply: MeasuredReply, of sighting: MeasurementSighting) -> [String] {
        let overlap = reply.overlap
        var facts = [
            "\(reply.judgement.regurgitates ? "Regurgitates" : "Does not regurgitate"); \(reply.judgement.replyClass.title)"
                + "; longest run \(ReportNumber.count(overlap.longestWords)) words, "
                + "\(ReportNumber.count(overlap.longestCharacters)) characters, "
                + "\(ReportNumber.count(overlap.longestTokens)) tokens; ended: \(reply.stop.rawValue)."
        ]
        if sighting.replies.count > 1 {
            facts.append(
                "Of \(sighting.replies.count) replies "
                    + "\(sighting.replies.count(where: \.judgement.regurgitates)) regurgitate; the one with the longest run "
                    + "is shown.")
        }
        if let words = reply.judgement.censoredWords {
            facts.append("It was cut off inside a run of \(words) words, which may have gone on.")
        }
        if let other = reply.elsewhere {
            facts.append(
                "It repeats \(other.words) words of another document, "
                    + "\(visible(redaction.name(other.document), limit: 120)).")
        }
        return facts
    }

    private func texts(
        _ reply: MeasuredReply, _ observation: MeasurementObservation, _ text: [UInt8]?, _ notes: inout [String]
    ) -> (source: [DocumentBrowser.Stretch]?, reply: [DocumentBrowser.Stretch]) {
        guard let text else {
            let isWhole =
                reply.overlap.tokenAccuracy.expected > 0
                && reply.overlap.firstDivergence == reply.overlap.tokenAccuracy.expected
            return (
                nil,
                [
                    DocumentBrowser.Stretch(
                        kind: isWhole ? "s" : "m",
                        text: visible(reply.text, keepingLines: true, limit: Self.mostCharacters))
                ]
            )
        }
        let passage = observation.suffixBytes
        var excerpt = passage
        if let run = reply.overlap.longestBytes {
            let both = min(passage.lowerBound, run.lowerBound)..<max(passage.upperBound, run.upperBound)
            if both.count <= Self.mostExcerpt { excerpt = both }
            notes.append("The longest run stands at bytes \(run.lowerBound) to \(run.upperBound) of the document.")
        }
        excerpt = excerpt.clamped(to: 0..<text.count)
        let marked = MarkedText.pair(
            source: String(decoding: text[excerpt], as: UTF8.self), reply: reply.text)
        return (
            DocumentBrowser.Stretch.all(of: marked.source, limit: Self.mostCharacters),
            DocumentBrowser.Stretch.all(of: marked.reply, limit: Self.mostCharacters)
        )
    }
}

extension MeasurementObservation {
    /// Words of the longest run of any reply.
    fileprivate var longest: Int { sighting?.replies.map(\.overlap.longestWords).max() ?? 0 }
}
