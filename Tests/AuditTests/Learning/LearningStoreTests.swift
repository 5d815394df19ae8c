import Corpus
import Foundation

import Testing

@testable import Audit
@testable import PrefixLearning

@Suite struct LearningStoreTests {
    private func settings(budget: String = "4000") throws -> LearningSettings {
        LearningSettings(
            mode: .universal, budget: budget, share: 0.25, seed: 1, model: "m",
            shape: try #require(WindowShape(prefixTokens: 32, suffixTokens: 32)), scoredTokens: 16, strictness: "fast",
            corpus: "c", prompts: "p", inducer: nil)
    }

    private func learned(_ ids: [String]) throws -> Learned {
        let chosen = try ids.map { id in
            let id = PromptID(rawValue: id)
            return Candidate(
                origin: .openings,
                template: try PromptTemplate(
                    id: id, content: .completion(TemplateText(parts: [.literal("HEADER\n"), .prefix]))),
                elicitation: Elicitation(id: id, before: [1, 2, 3]))
        }
        return Learned(
            mode: ids.isEmpty ? .none : .universal, chosen: chosen, policy: nil,
            lift: MeasuredLift(mean: 1, low: 0.5, high: 1.5, level: 0.95, documents: 16), finding: nil,
            induced: nil, heldBack: [], bareScores: [:], leaderExamples: [], candidates: [],
            calls: 10, budgetedCalls: 4000, notices: [])
    }

    @Test func whatWasLearnedIsThereAgain() throws {
        let scratch = try ScratchDirectory()
        let store = LearningStore(directory: scratch.path)
        #expect(try store.read(for: settings()) == nil)
        let written = try store.write(learned(["opening.1"]), settings())
        let read = try #require(try store.read(for: settings()))
        #expect(read.sha256 == written.sha256 && read.record.chosen == written.record.chosen)
        let library = try PromptLibrary(paths: [store.promptPath])
        #expect(library.exactElicitations(forModel: "m").values.map(\.before) == [[1, 2, 3]])
        #expect(library.exactElicitations(forModel: "another").isEmpty)
    }

    @Test func nothingKeptLeavesNoPrompts() throws {
        let scratch = try ScratchDirectory()
        let store = LearningStore(directory: scratch.path)
        _ = try store.write(learned([]), settings())
        #expect(!FileManager.default.fileExists(atPath: store.promptPath))
        #expect(try store.read(for: settings())?.record.mode == LearningMode.none)
    }

    @Test func otherSettingsAreNamed() throws {
        let scratch = try ScratchDirectory()
        let store = LearningStore(directory: scratch.path)
        _ = try store.write(learned(["opening.1"]), settings())
        #expect(
            throws: LearningError.otherSettings(path: store.recordPath, differences: ["budget: 4000 → 500"])
        ) { try store.read(for: settings(budget: "500")) }
    }

    @Test(arguments: ["", "{", "[]", #"{"version":99}"#, "\u{0}"])
    func aDamagedRecordIsNamed(_ text: String) throws {
        let scratch = try ScratchDirectory()
        let store = LearningStore(directory: scratch.path)
        try Data(text.utf8).write(to: URL(fileURLWithPath: store.recordPath))
        let error = #expect(throws: LearningError.self) { try store.read(for: settings()) }
        #expect(error?.description.contains(store.recordPath) == true)
    }

    @Test func changedOrMissingPromptsAreNamed() throws {
        let scratch = try ScratchDirectory()
        let store = LearningStore(directory: scratch.path)
        _ = try store.write(learned(["opening.1"]), settings())
        let text = try String(contentsOfFile: store.promptPath, encoding: .utf8)
        try Data(text.replacing("HEADER", with: "READER").utf8).write(to: URL(fileURLWithPath: store.promptPath))
        let changed = #expect(throws: LearningError.self) { try store.read(for: settings()) }
        #expect(changed?.description.contains("it is not the file that was written") == true)
        try FileManager.default.removeItem(atPath: store.promptPath)
        let missing = #expect(throws: LearningError.self) { try store.read(for: settings()) }
        #expect(missing?.description.contains("it is missing") == true)
    }

    @Test func whereNothingCanBeWrittenIsNamed() throws {
        let store = LearningStore(directory: "/nowhere/at/all")
        let error = #expect(throws: LearningError.self) { try store.write(learned([]), settings()) }
        #expect(error?.description.contains("/nowhere/at/all/learning.json") == true)
    }
}
