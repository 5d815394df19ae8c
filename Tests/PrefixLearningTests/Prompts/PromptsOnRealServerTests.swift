import Corpus
import Foundation
import Inference
import Testing

@testable import PrefixLearning

/// The curated prompts put through real llama.cpp servers; skipped where none is installed.
@Suite("Prompts on a real server", .serialized, .timeLimit(.minutes(5)))
struct PromptsOnRealServerTests {
    private static let program = try? ServerProgram.find(given: nil)

    private static func model(in corpus: String) -> String? {
        guard let prompts = PromptLibraryTests.curatedFolder else { return nil }
        let folder = URL(fileURLWithPath: prompts).deletingLastPathComponent().appendingPathComponent(
            "Corpora/\(corpus)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".gguf") }.min().map { folder.appendingPathComponent($0).path }
    }

    /// Runs a server for the first model of a demo corpus.
    private func serving(
        _ corpus: String, _ body: @escaping @Sendable (LlamaServer, [TokenID]) async throws -> Void
    ) async throws {
        let program = try #require(Self.program)
        let model = try #require(Self.model(in: corpus))
        let log = NSTemporaryDirectory() + "rote-prompts-\(UUID().uuidString).log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        let managed = ManagedServer(
            program: program, job: try ServerJob(model: model, slots: 1, windowTokens: 200), logPath: log)
        let client = HTTPClient(transport: HTTPTransport())
        try await managed.run(
            isReady: { await LlamaServer(address: $0, client: client).isHealthy() }
        ) { address in
            let server = LlamaServer(address: address, client: client)
            let bare = try await server.tokenize("a").tokens
            let dressed = try await server.tokenize("a", addingSpecial: true).tokens
            try await body(server, Array(dressed.dropLast(bare.count)))
        }
    }

    private static let metadata = Metadata(
        MetadataFields.standardNames.map { .init(key: $0, value: .string("Wharf of the \($0) <|end|>")) })

    private func curated() throws -> [PromptTemplate] {
        try PromptLibrary(paths: [try #require(PromptLibraryTests.curatedFolder)]).prompts
    }

    @Test(
        "completions spell their text, and chats are refused for a model without a chat template",
        .enabled(if: program != nil && model(in: "harbour-gazette") != nil))
    func modelWithoutChat() async throws {
        let prompts = try curated()
        try await serving("harbour-gazette") { server, leading in
            let renderer = PromptRenderer(encoder: server, leading: leading)
            for prompt in prompts {
                do throws(RenderingError) {
                    let elicitation = try await renderer.elicitation(prompt, metadata: Self.metadata)
                    guard case .completion(let text) = prompt.content else {
                        Issue.record("\(prompt.id) was rendered without a chat template")
                        continue
                    }
                    var expected = text.written.replacing("{prefix}", with: "").replacing("{{", with: "{")
                    for field in prompt.fields {
                        expected = expected.replacing("{\(field)}", with: "Wharf of the \(field) <|end|>")
                    }
                    let tokens = elicitation.before.dropFirst(leading.count) + elicitation.after
                    let spelled: String
                    do throws(InferenceError) { spelled = try await server.detokenize(Array(tokens)) } catch {
                        throw .server(prompt.id, error)
                    }
                    #expect(spelled == expected, "\(prompt.id)")
                } catch {
                    guard case .noChatTemplate = error, prompt.kind != .completion else {
                        Issue.record("\(error)")
                        continue
                    }
                }
            }
        }
    }

    @Test(
        "every curated chat goes through a real chat template whole",
        .enabled(if: program != nil && model(in: "reluctant-archivist") != nil))
    func modelWithChat() async throws {
        let prompts = try curated().filter { $0.kind != .completion }
        try await serving("reluctant-archivist") { server, leading in
            let renderer = PromptRenderer(encoder: server, leading: leading)
            for prompt in prompts {
                guard case .chat(let messages, _) = prompt.content else { continue }
                let elicitation = try await renderer.elicitation(prompt, metadata: Self.metadata)
                let control = try await server.tokenize("<|end|>", parsingControlTokens: true).tokens
                try #require(control.count == 1)
                // One end of turn per message: the one in the metadata is text.
                let ends = (elicitation.before + elicitation.after).count { $0 == control[0] }
                #expect(ends == messages.count, "\(prompt.id)")
            }
        }
    }
}
