import Audit
import Corpus
import Inference
import Measurement
import PrefixLearning

extension EvidenceBundle {
    /// Takes probes of a measurement: those whose greedy reply repeats enough of its document, longest runs first, or all
    /// of some documents.
    ///
    /// - Parameters:
    ///   - record: The run of one model; its directory must still hold the journal that was read.
    ///   - choice: The probes.
    ///   - texts: The documents' texts, as far as they are at hand.
    /// - Throws: ``EvidenceError``: `unknownDocument`, or `nothingChosen`.
    public init(
        _ record: MeasurementRecord, choosing choice: EvidenceChoice, texts: [ArmedDocument: String] = [:]
    ) throws(EvidenceError) {
        origin = Origin(
            directory: record.directory, observations: record.observations.count, program: record.header.program,
            model: record.header.plan.model, planHash: record.header.planHash,
            verdict: "none, because a measurement gives rates", absences: [:])
        let observations = record.observations
        let places = try choice.places(
            among: observations.map { ArmedDocument(arm: $0.arm, document: $0.document) },
            reproduced: {
                let regurgitating = observations.indices.filter {
                    observations[$0].greedyReply?.judgement.regurgitates == true
                }
                func words(_ place: Int) -> Int { observations[place].greedyReply?.overlap.longestWords ?? 0 }
                return regurgitating.sorted { (words($1), $0) < (words($0), $1) }
            })
        windows = places.map { place in Self.window(place, record, texts) }
    }

    private static func window(
        _ place: Int, _ record: MeasurementRecord, _ texts: [ArmedDocument: String]
    ) -> BundledWindow {
        let observation = record.observations[place]
        let document = ArmedDocument(arm: observation.arm, document: observation.document)
        let reply = observation.greedyReply
        // Places are those of the text that was read, so another text of that name has none.
        let isTheSame = { (text: String) in
            record.documents.contains {
                $0.arm == document.arm && $0.document == document.document && $0.sha256 == sha256Hex(text.utf8)
            }
        }
        return BundledWindow(
            place: place, arm: observation.arm, document: observation.document,
            // By its place in the document: observations stand in the order in which servers answered.
            window: record.observations.count {
                $0.arm == observation.arm && $0.document == observation.document
                    && $0.condition == observation.condition && $0.start < observation.start
            },
            start: observation.start, contextTokens: observation.prefix.count, suffixTokens: observation.suffix.count,
            run: reply?.overlap.firstDivergence, probe: observation.probe, server: observation.server,
            request: observation.requestBody(record.header.plan), reply: reply?.text,
            source: texts[document].flatMap { text in
                isTheSame(text)
                    ? BundledWindow.Source(text: text, place: observation.suffixBytes, isExact: true) : nil
            },
            elicitation: observation.condition.elicitation.rawValue)
    }
}

extension MeasurementObservation {
    /// The reply to the request that a bundle holds.
    fileprivate var greedyReply: MeasuredReply? { sighting?.replies.first { $0.decoding == .greedy } }
}
