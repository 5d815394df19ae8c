/// What is wrong with one prompt.
public enum PromptProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name has characters that names do not have, or is the name of the empty prompt.
    case oddID
    /// The kind is none of those there are.
    case unknownKind(String)
    /// A language is no language code.
    case oddLanguage(String)
    /// A role is none of those there are.
    case unknownRole(String)
    /// A key that the kind of prompt needs is not there.
    case missingKey(String)
    /// A key that this kind of prompt does not have; it may be misspelt.
    case unknownKey(String)
    /// A value is of another JSON type than its key asks for.
    case wrongType(key: String, expected: String, found: String)
    /// A brace is opened and never closed.
    case unclosedBrace(before: String)
    /// A brace is closed that was never opened.
    case strayBrace(after: String)
    /// What stands in braces is not the name of a field.
    case oddPlaceholder(String)
    /// What stands in braces is neither the prefix nor a field that the documents have.
    case unknownPlaceholder(String, known: [String])
    /// The prefix stands in no place, or in more than one.
    case prefixPlaces(Int)
    /// A text says nothing.
    case blankText(String)
    /// The texts are longer than a prompt may be.
    case tooLong(bytes: Int, most: Int)
    /// A chat has too many messages.
    case tooManyMessages(Int, most: Int)
    /// A chat has no messages or does not end with the user's.
    case lastMessageNotUsers
    /// A system message stands after another message.
    case lateSystemMessage
    /// A record that a program wrote cannot be read.
    case unreadableRecord(String, reason: String)
    /// The kind and the messages disagree about whether there is a system message.
    case kindDisagrees(kind: PromptKind, hasSystemMessage: Bool)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .oddID:
            """
            the id must be lower-case ASCII letters, digits, ".", "-" and "_", begin with a letter or digit, have at \
            most 80 characters, and not be "none"; rename it
            """
        case .unknownKind(let kind): "there is no kind \(quoted(kind)); write \(choices(PromptKind.allCases))"
        case .oddLanguage(let language): "\(quoted(language)) is no language code; write codes such as \"en\""
        case .unknownRole(let role): "there is no role \(quoted(role)); write \(choices(ChatRole.allCases))"
        case .missingKey(let key): "the key \(quoted(key)) is missing; add it"
        case .unknownKey(let key): "the key \(quoted(key)) does not belong here; check its spelling, or remove it"
        case .wrongType(let key, let expected, let found): "\(quoted(key)) is \(found); write \(expected)"
        case .unclosedBrace(let text): "the brace before \(quoted(text)) is never closed; write {{ for a plain {"
        case .strayBrace(let text): "the brace after \(quoted(text)) closes nothing; write }} for a plain }"
        case .oddPlaceholder(let name):
            "{\(quoted(name))} is no name of a field; write {{ and }} for plain braces, {prefix} for the prefix"
        case .unknownPlaceholder(let name, let known):
            "{\(name)} is neither {prefix} nor a field of the documents; the fields are: \(listing(known))"
        case .prefixPlaces(0): "{prefix} is missing; put it where the document's beginning belongs"
        case .prefixPlaces(let count): "{prefix} stands in \(count) places; leave one of them"
        case .blankText(let key): "\(quoted(key)) holds nothing but white space; write a text or remove the prompt"
        case .tooLong(let bytes, let most): "the texts have \(bytes) bytes and may have \(most); shorten them"
        case .tooManyMessages(let count, let most): "there are \(count) messages and may be \(most); leave some out"
        case .lastMessageNotUsers:
            "the last message must be the user's; put the beginning of the model's answer into \"prefill\""
        case .lateSystemMessage: "a system message can only be the first message; move it, or change its role"
        case .unreadableRecord(let key, let reason):
            "\(quoted(key)) is not as it was written: \(reason); restore the file from a copy, or learn again"
        case .kindDisagrees(let kind, true):
            "the kind is \"\(kind.rawValue)\" and there is a system message; write the kind \"system\""
        case .kindDisagrees(let kind, false):
            "the kind is \"\(kind.rawValue)\" and there is no system message; add one, or write the kind \"chat\""
        }
    }

    private func choices(_ cases: some Sequence<some RawRepresentable<String>>) -> String {
        cases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
    }

    private func listing(_ names: [String]) -> String {
        guard !names.isEmpty else { return "none" }
        let shown = names.prefix(12).joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}

/// Where something stands in a prompt file.
public struct PromptPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file's path as it was given.
    public let file: String
    /// The line, counted from 1.
    public let line: Int

    /// Creates a place.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// The place as `file:line`.
    public var description: String { "\(file):\(line)" }
}

/// Why prompts could not be read or written.
///
/// Every description is one line that says what is wrong, where, and what to do.
public enum PromptError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing at the path.
    case notFound(path: String)
    /// The system refused to read or write a path.
    case system(operation: String, path: String, reason: String)
    /// A file holds more bytes than a prompt file may.
    case tooLarge(path: String, bytes: Int, most: Int)
    /// A file holds nothing.
    case empty(path: String)
    /// A file is not UTF-8.
    case notUTF8(path: String)
    /// A file is not JSON.
    case notJSON(PromptPlace, column: Int, problem: String)
    /// The top of a file is not what the format asks for.
    case malformed(PromptPlace, problem: PromptProblem)
    /// A file is written in another version of the format.
    case unknownFormat(PromptPlace, found: String)
    /// One prompt is wrong; an `id` is nil where it could not be read.
    case invalidPrompt(PromptPlace, id: String?, problem: PromptProblem)
    /// Two prompts have one name.
    case duplicateID(PromptID, first: PromptPlace, second: PromptPlace)
    /// A file has no prompt in it.
    case noPrompts(path: String)
    /// A directory has no prompt file in it.
    case noFiles(directory: String)
    /// Something stands already where a file was to be written.
    case exists(path: String)
    /// A value has no JSON form.
    case unwritable(path: String, reason: String)

    /// One line: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .notFound(let path): "\(path): no such file or directory; check the path"
        case .system(let operation, let path, let reason):
            "cannot \(operation) \(path): \(reason); check the path and its permissions"
        case .tooLarge(let path, let bytes, let most):
            "\(path): \(bytes) bytes, and a prompt file may have \(most); split it, or name the right file"
        case .empty(let path): "\(path): the file is empty; see Prompts/README.md for the format"
        case .notUTF8(let path): "\(path): not UTF-8 text; save the file as UTF-8"
        case .notJSON(let place, let column, let problem): "\(place):\(column): not JSON: \(problem)"
        case .malformed(let place, let problem): "\(place): \(problem)"
        case .unknownFormat(let place, let found):
            "\(place): the format is \(found) and this program reads format \(PromptFile.format); use a newer program"
        case .invalidPrompt(let place, let id, let problem):
            "\(place): prompt\(id.map { " " + quoted($0) } ?? ""): \(problem)"
        case .duplicateID(let id, let first, let second):
            "\(second): the id \(quoted(id.rawValue)) was already used at \(first); give every prompt its own id"
        case .noPrompts(let path): "\(path): there is no prompt in the file; add one, or remove the file"
        case .noFiles(let directory): "\(directory): the directory holds no .json file; name one that does, or a file"
        case .exists(let path): "\(path) exists and is never overwritten; give another path, or move it away"
        case .unwritable(let path, let reason): "\(path): \(reason); the file was not written"
        }
    }
}
