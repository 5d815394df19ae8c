import Audit
import Corpus
import Inference

/// One window as tables and programs get it: flat, with the same names in every format.
struct WindowRow {
    let observation: Observation
    /// Whether the window's document counts; in a run that ended early some do not.
    let isCounted: Bool
    let line: JournalTrail.ObservationLine
    let suffixTokens: Int
    /// Where the suffix stands in the document's text, where the text is at hand.
    let place: WindowPlace?
    let redaction: Redaction

    /// How the window ended, in one word.
    enum Outcome: String {
        /// Greedy decoding gave back the whole suffix.
        case reproduced
        /// A reply was generated, and it is not the whole suffix.
        case different
        /// No reply was generated, because its beginning would have differed already.
        case unasked
        /// No usable answer came.
        case failed
    }

    var reply: Sighting.Reply? { observation.sighting?.reply }
    var score: Sighting.Score? { observation.sighting?.score.flatMap { $0.lns.isEmpty ? nil : $0 } }

    var outcome: Outcome {
        guard let sighting = observation.sighting else { return .failed }
        guard let reply = sighting.reply else { return .unasked }
        return reply.run == suffixTokens ? .reproduced : .different
    }

    /// The document's name, or what stands for it.
    var document: String { redaction.name(observation.document) }

    /// Why no usable answer came.
    var failure: String? {
        if case .failed(let reason) = observation.result { redaction.error(reason) } else { nil }
    }

    /// The reply's text, unless texts are left out.
    var replyText: String? { redaction.isActive ? nil : reply?.text }

    /// The sum of the scored tokens' log-probabilities in nats, where it is a number.
    var ln: Double? { score.flatMap { $0.ln.isFinite ? $0.ln : nil } }

    /// Every window of a run, in the order in which they were observed.
    static func all(_ analysis: Analysis, trail: JournalTrail, options: ReportOptions) -> [WindowRow] {
        let record = analysis.record
        let counted = Set(analysis.outcomes.map { ArmedDocument(arm: $0.arm, document: $0.document) })
        let tokens = Dictionary(
            record.documents.map { (ArmedDocument(arm: $0.arm, document: $0.document), $0.tokens) }
        ) { first, _ in first }
        let shape = record.header.plan.shape
        return zip(record.observations, trail.observationLines).map { observation, line in
            let key = ArmedDocument(arm: observation.arm, document: observation.document)
            let place = options.sources[key].map { text in
                WindowPlace(observation, in: text, tokens: tokens[key] ?? 0, shape: shape)
            }
            return WindowRow(
                observation: observation, isCounted: counted.contains(key), line: line,
                suffixTokens: shape.suffixTokens, place: place, redaction: options.redaction)
        }
    }
}
