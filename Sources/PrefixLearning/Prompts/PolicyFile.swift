import Foundation

/// A file of several prompts with the policy that chooses among them.
///
/// It is a ``PromptFile`` with the policy under the key `policy`, so that its prompts can be used without the policy.
public struct PolicyFile: Hashable, Sendable {
    /// The prompts, and how they were learned.
    public let prompts: PromptFile
    /// What chooses a prompt for a document.
    public let policy: PrefixPolicy

    /// Joins prompts and policy.
    ///
    /// - Precondition: Every prompt of the policy, apart from the empty one, is among the prompts.
    public init(prompts: PromptFile, policy: PrefixPolicy) {
        precondition(Self.missing(of: policy, in: prompts) == nil, "a policy chooses among the prompts of its file")
        self.prompts = prompts
        self.policy = policy
    }

    /// Reads a file.
    ///
    /// - Throws: ``PromptError``; also when the file holds prompts alone, or a policy of other prompts.
    public static func read(_ path: String) throws(PromptError) -> PolicyFile {
        let file = try PromptFile.read(path)
        let top = PromptPlace(file: path, line: 1)
        guard let json = file.policy else { throw .malformed(top, problem: .missingKey("policy")) }
        let policy: PrefixPolicy
        do { policy = try JSONDecoder().decode(PrefixPolicy.self, from: Data(json.utf8)) } catch {
            throw .malformed(top, problem: .unreadableRecord("policy", reason: decodingProblem(error)))
        }
        if let missing = Self.missing(of: policy, in: file) {
            let reason = "it chooses \(quoted(missing.rawValue)), which is no prompt of the file"
            throw .malformed(top, problem: .unreadableRecord("policy", reason: reason))
        }
        return PolicyFile(prompts: file, policy: policy)
    }

    /// Writes the file, which must not exist yet.
    ///
    /// - Throws: ``PromptError``.
    public func write(to path: String) throws(PromptError) {
        try PromptBytes.write(try text(for: path), to: path)
    }

    /// The text of the file: keys sorted, so that equal contents give equal bytes.
    ///
    /// - Throws: ``PromptError/unwritable(path:reason:)`` for numbers that JSON cannot hold.
    public func text() throws(PromptError) -> String { try text(for: prompts.family) }

    private func text(for path: String) throws(PromptError) -> String {
        let json: String
        do { json = try PlacedJSON.encoding(policy).pretty() } catch {
            throw .unwritable(path: path, reason: "the policy cannot be written as JSON")
        }
        let file = PromptFile(
            family: prompts.family, licence: prompts.licence, provenance: prompts.provenance, prompts: prompts.prompts,
            learned: prompts.learned, policy: json)
        return try file.text()
    }

    private static func missing(of policy: PrefixPolicy, in file: PromptFile) -> PromptID? {
        let known = Set(file.prompts.map(\.id)).union([.none])
        return policy.prompts.first { !known.contains($0) }
    }
}
