import Audit
import Corpus
import Reports

/// A directory with everything that is needed to check single windows by hand or to ask a server again.
///
/// Per window it holds the exact body of the request, the recorded reply, the journal's line with the hash before it,
/// and the source text with its place, if the document is at hand; beside them a description in plain words, a script
/// that asks a server again with `curl`, and a manifest with the SHA-256 of every file, written last. Names of files come
/// from numbers alone. A bundle holds texts: give it to whom you may give them.
///
/// Audits and measurements give their own windows (`EvidenceBundle+Audit.swift`, `EvidenceBundle+Measurement.swift`);
/// what is made of them is the same.
public struct EvidenceBundle: Sendable {
    /// What is said of the run that the windows come from.
    struct Origin: Sendable {
        let directory: String
        let observations: Int
        let program: String
        let model: String
        let planHash: String
        let verdict: String
        /// For each arm whose texts are not at hand, why.
        let absences: [Arm: String]
    }

    let origin: Origin
    let windows: [BundledWindow]

    /// Writes the bundle.
    ///
    /// - Parameter directory: The directory to make; it must not exist, the one above it must.
    /// - Returns: What the bundle says of itself.
    /// - Throws: ``EvidenceError``; a bundle that was begun is left without its manifest.
    /// - Complexity: O(*n*) in the size of the journal.
    @discardableResult
    public func write(to directory: String) throws(EvidenceError) -> BundleRecord {
        guard !windows.isEmpty else { throw .nothingChosen }
        let excerpt = try JournalExcerpt(
            directory: origin.directory, observations: origin.observations, places: Set(windows.map(\.place)))
        var files = try BundleFiles(making: directory)
        var recorded: [BundleRecord.Window] = []
        for (index, window) in windows.enumerated() {
            guard let line = excerpt.lines[window.place] else { throw .journalChanged(directory: origin.directory) }
            recorded.append(try Self.write(window, line, in: BundleLayout.directory(index + 1), to: &files))
        }
        let record = BundleRecord(
            version: BundleRecord.currentVersion, program: origin.program, model: origin.model,
            planHash: origin.planHash, verdict: origin.verdict, journal: excerpt.journal, windows: recorded)
        let json: [UInt8]
        do throws(CanonicalJSONError) {
            json = try CanonicalJSON.encode(record) + [0x0a]
        } catch { throw .notEncodable(reason: "\(error)") }
        try files.add(BundleLayout.record, json)
        try files.add(BundleLayout.readme, Array(BundleText.readme(record, absences: origin.absences).utf8))
        try files.add(BundleLayout.script, Array(BundleText.script(record).utf8))
        try files.finish()
        return record
    }

    private static func write(
        _ window: BundledWindow, _ line: JournalExcerpt.Line, in folder: String, to files: inout BundleFiles
    ) throws(EvidenceError) -> BundleRecord.Window {
        try files.add("\(folder)/\(BundleLayout.request)", window.request)
        try files.add("\(folder)/\(BundleLayout.journalLine)", line.bytes)
        if let reply = window.reply { try files.add("\(folder)/\(BundleLayout.reply)", Array(reply.utf8)) }
        var source: BundleRecord.Source?
        if let found = window.source {
            let bytes = Array(found.text.utf8)
            try files.add("\(folder)/\(BundleLayout.source)", Array(bytes[found.place]))
            source = BundleRecord.Source(
                start: found.place.lowerBound, end: found.place.upperBound, isExact: found.isExact,
                documentSHA256: sha256Hex(bytes), documentBytes: bytes.count)
        }
        return BundleRecord.Window(
            directory: folder, arm: window.arm, document: window.document, window: window.window, start: window.start,
            contextTokens: window.contextTokens, suffixTokens: window.suffixTokens, run: window.run,
            isReproduced: window.run == window.suffixTokens, probe: window.probe,
            requestIsRecorded: sha256Hex(window.request) == window.probe, server: window.server, line: line.sequence,
            previousChain: line.previousChain, chain: line.chain, source: source, elicitation: window.elicitation)
    }
}

/// A window of a run with what goes into its directory.
struct BundledWindow: Sendable {
    /// Where the expected text stands.
    struct Source: Sendable {
        /// The document's text.
        let text: String
        /// Bytes of it.
        let place: Range<Int>
        let isExact: Bool
    }

    /// The place in the run's list of observations.
    let place: Int
    let arm: Arm
    let document: DocumentID
    /// Index of the window within its document.
    let window: Int
    /// Where it begins, in the run's units.
    let start: Int
    let contextTokens: Int
    let suffixTokens: Int
    /// Number of leading suffix tokens that came back, if a reply was generated.
    let run: Int?
    /// The recorded SHA-256 of the request's body.
    let probe: String
    let server: String
    let request: [UInt8]
    let reply: String?
    let source: Source?
    /// What was put around the prefix, where a run has several ways of asking.
    let elicitation: String?
}
