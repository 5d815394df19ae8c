import Randomness
import Testing

@testable import Measurement

@Suite("Refusals")
struct RefusalTests {
    @Test("at least 95 of 100 replies written for the purpose are told apart, and every other one by name")
    func table() {
        #expect(refusalReplies.count >= 60)
        let wrong = refusalReplies.filter { (Refusal.find(in: $0.reply) != nil) != ($0.language != nil) }
        #expect(wrong.count * 20 <= refusalReplies.count, "\(wrong.map(\.reply))")
    }

    @Test("every language is found by its own rules", arguments: RefusalLanguage.allCases)
    func languages(language: RefusalLanguage) {
        let found = refusalReplies.filter { $0.language == language }.map { Refusal.find(in: $0.reply)?.language }
        #expect(found.count >= 8)
        #expect(found.count { $0 == language } * 10 >= found.count * 9)
    }

    @Test("a refusal late in a reply is not looked for")
    func late() {
        let refusal = "I can't provide the full text of that article."
        #expect(Refusal.find(in: "It was cold. " + refusal) != nil)
        #expect(Refusal.find(in: "It was cold. It was dark. It was late. " + refusal) == nil)
        #expect(Refusal.find(in: String(repeating: "grey boats and ", count: 30) + refusal) == nil)
    }

    @Test("capitals, curly apostrophes and line breaks make no difference")
    func spelling() {
        for reply in [
            "I CAN'T PROVIDE THE FULL TEXT OF THAT ARTICLE.", "I can’t provide\nthe full text\nof that article.",
            "  \n\nI can't provide the full text of that article",
        ] {
            #expect(Refusal.find(in: reply)?.rule == "declines to give a text")
        }
    }

    @Test("random text of the rules' own words neither traps nor takes long", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "refusals")
        let words =
            RefusalRule.all.flatMap { $0.steps.flatMap { $0.phrases.flatMap { $0 } } } + ["“", "\"", ".", "\u{0}"]
        for _ in 0..<40 {
            let text = (0..<generator.next(below: 200)).map { _ in words[generator.next(below: words.count)] }
            _ = Refusal.find(in: text.joined(separator: " "))
        }
        #expect(Refusal.find(in: String(repeating: "\u{301}", count: 100_000)) == nil)
    }

    @Test("every rule has steps and every step phrases")
    func rules() {
        for rule in RefusalRule.all {
            #expect(!rule.steps.isEmpty && rule.steps.allSatisfy { !$0.phrases.isEmpty })
            #expect(
                rule.steps.allSatisfy { $0.phrases.allSatisfy { !$0.isEmpty && $0.allSatisfy { !$0.contains("’") } } })
        }
    }
}
