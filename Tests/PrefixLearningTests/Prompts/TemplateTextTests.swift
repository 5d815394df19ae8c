import Randomness
import Testing

@testable import PrefixLearning

@Suite("Text with places in braces")
struct TemplateTextTests {
    @Test("places and literal braces are told apart")
    func parts() throws {
        let text = try TemplateText(parsing: "{{a}} {title}: {prefix} {{{author}}}")
        #expect(
            text.parts == [
                .literal("{a} "), .field("title"), .literal(": "), .prefix, .literal(" {"), .field("author"),
                .literal("}"),
            ])
        #expect(text.fieldNames == ["title", "author"])
        #expect(text.prefixCount == 1)
        #expect(text.aroundPrefix.before.count == 3)
        #expect(text.aroundPrefix.after.count == 3)
    }

    @Test("without a place of the prefix, everything stands before it")
    func withoutPrefix() throws {
        let text = try TemplateText(parsing: "a {title}")
        #expect(text.aroundPrefix.before == text.parts)
        #expect(text.aroundPrefix.after.isEmpty)
    }

    @Test(
        "what is no place is refused",
        arguments: [
            ("a { b", PromptProblem.unclosedBrace(before: " b")), ("a } b", .strayBrace(after: "a ")),
            ("{}", .oddPlaceholder("")), ("{ title }", .oddPlaceholder(" title ")),
            ("{1st}", .oddPlaceholder("1st")), ("{a{b}", .oddPlaceholder("a{b")), ("{", .unclosedBrace(before: "")),
            ("}", .strayBrace(after: "")), ("{{}", .strayBrace(after: "{")), ("{\n}", .oddPlaceholder("\n")),
            ("{a\u{0301}\u{202E}b}", .oddPlaceholder("a\u{0301}\u{202E}b")),
        ])
    func refused(written: String, problem: PromptProblem) {
        #expect(promptProblem { () throws(PromptProblem) in _ = try TemplateText(parsing: written) } == problem)
    }

    @Test("a name has at most 60 characters", arguments: [(60, true), (61, false)])
    func longNames(count: Int, isName: Bool) {
        #expect(TemplateText.isName(String(repeating: "n", count: count)) == isName)
        let written = "{" + String(repeating: "n", count: count) + "}"
        #expect(((try? TemplateText(parsing: written)) != nil) == isName)
    }

    @Test("names of fields are matched by their characters, other languages included")
    func foreignNames() throws {
        #expect(try TemplateText(parsing: "{título} {заголовок} {og_title-1.2}").fieldNames.count == 3)
    }

    @Test("every text that is read comes back as it was written, and every other text is refused without a trap")
    func roundTrip() {
        var generator = SeededGenerator(seed: 20_261_121, stream: "template-text")
        let pieces = [
            "{", "}", "{{", "}}", "a", "é", "e\u{0301}", "{prefix}", "{title}", "\n", "\r\n", "🦊", " ", "\u{0}",
        ]
        var read = 0
        for round in 0..<4000 {
            let written = (0..<generator.next(below: 8)).map { _ in pieces[generator.next(below: pieces.count)] }
                .joined()
            guard let text = try? TemplateText(parsing: written) else { continue }
            read += 1
            #expect(text.written.utf8.elementsEqual(written.utf8), "round \(round)")
            #expect((try? TemplateText(parsing: text.written)) == text, "round \(round)")
            #expect(TemplateText(parts: text.parts) == text, "round \(round)")
        }
        #expect(read > 500)
    }

    @Test("any literal can be written and read")
    func literals() throws {
        for literal in ["{", "}", "{{}}", "}{", "{prefix}", "{{title", "a\u{0}b", ""] {
            let text = TemplateText(literal: literal)
            #expect(try TemplateText(parsing: text.written) == text)
            #expect(text.prefixCount == 0)
        }
    }

    @Test("spellings of one letter with different bytes are different texts")
    func bytes() {
        #expect(TemplateText(literal: "é") != TemplateText(literal: "e\u{0301}"))
        #expect(Set([TemplateText(literal: "é"), TemplateText(literal: "e\u{0301}")]).count == 2)
    }

    @Test("a text of many braces is read in one go")
    func manyBraces() throws {
        let text = try TemplateText(parsing: String(repeating: "{{}}", count: 100_000))
        #expect(text.parts == [.literal(String(repeating: "{}", count: 100_000))])
    }
}
