import Audit
import Corpus
import Foundation
import Reports

/// A directory with everything that is needed to check single windows by hand or to ask a server again.
///
/// Per window it holds the exact body of the request, the recorded reply, the journal's line with the hash before it,
/// and the source text with its place, if the document is at hand; beside them a description in plain words, a script
/// that asks a server again with `curl`, and a manifest with the SHA-256 of every file, written last. Names of files come
/// from numbers alone. A bundle holds texts: give it to whom you may give them.
public enum EvidenceBundle {
    /// Writes a bundle.
    ///
    /// - Parameters:
    ///   - analysis: The analysed run; its directory must still hold the journal that was analysed.
    ///   - choice: The windows.
    ///   - sources: The documents' texts, as far as they are at hand.
    ///   - directory: The directory to make; it must not exist, the one above it must.
    /// - Returns: What the bundle says of itself.
    /// - Throws: ``EvidenceError``; a bundle that was begun is left without its manifest.
    /// - Complexity: O(*n*) in the size of the journal.
    @discardableResult
    public static func write(
        _ analysis: Analysis, choosing choice: EvidenceChoice, sources: SourceTexts = .notLooked,
        to directory: String
    ) throws(EvidenceError) -> BundleRecord {
        let observations = analysis.record.observations
        let plan = analysis.record.header.plan
        let places = try choice.places(in: observations, suffixTokens: plan.shape.suffixTokens)
        let excerpt = try JournalExcerpt(analysis.record, places: Set(places))
        var files = try BundleFiles(making: directory)

        var windows: [BundleRecord.Window] = []
        for (index, place) in places.enumerated() {
            guard let line = excerpt.lines[place] else { throw .journalChanged(directory: analysis.record.directory) }
            let folder = BundleLayout.directory(index + 1)
            windows.append(
                try write(observations[place], line, analysis: analysis, sources: sources, in: folder, to: &files))
        }
        let record = BundleRecord(
            version: BundleRecord.currentVersion, program: analysis.record.header.program, model: plan.model,
            planHash: analysis.summary.planHash, verdict: analysis.summary.decision.verdict.answer.rawValue,
            journal: excerpt.journal, windows: windows)
        let json: [UInt8]
        do throws(CanonicalJSONError) {
            json = try CanonicalJSON.encode(record) + [0x0a]
        } catch { throw .notEncodable(reason: "\(error)") }
        try files.add(BundleLayout.record, json)
        try files.add(BundleLayout.readme, Array(BundleText.readme(record, sources: sources).utf8))
        try files.add(BundleLayout.script, Array(BundleText.script(record).utf8))
        try files.finish()
        return record
    }

    private static func write(
        _ observation: Observation, _ line: JournalExcerpt.Line, analysis: Analysis, sources: SourceTexts,
        in folder: String, to files: inout BundleFiles
    ) throws(EvidenceError) -> BundleRecord.Window {
        let plan = analysis.record.header.plan
        let request = GreedyRequest(observation, plan: plan)
        try files.add("\(folder)/\(BundleLayout.request)", request.body)
        try files.add("\(folder)/\(BundleLayout.journalLine)", line.bytes)
        let reply = observation.sighting?.reply
        if let reply { try files.add("\(folder)/\(BundleLayout.reply)", Array(reply.text.utf8)) }
        var source: BundleRecord.Source?
        let document = ArmedDocument(arm: observation.arm, document: observation.document)
        if let text = sources[document] {
            let tokens = analysis.record.documents.first {
                $0.arm == document.arm && $0.document == document.document
            }?.tokens
            let place = WindowPlace(observation, in: text, tokens: tokens ?? 0, shape: plan.shape)
            let bytes = Array(text.utf8)
            try files.add("\(folder)/\(BundleLayout.source)", Array(bytes[place.suffix]))
            source = BundleRecord.Source(
                start: place.suffix.lowerBound, end: place.suffix.upperBound, isExact: place.isExact,
                documentSHA256: sha256Hex(bytes), documentBytes: bytes.count)
        }
        return BundleRecord.Window(
            directory: folder, arm: observation.arm, document: observation.document, window: observation.window,
            start: observation.start, contextTokens: observation.prefix.count, suffixTokens: observation.suffix.count,
            run: reply?.run, isReproduced: reply?.run == plan.shape.suffixTokens, probe: observation.probe,
            requestIsRecorded: request.isRecorded, server: observation.server, line: line.sequence,
            previousChain: line.previousChain, chain: line.chain, source: source)
    }
}
