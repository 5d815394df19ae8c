import Corpus
import Inference
import PrefixLearning
import Testing

@testable import Audit

@Suite struct LearningFoldTests {
    private func corpus(suspects: Int, controls: Int) throws -> CutCorpus {
        func cut(_ arm: Arm, _ number: Int) -> CutDocument {
            let tokens: [TokenID] = (0..<8).map { TokenID(Int32(number * 8 + $0)) }
            return CutDocument(
                arm: arm,
                document: Document(
                    id: DocumentID("\(arm.rawValue)\(number)"), text: "text", source: DocumentSource(file: "f")),
                tokens: TokenizedText(tokens: tokens, pieces: tokens.map { [UInt8(97 + $0.rawValue % 26)] }),
                starts: [0, 4])
        }
        return CutCorpus(
            documents: (0..<suspects).map { cut(.suspect, $0) } + (0..<controls).map { cut(.control, $0) },
            shape: try #require(WindowShape(prefixTokens: 2, suffixTokens: 2)), shapeChoice: "", excluded: [])
    }

    @Test func aShareOfEachArmIsDrawn() throws {
        let fold = LearningFold(try corpus(suspects: 40, controls: 20), share: .standard, seed: 3)
        #expect(fold.documents.count { $0.arm == .suspect } == 10)
        #expect(fold.documents.count { $0.arm == .control } == 5)
        #expect(fold.names.count == 15)
    }

    @Test func theDrawDependsOnTheSeedAlone() throws {
        let corpus = try corpus(suspects: 60, controls: 60)
        let fold = LearningFold(corpus, share: .standard, seed: 3)
        let shuffled = CutCorpus(
            documents: corpus.documents.reversed(), shape: corpus.shape, shapeChoice: "", excluded: [])
        #expect(LearningFold(shuffled, share: .standard, seed: 3).names == fold.names)
        #expect(LearningFold(corpus, share: .standard, seed: 4).names != fold.names)
    }

    @Test func largeArmsAreNotSpent() throws {
        let all = try #require(LearningFraction(1))
        let fold = LearningFold(try corpus(suspects: 1000, controls: 10), share: all, seed: 1)
        #expect(fold.documents.count { $0.arm == .suspect } == LearningFold.mostPerArm)
        #expect(fold.documents.count { $0.arm == .control } == 10)
    }

    @Test func learningSeesTheFirstWindowAndItsPrefixAlone() throws {
        let corpus = try corpus(suspects: 4, controls: 4)
        let all = try #require(LearningFraction(1))
        let first = try #require(
            LearningFold(corpus, share: all, seed: 1).learningDocuments(shape: corpus.shape).first)
        #expect(first.window.prefix == [0, 1] && first.window.suffix.tokens == [2, 3])
        #expect(first.opening == "ab")
    }

    @Test func eachDocumentGetsWhatWasChosenForIt() throws {
        let corpus = try corpus(suspects: 3, controls: 0)
        let none = Elicitation.none(leading: [7])
        let other = Elicitation(id: PromptID(rawValue: "x"), before: [7, 8])
        let summary = LearningSummary(
            mode: .policy, budget: "1", calls: 1, candidates: 1, suspectDocuments: 1, controlDocuments: 0, lift: nil,
            sha256: "")
        let choice = ElicitationChoice(none, [other], usedUp: [], learning: summary) { document, opening in
            #expect(opening.utf8.count == 2)
            return ["suspect0": 1, "suspect1": 99][document.document.id.rawValue] ?? 0
        }
        let chosen = corpus.documents.map { choice.elicitation(for: $0, shape: corpus.shape).id }
        #expect(chosen == [other.id, .none, .none])
    }
}
