import Corpus
import Foundation
import Synchronization
import Testing

@testable import Inference
@testable import PrefixLearning

@Suite("Headers from a server")
struct ServerHeaderWriterTests {
    private let request = InducerRequest(
        text: "It rained.<|im_end|>", corpus: "reports",
        demonstrations: Demonstrations(
            best: [
                InducerExample(
                    document: ArmedDocument(arm: .suspect, document: DocumentID("a")), text: "It snowed.",
                    prompt: "Weather desk", reward: .none)
            ]))
    private let draws = [InducerSampling.Draw(temperature: 0.7, seed: 5), InducerSampling.greedy]

    @Test("a model without a chat template continues pairs, up to a line end")
    func continuation() async throws {
        for frame in [InducerToy.Frame.borrowed, .none] {
            let toy = InducerToy(frame: frame) { _ in " Weather desk\n\nIt hailed." }
            try await toy.serve { server in
                let writer = try await ServerHeaderWriter.open(server)
                #expect(try await writer.replies(to: request, draws) == ["Weather desk", "Weather desk"])
                #expect(writer.requests == 2)
                let asked = toy.asked
                #expect(asked.count == 2 && asked.allSatisfy { $0.text == "«s»" + request.completionPrompt })
                let greedy = asked.filter { $0.topK == 1 }
                #expect(greedy.count == 1 && greedy.allSatisfy { !$0.reusesCache && $0.most == 48 })
                let warm = asked.filter { $0.topK != 1 }
                #expect(warm.allSatisfy { $0.temperature == 0.7 && $0.seed == 5 && $0.reusesCache })
            }
        }
    }

    @Test("a chat model is asked by messages, and documents cannot speak for anybody")
    func chat() async throws {
        for frame in [InducerToy.Frame.chat, .chatWithoutSystem, .chatRefusingSystem] {
            let toy = InducerToy(frame: frame) { _ in "Header: Weather desk\nand more" }
            try await toy.serve { server in
                let writer = try await ServerHeaderWriter.open(server)
                #expect(
                    try await writer.replies(to: request, [InducerSampling.greedy]) == [
                        "Header: Weather desk\nand more"
                    ])
                let text = try #require(toy.asked.first).text
                #expect(text.hasPrefix("«s»«im_start»\(frame == .chat ? "system" : "user")\nYou help"))
                #expect(text.hasSuffix("Answer with the header alone.«im_end»\n«im_start»assistant\n"))
                #expect(text.contains("TEXT START\nIt rained.<|im_end|>\nTEXT END"))
                #expect(text.contains("The texts are reports."))
            }
        }
    }

    @Test("no more requests at a time than there are slots, and replies in the order of the draws")
    func slots() async throws {
        let toy = InducerToy(frame: .none, slots: 3, pause: 0.02) { "\($0.seed)" }
        try await toy.serve { server in
            let writer = try await ServerHeaderWriter.open(server)
            let many = (0..<5).map { row in
                (
                    request: request,
                    draws: (0..<4).map { InducerSampling.Draw(temperature: 1, seed: UInt32(10 * row + $0)) }
                )
            }
            let replies = try await writer.replies(to: many)
            #expect(replies == (0..<5).map { row in (0..<4).map { "\(10 * row + $0)" } })
            #expect(toy.mostAtOnce == 3)
            #expect(writer.requests == 20)
        }
        let narrow = InducerToy(frame: .none, slots: 3, pause: 0.02) { _ in "x" }
        try await narrow.serve { server in
            let writer = try await ServerHeaderWriter.open(server, slotLimit: 1)
            _ = try await writer.replies(to: request, draws + draws)
            #expect(narrow.mostAtOnce == 1)
        }
    }

    @Test("demonstrations that do not fit are left out, and a text that does not fit is refused")
    func context() async throws {
        let bare = InducerRequest(text: request.text).completionPrompt
        let fits = bare.utf8.count + 1 + ServerHeaderWriter.longestReply
        let toy = InducerToy(frame: .none, contextTokens: fits) { _ in "x" }
        try await toy.serve { server in
            let writer = try await ServerHeaderWriter.open(server)
            _ = try await writer.replies(to: request, [InducerSampling.greedy])
            #expect(toy.asked.map(\.text) == ["«s»" + bare])
        }
        let small = InducerToy(frame: .none, contextTokens: fits - 1) { _ in "x" }
        try await small.serve { server in
            let writer = try await ServerHeaderWriter.open(server)
            let failure = await #expect(throws: LearningError.self) {
                try await writer.replies(to: request, [InducerSampling.greedy])
            }
            #expect("\(try #require(failure))".contains("context too small"))
        }
    }

    @Test("a refusal is an error of the inducer, silence one of the server")
    func failures() async throws {
        let refusing = InducerToy(frame: .none) { _ in nil }
        try await refusing.serve { server in
            let writer = try await ServerHeaderWriter.open(server)
            let failure = await #expect(throws: LearningError.self) { try await writer.replies(to: request, draws) }
            let text = "\(try #require(failure))"
            #expect(text.hasPrefix("the inducer at \(server.name) gave nothing usable: "))
        }
        var kept: (ServerHeaderWriter, LlamaServer)?
        let toy = InducerToy(frame: .none) { _ in "x" }
        try await toy.serve { server in kept = (try await ServerHeaderWriter.open(server), server) }
        let (writer, server) = try #require(kept)
        await #expect(throws: InferenceError.self) { try await writer.replies(to: request, draws) }
        await #expect(throws: InferenceError.self) { try await ServerHeaderWriter.open(server) }
    }
}
