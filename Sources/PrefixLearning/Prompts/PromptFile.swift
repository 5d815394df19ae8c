/// The contents of one file of prompts.
///
/// The format is described in `Prompts/README.md`. Curated files hold prompts alone; a file that was learned also says
/// how (``learned``), and a file of a policy holds the model that chooses among its prompts (``PolicyFile``).
public struct PromptFile: Hashable, Sendable {
    /// The version of the format that is read and written.
    public static let format = 1

    /// What the prompts have in common, for people.
    public let family: String
    /// Under which terms the prompts may be used.
    public let licence: String
    /// Who or what wrote the prompts.
    public let provenance: String
    /// The prompts, in order, with distinct names.
    public let prompts: [PromptTemplate]
    /// How the prompts were learned, if they were.
    public let learned: LearnedRecord?
    /// The JSON text of a policy's model, if there is one.
    let policy: String?

    /// Creates the contents of a file.
    ///
    /// - Precondition: At least one prompt, with distinct names.
    public init(
        family: String, licence: String, provenance: String, prompts: [PromptTemplate], learned: LearnedRecord? = nil
    ) {
        self.init(
            family: family, licence: licence, provenance: provenance, prompts: prompts, learned: learned, policy: nil)
    }

    init(
        family: String, licence: String, provenance: String, prompts: [PromptTemplate], learned: LearnedRecord?,
        policy: String?
    ) {
        precondition(!prompts.isEmpty, "a prompt file holds at least one prompt")
        precondition(Set(prompts.map(\.id)).count == prompts.count, "prompts of one file have distinct names")
        self.family = family
        self.licence = licence
        self.provenance = provenance
        self.prompts = prompts
        self.learned = learned
        self.policy = policy
    }

    /// Reads a file.
    ///
    /// - Parameter path: A JSON file in UTF-8 of at most 16 MiB.
    /// - Throws: ``PromptError``, naming the file and, where there is one, the line.
    public static func read(_ path: String) throws(PromptError) -> PromptFile {
        try PromptFileReader(path: path).file(try PromptBytes.read(path)).file
    }

    /// Writes the contents to a file that does not exist yet.
    ///
    /// - Throws: ``PromptError``.
    public func write(to path: String) throws(PromptError) {
        try PromptBytes.write(try text(for: path), to: path)
    }

    /// The text of the file: keys sorted, so that equal contents give equal bytes.
    ///
    /// - Throws: ``PromptError/unwritable(path:reason:)`` for numbers that JSON cannot hold.
    public func text() throws(PromptError) -> String { try text(for: family) }

    private func text(for path: String) throws(PromptError) -> String {
        var learnedJSON: PlacedJSON?
        var policyJSON: PlacedJSON?
        do {
            learnedJSON = try learned.map { try PlacedJSON.encoding($0) }
            policyJSON = try policy.map { try PlacedJSON.parse($0) }
        } catch {
            throw .unwritable(path: path, reason: "a number of the record is infinite or not a number")
        }
        return PlacedJSON.members([
            "format": PlacedJSON(.number("\(Self.format)")), "family": .text(family), "licence": .text(licence),
            "provenance": .text(provenance), "prompts": PlacedJSON(.array(prompts.map(\.json))),
            "learned": learnedJSON, "policy": policyJSON,
        ]).pretty()
    }
}

extension PromptTemplate {
    /// The prompt as it stands in a file.
    fileprivate var json: PlacedJSON {
        let template: PlacedJSON?
        let messages: PlacedJSON?
        let prefill: PlacedJSON?
        switch content {
        case .completion(let text):
            (template, messages, prefill) = (.text(text.written), nil, nil)
        case .chat(let chat, let beginning):
            template = nil
            messages = PlacedJSON(
                .array(
                    chat.map {
                        .members(["role": .text($0.role.rawValue), "content": .text($0.content.written)])
                    }))
            prefill = beginning.map { .text($0.written) }
        }
        return .members([
            "id": .text(id.rawValue), "kind": .text(kind.rawValue), "template": template, "messages": messages,
            "prefill": prefill,
            "languages": languages.isEmpty ? nil : PlacedJSON(.array(languages.map(PlacedJSON.text))),
            "note": note.map(PlacedJSON.text),
        ])
    }
}
