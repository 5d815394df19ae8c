import Audit
import Corpus
import Reports

extension EvidenceBundle {
    /// Takes windows of an audit.
    ///
    /// - Parameters:
    ///   - analysis: The analysed run; its directory must still hold the journal that was analysed.
    ///   - choice: The windows.
    ///   - sources: The documents' texts, as far as they are at hand.
    /// - Throws: ``EvidenceError``: `unknownDocument`, or `nothingChosen`.
    public init(
        _ analysis: Analysis, choosing choice: EvidenceChoice, sources: SourceTexts = .notLooked
    ) throws(EvidenceError) {
        let observations = analysis.record.observations
        let plan = analysis.record.header.plan
        origin = Origin(
            directory: analysis.record.directory, observations: observations.count,
            program: analysis.record.header.program, model: plan.model, planHash: analysis.summary.planHash,
            verdict: analysis.summary.decision.verdict.answer.rawValue,
            absences: sources.absences.mapValues(\.description))
        let places = try choice.places(
            among: observations.map { ArmedDocument(arm: $0.arm, document: $0.document) },
            reproduced: {
                observations.indices.filter { observations[$0].sighting?.reply?.run == plan.shape.suffixTokens }
            })
        windows = places.map { place in Self.window(place, analysis, sources) }
    }

    private static func window(_ place: Int, _ analysis: Analysis, _ sources: SourceTexts) -> BundledWindow {
        let observation = analysis.record.observations[place]
        let plan = analysis.record.header.plan
        let document = ArmedDocument(arm: observation.arm, document: observation.document)
        let source = sources[document].map { text in
            let tokens = analysis.record.documents.first {
                $0.arm == document.arm && $0.document == document.document
            }?.tokens
            let found = WindowPlace(observation, in: text, tokens: tokens ?? 0, shape: plan.shape)
            return BundledWindow.Source(text: text, place: found.suffix, isExact: found.isExact)
        }
        return BundledWindow(
            place: place, arm: observation.arm, document: observation.document, window: observation.window,
            start: observation.start, contextTokens: observation.prefix.count, suffixTokens: observation.suffix.count,
            run: observation.sighting?.reply?.run, probe: observation.probe, server: observation.server,
            request: GreedyRequest(observation, plan: plan).body, reply: observation.sighting?.reply?.text,
            source: source, elicitation: nil)
    }
}
