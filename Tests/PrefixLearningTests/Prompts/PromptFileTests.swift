import Foundation
import Testing

@testable import PrefixLearning

@Suite("Files of prompts")
struct PromptFileTests {
    /// The problem with the only prompt of a file, its line and its name.
    private func problem(_ prompt: String) throws -> (PromptProblem, PromptPlace, String?)? {
        let folder = try TemporaryPrompts(["a.json": fileText(prompt)])
        let error = promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("a.json")) }
        guard case .invalidPrompt(let place, let id, let problem) = error else {
            if let error { Issue.record("\(error)") }
            return nil
        }
        #expect(place.file == folder.file("a.json"))
        return (problem, place, id)
    }

    private func error(_ text: String) throws -> PromptError? {
        let folder = try TemporaryPrompts(["a.json": text])
        return promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("a.json")) }
    }

    @Test("a file with one prompt of each kind is read")
    func kinds() throws {
        let folder = try TemporaryPrompts([
            "a.json": fileText(
                #"{"id": "a", "kind": "completion", "template": "{title}\n", "languages": ["en"], "note": "n"}"#,
                #"{"id": "b", "kind": "chat", "messages": [{"role": "user", "content": "u"}], "prefill": "{prefix}"}"#,
                #"{"id": "c", "kind": "system", "messages": [{"role": "system", "content": "s"}, "#
                    + #"{"role": "user", "content": "{prefix}"}]}"#)
        ])
        let file = try PromptFile.read(folder.file("a.json"))
        #expect(file.prompts.map(\.kind) == [.completion, .chat, .system])
        #expect(file.family == "tests")
        #expect(file.prompts[0].note == "n")
        #expect(file.prompts[0].languages == ["en"])
        #expect(file.learned == nil)
    }

    @Test("a byte order mark is no part of a file")
    func byteOrderMark() throws {
        let folder = try TemporaryPrompts(["a.json": "\u{FEFF}" + fileText(completionJSON("a"))])
        #expect(try PromptFile.read(folder.file("a.json")).prompts.count == 1)
    }

    @Test(
        "every mistake in a prompt is named with its line and the prompt's name",
        arguments: [
            (#"{"id": "A", "kind": "completion", "template": "t"}"#, PromptProblem.oddID),
            (#"{"id": "a", "kind": "poem", "template": "t"}"#, .unknownKind("poem")),
            (#"{"id": "a", "kind": "Completion", "template": "t"}"#, .unknownKind("Completion")),
            (#"{"id": "a", "kind": "completion", "template": "t", "languages": ["English"]}"#, .oddLanguage("English")),
            (#"{"id": "a", "kind": "completion", "template": "{x"}"#, .unclosedBrace(before: "x")),
            (#"{"id": "a", "kind": "completion", "template": "x}"}"#, .strayBrace(after: "x")),
            (#"{"id": "a", "kind": "completion", "template": "{!}"}"#, .oddPlaceholder("!")),
            (#"{"id": "a", "kind": "completion", "template": "{prefix}{prefix}"}"#, .prefixPlaces(2)),
            (#"{"id": "a", "kind": "completion", "template": " "}"#, .blankText("template")),
            (#"{"id": "a", "kind": "completion"}"#, .missingKey("template")),
            (#"{"id": "a", "template": "t"}"#, .missingKey("kind")),
            (#"{"kind": "completion", "template": "t"}"#, .missingKey("id")),
            (#"{"id": "a", "kind": "completion", "templete": "t"}"#, .unknownKey("templete")),
            (#"{"id": "a", "kind": "completion", "template": "t", "prefill": "p"}"#, .unknownKey("prefill")),
            (#"{"id": "a", "kind": "chat", "template": "t"}"#, .unknownKey("template")),
            (#"{"id": "a", "kind": "chat"}"#, .missingKey("messages")),
            (#"{"id": "a", "kind": "chat", "messages": []}"#, .lastMessageNotUsers),
            (
                #"{"id": "a", "kind": "chat", "messages": [{"role": "boss", "content": "{prefix}"}]}"#,
                .unknownRole("boss")
            ),
            (#"{"id": "a", "kind": "chat", "messages": [{"role": "user"}]}"#, .missingKey("content")),
            (#"{"id": "a", "kind": "chat", "messages": [{"content": "{prefix}"}]}"#, .missingKey("role")),
            (
                #"{"id": "a", "kind": "chat", "messages": [{"role": "user", "content": "{prefix}", "name": "x"}]}"#,
                .unknownKey("name")
            ),
            (#"{"id": "a", "kind": "chat", "messages": [{"role": "user", "content": "u"}]}"#, .prefixPlaces(0)),
            (
                #"{"id": "a", "kind": "chat", "messages": [{"role": "user", "content": "{prefix}"}], "prefill": "{prefix}"}"#,
                .prefixPlaces(2)
            ),
            (
                #"{"id": "a", "kind": "system", "messages": [{"role": "user", "content": "{prefix}"}]}"#,
                .kindDisagrees(kind: .system, hasSystemMessage: false)
            ),
            (
                #"{"id": "a", "kind": "chat", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "{prefix}"}]}"#,
                .kindDisagrees(kind: .chat, hasSystemMessage: true)
            ),
            (
                #"{"id": 3, "kind": "completion", "template": "t"}"#,
                .wrongType(key: "id", expected: "a string", found: "a number")
            ),
            (
                #"{"id": "a", "kind": "completion", "template": ["t"]}"#,
                .wrongType(key: "template", expected: "a string", found: "a list")
            ),
            (
                #"{"id": "a", "kind": "chat", "messages": "hello"}"#,
                .wrongType(key: "messages", expected: "a list in [ ]", found: "a string")
            ),
            (
                #"{"id": "a", "kind": "chat", "messages": ["hello"]}"#,
                .wrongType(key: "messages", expected: "a list of objects in { }", found: "a string")
            ),
            (
                #"{"id": "a", "kind": "completion", "template": "t", "languages": [1]}"#,
                .wrongType(key: "languages", expected: "a list of strings", found: "a number")
            ),
            (
                #"{"id": "a", "kind": "completion", "template": "t", "note": null}"#,
                .wrongType(key: "note", expected: "a string", found: "null")
            ),
            (#""hello""#, .wrongType(key: "prompts", expected: "a list of objects in { }", found: "a string")),
        ] as [(String, PromptProblem)])
    func mistakes(prompt: String, expected: PromptProblem) throws {
        let found = try problem(prompt)
        #expect(found?.0 == expected)
        guard let (problem, place, id) = found else { return }
        #expect(place.line == 3)
        #expect(id == (prompt.contains(#""id": "A""#) ? "A" : prompt.contains(#""id": "a""#) ? "a" : nil))
        let text = PromptError.invalidPrompt(place, id: id, problem: problem).description
        #expect(text.contains("a.json:3: prompt"))
        #expect(!text.contains("\n"))
        #expect(text.contains(";"), "what to do: \(text)")
    }

    @Test("a template of megabytes is refused before it is read")
    func longTemplates() throws {
        let template = String(repeating: "{", count: 2 << 20)
        let found = try problem(completionJSON("a", template))
        #expect(found?.0 == .tooLong(bytes: 2 << 20, most: 32 << 10))
    }

    @Test("a place on a later line is found")
    func laterLine() throws {
        let found = try problem("{\n \"id\": \"a\",\n \"kind\": \"completion\",\n \"template\": \"{x\"\n}")
        #expect(found?.1.line == 6)
    }

    @Test("mistakes of the whole file")
    func files() throws {
        #expect(try error("").map { "\($0)".contains("the file is empty") } == true)
        #expect(try error(" \n\t ").map { "\($0)".contains("the file is empty") } == true)
        guard case .notJSON(let place, let column, _) = try error("{\n  \"format\": 1,\n}") else {
            Issue.record("broken JSON passed"); return
        }
        #expect(place.line == 3)
        #expect(column == 1)
        guard case .malformed(_, .wrongType) = try error("[]") else { Issue.record("a list passed"); return }
        guard case .malformed(_, .missingKey("format")) = try error("{}") else {
            Issue.record("a file without format passed"); return
        }
        for (written, found) in [("2", "2"), ("1.0", "1.0"), ("\"1\"", "a string"), ("null", "null"), ("-1", "-1")] {
            guard case .unknownFormat(let place, found) = try error("{\n\"format\": \(written), \"new\": 1}") else {
                Issue.record("format \(written) passed"); return
            }
            #expect(place.line == 2)
        }
        let text = fileText(completionJSON("a"))
        for key in ["family", "licence", "provenance", "prompts"] {
            guard
                case .malformed(_, .missingKey(key)) =
                    try error(
                        text.replacingOccurrences(of: "\"\(key)\":", with: "\"learned\":")
                            .replacingOccurrences(of: "\"learned\": \"", with: "\"policy\": \""))
            else { Issue.record("a file without \(key) passed"); return }
        }
        guard
            case .malformed(let odd, .unknownKey("author")) =
                try error(text.replacingOccurrences(of: "\"prompts\"", with: "\"author\": 1, \"prompts\""))
        else { Issue.record("an unknown key passed"); return }
        #expect(odd.line == 2)
        guard case .noPrompts = try error(fileText()) else { Issue.record("a file without prompts passed"); return }
    }

    @Test("two prompts of one name are refused with both places")
    func duplicates() throws {
        let error = try error(fileText(completionJSON("a"), completionJSON("b"), completionJSON("a")))
        guard case .duplicateID(let id, let first, let second) = error else {
            Issue.record("\(String(describing: error))"); return
        }
        #expect(id.rawValue == "a")
        #expect(first.line == 3)
        #expect(second.line == 5)
    }

    @Test("bytes that are no UTF-8, files that are not there and directories are told apart")
    func unreadable() throws {
        let folder = try TemporaryPrompts()
        try folder.add("a.json", Data([0x7B, 0xFF, 0xFE]))
        #expect(
            promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("a.json")) }
                == .notUTF8(path: folder.file("a.json")))
        #expect(
            promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("b.json")) }
                == .notFound(path: folder.file("b.json")))
        guard
            case .system(operation: "read", _, _) = promptError({ () throws(PromptError) in
                _ = try PromptFile.read(folder.path)
            })
        else { Issue.record("a directory was read"); return }
    }

    @Test("an endless file is given up")
    func endless() throws {
        guard case .tooLarge = promptError({ () throws(PromptError) in _ = try PromptFile.read("/dev/zero") }) else {
            Issue.record("/dev/zero was read"); return
        }
    }

    @Test("what is written reads back equal, and again to the same bytes")
    func roundTrip() throws {
        let prompts = [
            try PromptTemplate(
                id: PromptID(rawValue: "a"),
                content: .completion(TemplateText(parsing: "{{x}}\u{0}\n{title}é{prefix}\u{2028}")),
                languages: ["en", "de"], note: "a \"note\"\\"),
            try chat("b", [.system: "s", .user: "u {prefix} 🦊"], prefill: "So:\n"),
            try chat("c", [.user: "u"], prefill: "{prefix}"),
        ]
        let file = PromptFile(family: "f", licence: "l", provenance: "p", prompts: prompts)
        let folder = try TemporaryPrompts()
        try file.write(to: folder.file("a.json"))
        let read = try PromptFile.read(folder.file("a.json"))
        #expect(read == file)
        #expect(try read.text() == file.text())
        #expect(
            promptError { () throws(PromptError) in try file.write(to: folder.file("a.json")) }
                == .exists(path: folder.file("a.json")))
        guard
            case .system(operation: "create", _, _) = promptError({ () throws(PromptError) in
                try file.write(to: folder.file("no/a.json"))
            })
        else { Issue.record("a file in no directory was written"); return }
    }
}
