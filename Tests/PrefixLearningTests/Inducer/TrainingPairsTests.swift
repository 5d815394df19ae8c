import Corpus
import Foundation
import PrefixLearning
import Randomness
import Testing

@Suite struct TrainingPairsTests {
    @Test func theBytesAreThese() {
        let bytes = TrainingPairs.jsonLines([
            TrainingPair(text: "a \"b\"\n\u{1}", header: "東\\"), TrainingPair(text: "", header: "x"),
        ])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"text":"a \"b\"\n\u0001","header":"東\\"}"# + "\n" + #"{"text":"","header":"x"}"# + "\n")
    }

    @Test func whatIsWrittenIsRead() throws {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\r", "\u{0}", "\u{7F}", "é", "\u{301}", "🦊", "\u{2028}",
        ]
        for seed in UInt64(0)..<100 {
            var generator = SeededGenerator(seed: seed, stream: "pairs")
            func text() -> String {
                var text = String.UnicodeScalarView()
                for _ in 0..<generator.next(below: 8) { text.append(scalars[generator.next(below: scalars.count)]) }
                return String(text)
            }
            let pairs = (0..<generator.next(below: 6)).map { _ in TrainingPair(text: text(), header: text()) }
            let bytes = TrainingPairs.jsonLines(pairs)
            let read = try TrainingPairs.read(bytes)
            #expect(read.map { Array($0.text.utf8) } == pairs.map { Array($0.text.utf8) }, "seed \(seed)")
            #expect(TrainingPairs.jsonLines(read) == bytes, "seed \(seed)")
        }
    }

    @Test(arguments: ["{", #"{"text":"a"}"#, #"{"text":1,"header":"a"}"#, "null", "\u{0}"])
    func aBadLineIsNamed(line: String) {
        let lines = #"{"text":"a","header":"b"}"# + "\n\n" + line + "\n"
        let error = #expect(throws: TrainingPairsError.self) { try TrainingPairs.read(Data(lines.utf8)) }
        #expect(error?.line == 3)
    }

    @Test func aBuffersPairsAreItsExamplesBestFirst() throws {
        var buffer = ExampleBuffer()
        for (document, reward) in [("1", 0.5), ("2", 0.9), ("3", -1)] {
            buffer.insert(
                InducerExample(
                    document: ArmedDocument(arm: .suspect, document: DocumentID(document)), text: "t\(document)",
                    prompt: "h", reward: try #require(Lift(value: reward))))
        }
        #expect(TrainingPairs.pairs(of: buffer).map(\.text) == ["t2", "t1"])
    }
}
