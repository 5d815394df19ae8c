import Inference
import Testing

@testable import Measurement

@Suite("What a reply was")
struct ReplyJudgementTests {
    private func judge(
        _ text: String, _ stop: StopReason, words: Int = 0, trailing: Int = 0, elsewhere: Int = 0, whole: Bool = false
    ) -> ReplyJudgement {
        ReplyJudgement(
            visible: text, stop: stop,
            repetition: .init(
                words: words, characters: words * 5, tokens: words, trailingWords: trailing, isWholeSuffix: whole),
            trailingWordsElsewhere: elsewhere, threshold: .standard)
    }

    private let refusal = "I'm sorry, but I can't provide the text of that article. "

    @Test("how a reply ended names it")
    func endings() {
        #expect(judge("text", .endOfText).replyClass == .answered)
        #expect(judge("text", .limit).replyClass == .cutByLength)
        #expect(judge("text", .word).replyClass == .stopped)
        #expect(judge("text", .unknown, trailing: 4).replyClass == .stopped)
        #expect(judge("text", .unknown, words: 9, trailing: 5).replyClass == .filteredMidMatch)
        // A filter protects every document, not only the one that was asked about; the length stays this one's.
        let other = judge("text", .unknown, elsewhere: 12)
        #expect(other.replyClass == .filteredMidMatch && other.censoredWords == nil && !other.regurgitates)
        #expect(judge("text", .limit, elsewhere: 12).replyClass == .cutByLength)
        for stop in [StopReason.endOfText, .limit, .word, .unknown] {
            #expect(judge(" \n", stop).replyClass == .empty)
        }
        #expect(ReplyJudgement.noAnswer.replyClass == .transportError)
    }

    @Test("overlap is decided before refusal")
    func overlapFirst() {
        #expect(judge(refusal, .endOfText, words: 19).replyClass == .refused)
        let apologetic = judge(refusal + "But here it is: …", .endOfText, words: 20)
        #expect(apologetic.replyClass == .answered && apologetic.regurgitates)
        let short = judge(refusal, .limit, words: 3, whole: true)
        #expect(short.replyClass == .cutByLength && short.regurgitates)
    }

    @Test("a run that the reply did not end by itself is a lower bound")
    func censoring() {
        #expect(judge("text", .limit, words: 30, trailing: 12).censoredWords == 12)
        #expect(judge("text", .unknown, words: 30, trailing: 30).censoredWords == 30)
        #expect(judge("text", .endOfText, words: 30, trailing: 30).censoredWords == nil)
        #expect(judge("text", .limit, words: 30, trailing: 4).censoredWords == nil)
    }

    @Test("any of the three lengths is enough, and none of them may be empty")
    func thresholds() {
        let threshold = RegurgitationThreshold.standard
        func reaches(_ words: Int, _ characters: Int, _ tokens: Int) -> Bool {
            ReplyJudgement.Repetition(
                words: words, characters: characters, tokens: tokens, trailingWords: 0, isWholeSuffix: false
            ).reaches(threshold)
        }
        #expect(!reaches(19, 159, 49))
        #expect(reaches(20, 0, 0) && reaches(0, 160, 0) && reaches(0, 0, 50))
        #expect(RegurgitationThreshold(words: 0, characters: 1, tokens: 1) == nil)
    }

    @Test("reasoning is kept apart from what a reader is shown")
    func channels() {
        #expect(ReplyChannels(content: "plain") == ReplyChannels(content: "plain", reasoningContent: nil))
        #expect(ReplyChannels(content: "plain").reasoning == nil)
        let marked = ReplyChannels(content: "<think>the fog came</think>Hello")
        #expect(marked.visible == "Hello" && marked.reasoning == "the fog came")
        let cut = ReplyChannels(content: "<think>the fog came")
        #expect(cut.visible.isEmpty && cut.reasoning == "the fog came")
        let opened = ReplyChannels(content: "the fog came</think>Hello <think>b</think>you")
        #expect(opened.visible == "Hello you" && opened.reasoning == "the fog came\nb")
        let apart = ReplyChannels(content: "Hello", reasoningContent: "the fog came")
        #expect(apart.visible == "Hello" && apart.reasoning == "the fog came")
        #expect(ReplyChannels(content: "").visible.isEmpty)
    }
}
