import Corpus
import Foundation
import PrefixLearning

/// What learning left in a run directory, so that a run that is continued does not learn again.
///
/// `learning.json` tells what was tried and decided; `learned-prompts.json`, if anything was kept, holds the prompts in
/// the format of `Prompts/`, so that other runs can use them.
struct LearningStore {
    /// The record of one learning.
    struct Record: Codable, Sendable {
        static let currentVersion = 1

        let version: Int
        let settings: LearningSettings
        /// What is used.
        let mode: LearningMode
        let calls: Int
        let lift: MeasuredLift?
        let finding: FinalFinding?
        let candidates: [TriedCandidate]
        /// The names of the prompts in use.
        let chosen: [PromptID]
        /// What an inducer learned, if there was one.
        let induced: InducedLearning?
        /// The model that a trainer made and that writes headers, if one does.
        let trainedInducer: String?
        /// SHA-256 of the prompt file, if there is one.
        let promptFile: String?
    }

    let directory: String

    var recordPath: String { "\(directory)/learning.json" }
    var promptPath: String { "\(directory)/learned-prompts.json" }
    var headersPath: String { "\(directory)/learned-headers.json" }

    /// Reads what an earlier sitting learned.
    ///
    /// - Returns: The record and its digest, or `nil` when nothing was learned before.
    /// - Throws: ``LearningError`` when the files are damaged or belong to other settings.
    func read(for settings: LearningSettings) throws -> (record: Record, sha256: String)? {
        guard FileManager.default.fileExists(atPath: recordPath) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: recordPath) else {
            throw LearningError.unreadable(path: recordPath, reason: "it cannot be opened")
        }
        let record: Record
        do { record = try JSONDecoder().decode(Record.self, from: bytes) } catch {
            throw LearningError.unreadable(path: recordPath, reason: "it is not the record of a learning")
        }
        guard record.version == Record.currentVersion else {
            throw LearningError.unreadable(path: recordPath, reason: "it has version \(record.version)")
        }
        let differences = record.settings.differences(to: settings)
        guard differences.isEmpty else {
            throw LearningError.otherSettings(path: recordPath, differences: differences)
        }
        if let expected = record.promptFile {
            let found = FileManager.default.contents(atPath: promptPath).map { sha256Hex($0) }
            guard found == expected else {
                throw LearningError.unreadable(
                    path: promptPath, reason: found == nil ? "it is missing" : "it is not the file that was written")
            }
        }
        return (record, sha256Hex(bytes))
    }

    /// Writes what was learned; a file that is there already is replaced as a whole.
    ///
    /// - Returns: The record's digest, which covers the prompt file's.
    func write(
        _ learned: Learned, _ settings: LearningSettings, trainedInducer: String? = nil
    ) throws -> (record: Record, sha256: String) {
        var promptDigest: String?
        if !learned.chosen.isEmpty {
            let text = try Self.promptText(learned, settings)
            try write(Data(text.utf8), to: promptPath)
            promptDigest = sha256Hex(Data(text.utf8))
        }
        let record = Record(
            version: Record.currentVersion, settings: settings, mode: learned.mode, calls: learned.calls,
            lift: learned.lift, finding: learned.finding, candidates: learned.candidates,
            chosen: learned.chosen.map(\.id), induced: learned.induced, trainedInducer: trainedInducer,
            promptFile: promptDigest)
        let bytes = Data(try CanonicalJSON.encode(record))
        try write(bytes, to: recordPath)
        return (record, sha256Hex(bytes))
    }

    /// The headers that were written for tested documents, if they were written before.
    func headers() throws -> [WrittenHeader]? {
        guard let bytes = FileManager.default.contents(atPath: headersPath) else { return nil }
        do { return try JSONDecoder().decode([WrittenHeader].self, from: bytes) } catch {
            throw LearningError.unreadable(path: headersPath, reason: "it does not hold headers")
        }
    }

    /// Keeps the headers, so that a run that is continued sends the same.
    func write(_ headers: [WrittenHeader]) throws {
        try write(Data(try CanonicalJSON.encode(headers)), to: headersPath)
    }

    /// What an inducer wrote for a document.
    struct WrittenHeader: Codable, Sendable {
        let arm: Arm
        let document: DocumentID
        /// `nil` for the bare prefix.
        let elicitation: Elicitation?
    }

    private func write(_ data: Data, to path: String) throws {
        do { try data.write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw LearningError.unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// The learned prompts in the format of `Prompts/`.
    static func promptText(_ learned: Learned, _ settings: LearningSettings) throws -> String {
        let record = LearnedRecord(
            model: settings.model, corpusDigest: settings.corpus, seed: settings.seed, budget: learned.budgetedCalls,
            spentCalls: learned.calls, fold: "held back from the choice",
            lift: learned.lift ?? MeasuredLift(mean: 0, low: 0, high: 0, level: 0.95, documents: 0),
            candidates: learned.candidates, tokens: learned.chosen.compactMap(\.common))
        let file = PromptFile(
            family: "learned", licence: "as the corpus that they were learned from",
            provenance: "learned by rote from the model \(settings.model)", prompts: learned.chosen.map(\.template),
            learned: record)
        guard let policy = learned.policy else { return try file.text() }
        return try PolicyFile(prompts: file, policy: policy).text()
    }
}
