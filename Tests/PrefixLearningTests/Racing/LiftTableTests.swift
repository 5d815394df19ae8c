import Corpus
import Foundation
import PrefixLearning
import Testing

@Suite struct LiftTableTests {
    private let document = ArmedDocument(arm: .suspect, document: DocumentID("d"))
    private let prompt = PromptID(rawValue: "p")

    @Test func aLiftNeedsBothScores() {
        var table = LiftTable(prompts: [prompt, prompt, .none], documents: [document, document])
        #expect(table.prompts == [.none, prompt] && table.documents == [document])
        let (bare, prompted) = (
            ScoreCell(prompt: .none, document: document), ScoreCell(prompt: prompt, document: document)
        )
        table.take(-1.5, for: prompted)
        #expect(table.lift(prompt: 1, document: 0) == nil && table.isOpen(bare) && !table.isOpen(prompted))
        table.take(-2, for: bare)
        #expect(table.lift(prompt: 1, document: 0)?.value == 0.5)
        #expect(table.lift(prompt: 0, document: 0) == Lift.none)
    }

    @Test(arguments: [nil, Double.nan, .infinity, -.infinity, 1e7, -1e300])
    func whatIsNoScoreIsMissing(score: Double?) {
        var table = LiftTable(prompts: [], documents: [document])
        let cell = ScoreCell(prompt: .none, document: document)
        let (isFirst, isSecond) = (table.take(score, for: cell), table.take(-1, for: cell))
        #expect(isFirst && !isSecond)
        #expect(table.scoredCells == 0 && table.score(prompt: 0, document: 0) == nil)
        #expect(table.answers.count == 1 && table.answers[0].score == nil)
    }

    @Test func aLiftIsAFiniteNumber() throws {
        #expect(Lift(value: .nan) == nil && Lift(with: 1e308, without: -1e308) == nil)
        let lift = try #require(Lift(value: 0.25))
        #expect(String(decoding: try JSONEncoder().encode([lift]), as: UTF8.self) == "[0.25]")
        #expect(try JSONDecoder().decode([Lift].self, from: Data("[0.25]".utf8)) == [lift])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Lift].self, from: Data(#"["a"]"#.utf8)) }
    }
}
