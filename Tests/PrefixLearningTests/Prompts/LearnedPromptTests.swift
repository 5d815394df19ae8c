import Corpus
import Foundation
import Testing

@testable import PrefixLearning

@Suite("Files of learned prompts and policies")
struct LearnedPromptTests {
    private func record(mean: Double = 0.25, tokens: [Elicitation]) -> LearnedRecord {
        LearnedRecord(
            model: "m.gguf (10 parameters, 20 tokens)", corpusDigest: String(repeating: "0", count: 64),
            seed: .max, budget: 4000, spentCalls: 3712, fold: "learning",
            lift: MeasuredLift(mean: mean, low: 0.1, high: 0.4, level: 0.95, documents: 40),
            candidates: [
                TriedCandidate(
                    id: PromptID(rawValue: "learned.1"), source: "sample of the model", roundsSurvived: 6,
                    meanLift: .init(suspect: 0.3, control: 0.05)),
                TriedCandidate(
                    id: PromptID(rawValue: "news.headline"), source: "Prompts/news.json", roundsSurvived: 0,
                    meanLift: .init(suspect: nil, control: nil)),
            ], tokens: tokens)
    }

    private func file(_ learned: LearnedRecord?) throws -> PromptFile {
        PromptFile(
            family: "learned", licence: "as the corpus", provenance: "rote learn",
            prompts: [try completion("learned.1", "Text\u{FFFD}: {prefix}"), try completion("learned.2", "{title}")],
            learned: learned)
    }

    private let tokens = Elicitation(id: PromptID(rawValue: "learned.1"), before: [1, 2, 3], after: [])

    @Test("a record comes back whole, and the same contents give the same bytes")
    func roundTrip() throws {
        let file = try file(record(tokens: [tokens]))
        let folder = try TemporaryPrompts()
        try file.write(to: folder.file("a.json"))
        #expect(try PromptFile.read(folder.file("a.json")) == file)
        let texts = try (0..<20).map { _ in try file.text() }
        #expect(Set(texts).count == 1)
        #expect(texts[0].contains("\"corpus sha256\": \"0000"))
        #expect(texts[0].contains("\"seed\": 18446744073709551615"))
        #expect(texts[0].contains("\"before\": [1, 2, 3]"))
    }

    @Test("tokens count for the model that they were learned for, and for no other")
    func exact() throws {
        let folder = try TemporaryPrompts(["a.json": fileText(completionJSON("a"))])
        try file(record(tokens: [tokens])).write(to: folder.file("b.json"))
        let library = try PromptLibrary(paths: [folder.path])
        #expect(library.exactElicitations(forModel: "m.gguf (10 parameters, 20 tokens)") == [tokens.id: tokens])
        #expect(library.exactElicitations(forModel: "m.gguf (10 parameters, 21 tokens)").isEmpty)
    }

    @Test("numbers without a JSON form are refused before anything is written")
    func notFinite() throws {
        let folder = try TemporaryPrompts()
        for mean in [Double.nan, .infinity] {
            let file = try file(record(mean: mean, tokens: []))
            guard
                case .unwritable = promptError({ () throws(PromptError) in try file.write(to: folder.file("a.json")) })
            else { Issue.record("\(mean) was written"); return }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("a.json")))
    }

    @Test(
        "a damaged record says what is wrong",
        arguments: [
            ("\"seed\": 18446744073709551615", "\"seed\": -1", "out of range"),
            ("\"fold\": \"learning\",", "", "fold"),
            ("\"mean\": 0.25", "\"mean\": \"0.25\"", "lift → mean"),
            ("\"before\": [1, 2, 3]", "\"before\": [1, -2, 3]", "a token is negative"),
            ("\"before\": [1, 2, 3]", "\"before\": [1, 2147483648]", "out of range"),
            ("\"before\": [1, 2, 3]", "\"before\": [1.5]", "out of range"),
            ("\"rounds survived\": 6", "\"rounds survived\": null", "rounds survived"),
            ("\"id\": \"learned.2\"", "\"id\": \"learned.1\"", "already used"),
        ])
    func damaged(good: String, bad: String, expected: String) throws {
        let text = try file(record(tokens: [tokens])).text()
        #expect(text.contains(good))
        let folder = try TemporaryPrompts(["a.json": text.replacingOccurrences(of: good, with: bad)])
        let error = promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("a.json")) }
        let message = error.map { "\($0)" } ?? "no error"
        #expect(message.contains(expected) && message.contains("a.json:"), "\(message)")
    }

    @Test("tokens of a prompt that the file does not hold are refused")
    func foreignTokens() throws {
        let foreign = Elicitation(id: PromptID(rawValue: "other"), before: [1])
        let folder = try TemporaryPrompts()
        try file(record(tokens: [foreign])).write(to: folder.file("a.json"))
        let error = promptError { () throws(PromptError) in _ = try PromptFile.read(folder.file("a.json")) }
        #expect(error.map { "\($0)".contains("\"other\"") } == true)
    }

    private struct Model: Codable, Sendable, Equatable {
        var weights: [String: [Double]]
        var bias: Double
    }

    @Test("a policy is a prompt file with a model in it, stable to the byte")
    func policies() throws {
        let model = Model(
            weights: Dictionary(uniqueKeysWithValues: (0..<50).map { ("w\($0)", [Double($0) / 3, -1e-12]) }), bias: 0.1)
        let policy = PolicyFile(prompts: try file(record(tokens: [tokens])), model: model)
        let folder = try TemporaryPrompts()
        try policy.write(to: folder.file("p.json"))
        let read = try PolicyFile<Model>.read(folder.file("p.json"))
        #expect(read.model == model)
        #expect(read.prompts.prompts == policy.prompts.prompts)
        #expect(read.prompts.learned == policy.prompts.learned)
        #expect(try read.text() == policy.text())
        // The prompts are of use without the model.
        #expect(try PromptLibrary(paths: [folder.path]).prompts.count == 2)
        // Reading and writing it as prompts alone loses nothing.
        #expect(try PromptFile.read(folder.file("p.json")).text() == policy.text())
    }

    @Test("a file that is no policy, or one of another model, is refused")
    func otherPolicies() throws {
        struct Other: Codable, Sendable { let layers: Int }
        let folder = try TemporaryPrompts(["a.json": fileText(completionJSON("a"))])
        guard
            case .malformed(_, .missingKey("policy")) = promptError({ () throws(PromptError) in
                _ = try PolicyFile<Model>.read(folder.file("a.json"))
            })
        else { Issue.record("a file without a policy was read"); return }
        try PolicyFile(prompts: try file(nil), model: Other(layers: 3)).write(to: folder.file("b.json"))
        let error = promptError { () throws(PromptError) in _ = try PolicyFile<Model>.read(folder.file("b.json")) }
        #expect(error.map { "\($0)".contains("is missing") } == true)
        guard
            case .unwritable = promptError({ () throws(PromptError) in
                try PolicyFile(prompts: try! file(nil), model: Model(weights: [:], bias: .nan)).write(
                    to: folder.file("c.json"))
            })
        else { Issue.record("a model without a JSON form was written"); return }
    }
}
