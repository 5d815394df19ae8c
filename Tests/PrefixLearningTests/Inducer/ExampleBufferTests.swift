import Corpus
import PrefixLearning
import Randomness
import Testing

@Suite struct ExampleBufferTests {
    private func example(_ document: Int, _ prompt: String, _ reward: Double, text: String? = nil) throws
        -> InducerExample
    {
        InducerExample(
            document: ArmedDocument(arm: .suspect, document: DocumentID("\(document)")),
            text: text ?? "text of document \(document)", prompt: prompt,
            reward: try #require(Lift(value: reward)))
    }

    @Test func whatIsHeldIsTheBestWithinTheLimits() throws {
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed, stream: "buffer")
            let limits = ExampleBufferLimits(capacity: 10, perDocument: 2, warnings: 5)
            var buffer = ExampleBuffer(limits: limits)
            var offered: [InducerExample] = []
            for _ in 0..<100 {
                let new = try example(
                    generator.next(below: 12), "p\(generator.next(below: 30))", generator.nextUnit() - 0.3)
                offered.append(new)
                let isHeld = buffer.insert(new)
                #expect(isHeld == (buffer.examples.contains(new) || buffer.warnings.contains(new)), "seed \(seed)")
            }
            #expect(buffer.examples.count == 10 && buffer.warnings.count == 5)
            for held in [buffer.examples, buffer.warnings] {
                for document in Set(held.map(\.document)) { #expect(held.count { $0.document == document } <= 2) }
            }
            #expect(buffer.examples.map(\.reward) == buffer.examples.map(\.reward).sorted(by: >))
            #expect(buffer.examples.first?.reward == offered.map(\.reward).max())
            #expect(buffer.warnings.first?.reward == offered.map(\.reward).min())
        }
    }

    @Test func demonstrationsAreOfTheMostSimilarTexts() throws {
        var buffer = ExampleBuffer()
        try buffer.insert(example(1, "sport", 0.5, text: "the match ended two to one in the league"))
        try buffer.insert(example(2, "law", 0.9, text: "the court found for the plaintiff"))
        try buffer.insert(example(3, "law again", 0.8, text: "the court of appeal found against him"))
        try buffer.insert(example(4, "bad", -0.4, text: "the court adjourned"))
        let shown = buffer.demonstrations(for: "the court found", best: 2, worst: 2)
        #expect(shown.best.map(\.prompt) == ["law", "law again"] && shown.worst.map(\.prompt) == ["bad"])
        let own = ArmedDocument(arm: .suspect, document: DocumentID("2"))
        #expect(!buffer.demonstrations(for: "the court found", of: own).best.contains { $0.prompt == "law" })
        #expect(buffer.demonstrations(for: "", best: -1, worst: 0) == Demonstrations())
    }

    @Test func onePromptIsShownOnce() throws {
        var buffer = ExampleBuffer()
        for document in 0..<8 { try buffer.insert(example(document, "same", 0.1 * Double(document + 1))) }
        #expect(buffer.demonstrations(for: "text of document").best.count == 1)
    }
}
