import Randomness
import Testing

@testable import Overlap

/// Texts that are met in practice and break naive comparisons.
///
/// Both sides are compared as they are: making typography
/// equal is the task of normalisation, done before.
@Suite struct SpecialTextTests {
    private func compare(_ source: String, _ reply: String) -> Regurgitation {
        Regurgitation(source: ComparedText(source), reply: ComparedText(reply))
    }

    @Test func curlyAndStraightQuotes() {
        let overlap = compare("“It’s over,” she said. “Don’t go.”", "\"It's over,\" she said. \"Don't go.\"")
        #expect(overlap.longestWordRun?.count == 6)
        #expect(overlap.longestCharacterRun == CommonRun(source: 12..<23, reply: 12..<23))
    }

    @Test func ligaturesAreOtherLetters() {
        let overlap = compare("the \u{FB01}rst of\u{FB01}ce opened", "the first office opened")
        #expect(overlap.coveredWords(runsOfAtLeast: 1) == 2)
        #expect(overlap.longestCharacterRun == CommonRun(source: 12..<21, reply: 14..<23))
    }

    @Test func softHyphensDoNotSplitWords() {
        let overlap = compare("a co\u{AD}operative govern\u{AD}ment today", "a cooperative government today")
        #expect(overlap.longestWordRun == CommonRun(source: 0..<4, reply: 0..<4))
        #expect(overlap.longestCharacterRun == CommonRun(source: 5..<21, reply: 4..<20))
    }

    @Test func rightToLeftText() {
        let overlap = compare("הממשלה הודיעה היום על תוכנית חדשה", "אמר: \u{202B}הודיעה היום על תוכנית\u{202C}!")
        #expect(overlap.longestWordRun == CommonRun(source: 1..<5, reply: 1..<5))
        #expect(overlap.longestCharacterRun?.count == 21)
    }

    @Test func combiningMarksStayApart() {
        let overlap = compare("cafe\u{301} noir", "caf\u{E9} noir")
        #expect(overlap.longestWordRun == CommonRun(source: 1..<2, reply: 1..<2))
        #expect(overlap.longestCharacterRun == CommonRun(source: 5..<10, reply: 4..<9))
    }

    @Test func lineEndsDoNotCountAsWords() {
        let lines = ["first line of text", "second line of text", "third"]
        let overlap = compare(lines.joined(separator: "\r\n"), lines.joined(separator: "\n"))
        #expect(overlap.longestWordRun?.count == 9)
        #expect(overlap.longestCharacterRun == CommonRun(source: 19..<39, reply: 18..<38))
    }

    @Test(arguments: ["", " ", "\r\n\t \u{A0}\u{2003}", "…—“”", "\u{200B}\u{FEFF}"])
    func repliesWithoutWords(reply: String) {
        let overlap = compare("Some words, then more.", reply)
        #expect(overlap.longestWordRun == nil)
        #expect(overlap.coveredWords(runsOfAtLeast: 1) == 0)
        #expect(overlap.nearVerbatim.matchedWords == 0)
        #expect(overlap.rougeL.f1 == 0)
    }

    @Test func aReplyThatRepeatsThePromptShowsNothing() {
        let article = "the council voted on tuesday to close the bridge for repairs until spring"
        let prompt = "Continue: the council voted on tuesday to close the bridge"
        let reply = words(of: prompt)
        var mask = WordMask(wordCount: reply.count)
        mask.mask(wordsCopied(by: reply, fromPrompt: words(of: prompt)), as: .copiedFromPrompt)
        let overlap = Regurgitation(source: ComparedText(article), reply: ComparedText(prompt).masked(by: mask))
        #expect(overlap.coveredWords(runsOfAtLeast: 1) == 0)
        #expect(overlap.maskedReplyWords == reply.count)
        #expect(compare(article, prompt).coveredWords(runsOfAtLeast: 8) == 9)
    }

    @Test func aLoopOfOneSentence() {
        let sentence = "The mayor said the city would rebuild the harbour before winter. "
        let overlap = compare("It was late. " + sentence + "No one replied.", String(repeating: sentence, count: 300))
        #expect(overlap.coveredWords(runsOfAtLeast: 3) == 11)
        #expect(overlap.longestWordRun?.count == 11)
        // With the point and the space before it.
        #expect(overlap.longestCharacterRun?.count == 67)
        #expect(overlap.rougeL.commonWords == 11)
        #expect(overlap.nearVerbatim.blocks.isEmpty)
        let index = CorpusIndex(documents: [String(repeating: sentence, count: 300)], minimumWords: 5)
        #expect(index.matches(of: words(of: sentence + sentence)).longest?.count == 22)
    }

    @Test func aMegabyteOnOneLine() throws {
        let seed: UInt64 = 141
        var generator = SeededGenerator(seed: seed, stream: "one-line")
        var article = ""
        while article.utf8.count < 1 << 20 { article += "w\(generator.next(below: 5000))é " }
        let source = ComparedText(article)
        let piece = source.words[90_000..<90_400].map(\.text)
        let reply = ComparedText(piece[..<200].joined(separator: " ") + " X " + piece[201...].joined(separator: " "))
        let elapsed = try ContinuousClock().measure {
            let overlap = Regurgitation(source: source, reply: reply)
            #expect(overlap.coveredWords(runsOfAtLeast: 100) == 399)
            let block = try #require(overlap.nearVerbatim.blocks.first)
            #expect(block.source == 90_000..<90_400, "seed \(seed)")
            #expect(overlap.nearVerbatim.matchedWords == 399, "seed \(seed)")
            #expect(overlap.longestCharacterRun?.count ?? 0 > 1000, "seed \(seed)")
        }
        #expect(elapsed < .seconds(20))
    }
}
