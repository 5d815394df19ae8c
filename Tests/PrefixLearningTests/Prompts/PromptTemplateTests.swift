import Corpus
import Testing

@testable import PrefixLearning

@Suite("One prompt")
struct PromptTemplateTests {
    @Test("a completion without a place for the prefix has it at the end")
    func completionPrompt() throws {
        let prompt = try completion("a", "{title}\n\n")
        #expect(prompt.kind == .completion)
        #expect(prompt.fields == ["title"])
    }

    @Test("kinds of chats follow from their messages")
    func kinds() throws {
        #expect(try chat("a", [.user: "{prefix}"]).kind == .chat)
        #expect(try chat("a", [.system: "s", .user: "{prefix}"]).kind == .system)
        #expect(try chat("a", [.user: "u", .assistant: "a", .user: "{prefix}"]).kind == .chat)
    }

    @Test("fields are named once, in the order of the text, prefill included")
    func fields() throws {
        let prompt = try chat("a", [.user: "{title} {date} {title}"], prefill: "{author}: {prefix}")
        #expect(prompt.fields == ["title", "date", "author"])
    }

    @Test(
        "names are lower-case ASCII",
        arguments: [
            ("news.byline-dateline", true), ("0", true), ("a_b", true), (String(repeating: "a", count: 80), true),
            ("", false), ("none", false), ("News", false), (".a", false), ("-a", false), ("a b", false),
            ("a/b", false), ("a\n", false), ("é", false), ("a\u{0}", false), ("../a", false),
            (String(repeating: "a", count: 81), false), ("a\u{FF0E}b", false),
        ])
    func names(name: String, isAccepted: Bool) {
        #expect(((try? completion(name, "x")) != nil) == isAccepted)
    }

    @Test(
        "languages are codes",
        arguments: [
            ("en", true), ("gsw", true), ("pt-BR", true), ("zh-Hant-TW", true), ("English", false), ("", false),
        ])
    func languages(code: String, isAccepted: Bool) {
        let prompt = try? PromptTemplate(
            id: PromptID(rawValue: "a"), content: .completion(TemplateText(literal: "x")), languages: [code])
        #expect((prompt != nil) == isAccepted)
    }

    @Test("a chat that is not one is refused")
    func chats() throws {
        func problem(_ messages: KeyValuePairs<ChatRole, String>, _ prefill: String? = nil) -> PromptProblem? {
            do { _ = try chat("a", messages, prefill: prefill) } catch { return error as? PromptProblem }
            return nil
        }
        #expect(problem([:]) == .lastMessageNotUsers)
        #expect(problem([.user: "u", .assistant: "{prefix}"]) == .lastMessageNotUsers)
        #expect(problem([.system: "{prefix}"]) == .lastMessageNotUsers)
        #expect(problem([.user: "a", .system: "s", .user: "{prefix}"]) == .lateSystemMessage)
        #expect(problem([.system: "a", .system: "s", .user: "{prefix}"]) == .lateSystemMessage)
        #expect(problem([.user: "u"]) == .prefixPlaces(0))
        #expect(problem([.user: "{prefix} {prefix}"]) == .prefixPlaces(2))
        #expect(problem([.user: "{prefix}"], "{prefix}") == .prefixPlaces(2))
        #expect(problem([.user: "u"], "p") == .prefixPlaces(0))
        #expect(problem([.user: " \n", .user: "{prefix}"]) == .blankText("content"))
        #expect(problem([.user: "{prefix}"], "So:") == nil)
        #expect(problem([.user: "u"], "So: {prefix}") == nil)
    }

    @Test("a chat of too many messages is refused")
    func manyMessages() throws {
        let message = PromptMessage(role: .user, content: TemplateText(literal: "u"))
        let last = PromptMessage(role: .user, content: try TemplateText(parsing: "{prefix}"))
        for (count, isAccepted) in [(63, true), (64, false)] {
            let messages = Array(repeating: message, count: count) + [last]
            let prompt = try? PromptTemplate(id: PromptID(rawValue: "a"), content: .chat(messages, prefill: nil))
            #expect((prompt != nil) == isAccepted)
        }
    }

    @Test("a completion with two places or no text is refused")
    func completions() {
        func problem(_ written: String) -> PromptProblem? {
            do { _ = try completion("a", written) } catch { return error as? PromptProblem }
            return nil
        }
        #expect(problem("{prefix}{prefix}") == .prefixPlaces(2))
        #expect(problem("") == .blankText("template"))
        #expect(problem("{prefix}") == nil)
    }

    @Test("texts together may have 32 KiB")
    func sizes() throws {
        let limit = PromptTemplate.largestByteCount
        #expect((try? completion("a", String(repeating: "a", count: limit))) != nil)
        #expect((try? completion("a", String(repeating: "a", count: limit + 1))) == nil)
        let half = String(repeating: "é", count: limit / 4)
        #expect((try? chat("a", [.user: half + "{prefix}"], prefill: half)) == nil)
    }

    @Test("a prompt applies where all its fields have a value to show")
    func applicability() throws {
        let prompt = try completion("a", "{title} {date}")
        func metadata(_ date: MetadataValue?) -> Metadata {
            Metadata(
                [.init(key: "title", value: .string("t"))] + (date.map { [.init(key: "date", value: $0)] } ?? []))
        }
        #expect(prompt.applies(to: metadata(.string("today"))))
        #expect(prompt.applies(to: metadata(.number(2020))))
        #expect(prompt.missingFields(in: metadata(nil)) == ["date"])
        for value in [MetadataValue.string(""), .string(" \n"), .json("null"), .json("[1]"), .json("{}")] {
            #expect(!prompt.applies(to: metadata(value)), "\(value)")
        }
        #expect(prompt.missingFields(in: Metadata()) == ["title", "date"])
    }

    @Test("values of metadata as they stand in prompts")
    func values() {
        #expect(MetadataValue.string(" a\n").promptText == " a\n")
        #expect(MetadataValue.number(2020).promptText == "2020")
        #expect(MetadataValue.number(2.5).promptText == "2.5")
        #expect(MetadataValue.number(-0.0).promptText == "0")
        #expect(MetadataValue.number(1e300).promptText == "1e+300")
        #expect(MetadataValue.bool(true).promptText == "true")
        #expect(MetadataValue.json("12345678901234567890").promptText == "12345678901234567890")
        #expect(MetadataValue.json("-12345678901234567890").promptText == "-12345678901234567890")
        #expect(MetadataValue.json("").promptText == nil)
    }
}
