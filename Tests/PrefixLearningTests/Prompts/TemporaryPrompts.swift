import Foundation
import Testing

@testable import PrefixLearning

/// A directory of prompt files that lasts as long as a test.
struct TemporaryPrompts: ~Copyable {
    let path: String

    init(_ files: KeyValuePairs<String, String> = [:]) throws {
        path = NSTemporaryDirectory() + "rote-prompts-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try add(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func add(_ name: String, _ text: String) throws { try add(name, Data(text.utf8)) }

    func add(_ name: String, _ bytes: Data) throws {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// The text of a file with the given prompts, which begin on line 3, one a line.
func fileText(_ prompts: String...) -> String {
    """
    {"format": 1, "family": "tests", "licence": "none", "provenance": "a test",
     "prompts": [
    \(prompts.joined(separator: ",\n"))
     ]}
    """
}

/// A completion prompt as it stands in a file.
func completionJSON(_ id: String, _ template: String = "Text: {prefix}") -> String {
    #"{"id": "\#(id)", "kind": "completion", "template": "\#(template)"}"#
}

/// The error of something that should throw a prompt error.
func promptError(_ body: () throws(PromptError) -> Void) -> PromptError? {
    do throws(PromptError) { try body() } catch { return error }
    return nil
}

/// What is wrong with a prompt.
func promptProblem(_ body: () throws(PromptProblem) -> Void) -> PromptProblem? {
    do throws(PromptProblem) { try body() } catch { return error }
    return nil
}

/// A completion prompt.
func completion(_ id: String, _ written: String) throws -> PromptTemplate {
    try PromptTemplate(id: PromptID(rawValue: id), content: .completion(TemplateText(parsing: written)))
}

/// A chat prompt.
func chat(
    _ id: String, _ messages: KeyValuePairs<ChatRole, String>, prefill: String? = nil
) throws -> PromptTemplate {
    try PromptTemplate(
        id: PromptID(rawValue: id),
        content: .chat(
            messages.map { PromptMessage(role: $0, content: try TemplateText(parsing: $1)) },
            prefill: prefill.map { try TemplateText(parsing: $0) }))
}
