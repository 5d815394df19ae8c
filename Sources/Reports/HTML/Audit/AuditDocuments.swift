import Audit
import Corpus
import Inference
import Overlap

/// The counted documents of an audit as a browsable list.
struct AuditDocuments {
    let analysis: Analysis
    let trail: JournalTrail
    let options: ReportOptions

    private var plan: AuditPlan { analysis.summary.plan }
    private var redaction: Redaction { options.redaction }

    private static let columns = [
        DocumentBrowser.Column(title: "Arm", isNumber: false), .init(title: "Document", isNumber: false),
        .init(title: "Windows", isNumber: true), .init(title: "Reproduced", isNumber: true),
        .init(title: "Without an answer", isNumber: true), .init(title: "Longest run (tokens)", isNumber: true),
        .init(title: "Mean ln p", isNumber: true),
    ]

    /// The list, documents with the most reproduced windows first, then those easiest to continue.
    var browser: DocumentBrowser {
        let lines = trail.observationLines
        let places = Dictionary(
            analysis.record.observations.enumerated().map { (WindowName($0.element), $0.offset) }
        ) { first, _ in first }
        let tokens = Dictionary(
            analysis.record.documents.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0.tokens) }
        ) { first, _ in first }
        var requests = RequestLines(plan: plan)
        let documents = CountedObservations(analysis).documents.sorted { left, right in
            Self.order(left.outcome) < Self.order(right.outcome)
        }
        let entries = documents.map { document in
            let key = ArmedDocument(arm: document.outcome.arm, document: document.outcome.document)
            let text = redaction.isActive ? nil : options.sources[key]
            let windows = document.observations.map { observation in
                window(
                    observation,
                    line: places[WindowName(observation)].flatMap { lines.indices.contains($0) ? lines[$0] : nil },
                    text: text, tokens: tokens[key] ?? 0, requests: &requests)
            }
            return DocumentBrowser.Entry(
                cells: cells(document.outcome),
                detail: detail(document.outcome, tokens: tokens[key] ?? 0, windows: windows))
        }
        return DocumentBrowser(
            caption: "Counted documents, those with the most reproduced windows first", columns: Self.columns,
            entries: entries, requests: requests.lines)
    }

    private static func order(_ outcome: DocumentOutcome) -> (Int, Double, Int, DocumentID) {
        (-outcome.reproduced, -(outcome.meanLn ?? -.infinity), outcome.arm == .suspect ? 0 : 1, outcome.document)
    }

    private func cells(_ outcome: DocumentOutcome) -> [String] {
        [
            outcome.arm.rawValue, visible(redaction.name(outcome.document), limit: Phrase.codeLimit),
            ReportNumber.count(outcome.windows), ReportNumber.count(outcome.reproduced),
            ReportNumber.count(outcome.failures), ReportNumber.count(outcome.longestRun),
            outcome.meanLn.map { ReportNumber.fixed($0, 4) } ?? "not scored",
        ]
    }

    private func detail(
        _ outcome: DocumentOutcome, tokens: Int, windows: [DocumentBrowser.Window]
    ) -> DocumentBrowser.Detail {
        var facts = [
            "\(ReportNumber.count(tokens)) tokens, \(ReportNumber.count(outcome.windows)) windows asked about."
        ]
        for (key, value) in outcome.fields.sorted(by: { $0.key < $1.key }) {
            facts.append(
                "\(visible(redaction.word(key), limit: 80)): \(visible(redaction.word(value), limit: Phrase.codeLimit))"
            )
        }
        return DocumentBrowser.Detail(
            title: "\(outcome.arm.rawValue) \(visible(redaction.name(outcome.document), limit: Phrase.codeLimit))",
            facts: facts, windows: windows)
    }

    // MARK: Windows

    private func window(
        _ observation: Observation, line: JournalTrail.ObservationLine?, text: String?, tokens: Int,
        requests: inout RequestLines
    ) -> DocumentBrowser.Window {
        let request = GreedyRequest(observation, plan: plan)
        var facts = [
            "Prefix: tokens \(observation.start) to \(observation.start &+ plan.shape.prefixTokens &- 1) of the document; "
                + "suffix: the \(observation.suffix.count) tokens that follow.",
            outcome(observation), score(observation),
            "SHA-256 of the request's body: \(visible(observation.probe, limit: 80))"
                + (request.isRecorded ? "." : ", which this program cannot build again."),
        ]
        if let line { facts.append("Line \(ReportNumber.count(line.sequence)) of the journal, hash \(line.chain).") }
        var notes: [String] = []
        let reply = observation.sighting?.reply
        var (source, shownReply): ([DocumentBrowser.Stretch]?, [DocumentBrowser.Stretch]?)
        if let reply, !redaction.isActive {
            if let text {
                let place = WindowPlace(observation, in: text, tokens: tokens, shape: plan.shape)
                let excerpt = String(decoding: Array(text.utf8)[place.suffix], as: UTF8.self)
                let marked = MarkedText.pair(source: excerpt, reply: reply.text)
                (source, shownReply) = (
                    DocumentBrowser.Stretch.all(of: marked.source, limit: Self.mostCharacters),
                    DocumentBrowser.Stretch.all(of: marked.reply, limit: Self.mostCharacters)
                )
                notes.append(
                    place.isExact
                        ? "Source: bytes \(place.suffix.lowerBound) to \(place.suffix.upperBound) of the document."
                        : "Source: about where the suffix stands, bytes \(place.suffix.lowerBound) to "
                            + "\(place.suffix.upperBound) of the document; the journal counts in tokens.")
            } else {
                shownReply = [
                    DocumentBrowser.Stretch(
                        kind: reply.run == plan.shape.suffixTokens ? "s" : "m",
                        text: visible(reply.text, keepingLines: true, limit: Self.mostCharacters))
                ]
                let absence = options.sources.absences[observation.arm]
                notes.append(
                    "The source is not at hand: \(visible(absence?.description ?? "the files do not hold this document"))."
                )
            }
        } else if let reply, redaction.isActive {
            facts.append(
                "Reply: \(reply.text.utf8.count) bytes, SHA-256 \(sha256Hex(reply.text.utf8)); the text is left out.")
        }
        let number = redaction.isActive ? nil : request.isRecorded ? requests.number(for: observation, request) : nil
        return DocumentBrowser.Window(
            title: "Window \(observation.window)", facts: facts, source: source, reply: shownReply, notes: notes,
            request: number,
            prompt: number.map { _ in observation.prefix.map { String($0.rawValue) }.joined(separator: ",") })
    }

    /// Most Unicode scalars of a text that are shown.
    private static let mostCharacters = 4000

    private func outcome(_ observation: Observation) -> String {
        switch observation.result {
        case .failed(let reason): return "No usable answer: \(visible(redaction.error(reason), limit: 400))"
        case .seen(let sighting):
            guard let reply = sighting.reply else {
                return "No reply was generated, because greedy decoding would not begin with the suffix."
            }
            return
                "Reply: \(reply.run) of \(observation.suffix.count) suffix tokens in a row; longest text shared with the "
                + "document: \(ReportNumber.count(reply.longestWords)) words, "
                + "\(ReportNumber.count(reply.longestCharacters)) characters; ended: \(reply.stop.rawValue)."
        }
    }

    private func score(_ observation: Observation) -> String {
        guard let score = observation.sighting?.score, !score.lns.isEmpty else { return "ln p: not scored." }
        return
            "ln p: \(score.censored ? "at most " : "")\(ReportNumber.fixed(score.ln, 4)) nat over \(score.lns.count) of "
            + "\(observation.suffix.count) suffix tokens; greedy decoding agrees with the first \(score.greedyRun)."
    }
}

/// Names a window of a run.
private struct WindowName: Hashable {
    let document: ArmedDocument
    let window: Int

    init(_ observation: Observation) {
        document = ArmedDocument(arm: observation.arm, document: observation.document)
        window = observation.window
    }
}
