import Corpus
import Testing

@testable import PrefixLearning

@Suite struct ScoreBookTests {
    private let prompt = PromptID(rawValue: "p")

    private func name(_ arm: Arm, _ id: String) -> ArmedDocument {
        ArmedDocument(arm: arm, document: DocumentID(rawValue: id))
    }

    @Test func liftsNeedBothScores() {
        var book = ScoreBook()
        let document = name(.suspect, "a")
        #expect(!book.knows(ScoreCell(prompt: prompt, document: document)))
        book.take(-0.5, for: ScoreCell(prompt: prompt, document: document))
        #expect(book.lift(prompt, document) == nil)
        book.take(-2, for: ScoreCell(prompt: .none, document: document))
        #expect(book.lift(prompt, document) == 1.5)
        book.take(nil, for: ScoreCell(prompt: prompt, document: name(.control, "b")))
        #expect(book.knows(ScoreCell(prompt: prompt, document: name(.control, "b"))))
        #expect(book[ScoreCell(prompt: prompt, document: name(.control, "b"))] == nil)
    }
}
