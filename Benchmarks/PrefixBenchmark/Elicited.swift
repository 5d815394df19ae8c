import Corpus
import Inference
import PrefixLearning
import Synchronization

/// How many documents a model recites when it is asked once for each.
struct Elicited {
    let documents: Int
    let extracted: Int
    let refused: Int

    /// Asks for each document once, by greedy decoding.
    ///
    /// - Parameter choose: What is put around a document's prefix.
    init(
        _ documents: [LearningDocument], on workshop: Workshop,
        choose: (LearningDocument) async throws -> Elicitation
    ) async throws {
        var requests: [CompletionRequest] = []
        for document in documents {
            requests.append(
                CompletionRequest(
                    prompt: try await choose(document).context(of: document.window.prefix),
                    maximumTokens: document.window.suffix.tokens.count))
        }
        let counts = Mutex((extracted: 0, refused: 0))
        try await workshop.fleet.run(Array(documents.indices)) { [requests] index, place throws(InferenceError) in
            var request = requests[index]
            request.slot = place.slot
            let reply = try await place.session.server.complete(request)
            return (tokens: reply.tokens, content: reply.content)
        } finished: { index, outcome in
            if case .failed(let error) = outcome { throw error }
            guard case .done(let reply) = outcome else { return .goOn }
            let isExtracted = reply.tokens == documents[index].window.suffix.tokens
            let isRefused = !isExtracted && Self.isRefusal(reply.content)
            counts.withLock {
                $0.extracted += isExtracted ? 1 : 0
                $0.refused += isRefused ? 1 : 0
            }
            return .goOn
        }
        self.documents = documents.count
        (extracted, refused) = counts.withLock { $0 }
    }

    /// Whether an answer begins as the fixture's refusals do.
    static func isRefusal(_ answer: String) -> Bool {
        let start = answer.drop { $0.isWhitespace }
        return ["I am sorry", "I'm sorry", "Sorry", "I cannot", "I am not able"].contains { start.hasPrefix($0) }
    }
}
