import Foundation

/// A file of several prompts with the trained model that chooses among them.
///
/// It is a ``PromptFile`` with the model under the key `policy`, so that its prompts can be used without the model.
public struct PolicyFile<Model: Codable & Sendable>: Sendable {
    /// The prompts, and how they were learned.
    public let prompts: PromptFile
    /// The model that chooses a prompt for a document.
    public let model: Model

    /// Joins prompts and model.
    public init(prompts: PromptFile, model: Model) {
        self.prompts = prompts
        self.model = model
    }

    /// Reads a file.
    ///
    /// - Throws: ``PromptError``; also when the file holds prompts alone, or a model of another kind.
    public static func read(_ path: String) throws(PromptError) -> PolicyFile {
        let file = try PromptFile.read(path)
        let top = PromptPlace(file: path, line: 1)
        guard let policy = file.policy else { throw .malformed(top, problem: .missingKey("policy")) }
        do {
            return PolicyFile(prompts: file, model: try JSONDecoder().decode(Model.self, from: Data(policy.utf8)))
        } catch {
            throw .malformed(top, problem: .unreadableRecord("policy", reason: decodingProblem(error)))
        }
    }

    /// Writes the file, which must not exist yet.
    ///
    /// - Throws: ``PromptError``.
    public func write(to path: String) throws(PromptError) {
        try PromptBytes.write(try text(for: path), to: path)
    }

    /// The text of the file: keys sorted, so that equal contents give equal bytes.
    ///
    /// - Throws: ``PromptError/unwritable(path:reason:)`` when the model has no JSON form.
    public func text() throws(PromptError) -> String { try text(for: prompts.family) }

    private func text(for path: String) throws(PromptError) -> String {
        let policy: String
        do { policy = try PlacedJSON.encoding(model).pretty() } catch {
            throw .unwritable(path: path, reason: "the policy cannot be written as JSON")
        }
        let file = PromptFile(
            family: prompts.family, licence: prompts.licence, provenance: prompts.provenance, prompts: prompts.prompts,
            learned: prompts.learned, policy: policy)
        return try file.text()
    }
}
