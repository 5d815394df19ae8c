import Corpus
import Inference
import Synchronization

/// A language model on a server that writes headers.
///
/// Models with a chat template are asked by messages; models without one are given pairs to continue, and their reply is
/// taken up to its first line end. One completion is asked for each draw.
public struct ServerHeaderWriter: HeaderWriter {
    /// The identity of the model.
    public let name: String
    private let server: LlamaServer
    private let form: Form
    private let leading: [TokenID]
    private let contextTokens: Int
    private let slots: Turnstile
    private let count = Count()

    /// Copies of a writer count together.
    private final class Count: Sendable {
        let completions = Atomic(0)
    }

    /// The longest reply, in tokens: that of a header, and what models say around it.
    public static let longestReply = 48
    /// Candidates among which a reply's next token is drawn, so that warm draws stay readable.
    static let candidates = 40

    private enum Form {
        case chat(takesSystemMessage: Bool)
        case continuation
    }

    private init(
        name: String, server: LlamaServer, form: Form, leading: [TokenID], contextTokens: Int, slots: Turnstile
    ) {
        self.name = name
        self.server = server
        self.form = form
        self.leading = leading
        self.contextTokens = contextTokens
        self.slots = slots
    }

    /// Opens a server that is running, or still loading its model.
    ///
    /// - Parameters:
    ///   - server: The inducer's server.
    ///   - slotLimit: The most requests at a time; `nil` for as many as the server has slots.
    /// - Throws: ``InferenceError`` when the server cannot be reached, ``LearningError/inducer(server:reason:)`` when
    ///   its answers are of no use.
    public static func open(_ server: LlamaServer, slotLimit: Int? = nil) async throws -> ServerHeaderWriter {
        do throws(InferenceError) {
            try await server.waitUntilReady()
            let properties = try await server.properties()
            return ServerHeaderWriter(
                name: properties.modelIdentity, server: server, form: try await form(of: server),
                leading: try await server.leadingTokens(), contextTokens: properties.contextTokens,
                slots: Turnstile(width: min(properties.slots, slotLimit ?? .max)))
        } catch { throw failure(error, of: server) }
    }

    /// The number of completions asked for so far.
    public var requests: Int { count.completions.load(ordering: .relaxed) }

    /// Writes one header per draw, as many at a time as the server has slots.
    ///
    /// - Throws: ``InferenceError`` when the server is gone, ``LearningError/inducer(server:reason:)`` when it refuses what
    ///   it is asked, `CancellationError`.
    public func replies(to request: InducerRequest, _ draws: [InducerSampling.Draw]) async throws -> [String] {
        do {
            let tokens = try await slots.pass { try await prompt(for: request) }
            return try await withThrowingTaskGroup(of: (place: Int, reply: String).self) { group in
                for (place, draw) in draws.enumerated() {
                    group.addTask {
                        (place, try await slots.pass { try await reply(to: tokens, draw) })
                    }
                }
                var replies = [String](repeating: "", count: draws.count)
                for try await (place, reply) in group { replies[place] = reply }
                return replies
            }
        } catch let error as InferenceError { throw Self.failure(error, of: server) }
    }

    private func reply(to tokens: [TokenID], _ draw: InducerSampling.Draw) async throws -> String {
        let isGreedy = draw.temperature <= 0
        count.completions.add(1, ordering: .relaxed)
        let text = try await server.complete(
            CompletionRequest(
                prompt: tokens, maximumTokens: Self.longestReply,
                sampling: isGreedy
                    ? .greedy
                    : .sampled(temperature: draw.temperature, topK: Self.candidates, seed: draw.seed),
                // What a slot still holds changes numbers in their last digits; tested documents must not feel that.
                reusesCache: !isGreedy)
        ).content
        switch form {
        case .chat: return text
        case .continuation: return String(text.drop(while: \.isWhitespace).prefix { !$0.isNewline })
        }
    }

    // MARK: Prompts

    /// The tokens of a request, with as many demonstrations as the server has room for.
    private func prompt(for request: InducerRequest) async throws(InferenceError) -> [TokenID] {
        var request = request
        while true {
            let tokens: [TokenID]
            switch form {
            case .chat(let takesSystemMessage): tokens = try await chatPrompt(request, takesSystemMessage)
            case .continuation:
                tokens = leading + (try await server.tokenize(request.completionPrompt)).tokens
            }
            let needed = tokens.count + Self.longestReply
            guard contextTokens > 0, needed > contextTokens else { return tokens }
            guard let smaller = request.withFewerDemonstrations else {
                throw .contextTooSmall(server: server.name, needed: needed, available: contextTokens)
            }
            request = smaller
        }
    }

    private func chatPrompt(
        _ request: InducerRequest, _ takesSystemMessage: Bool
    ) async throws(InferenceError) -> [TokenID] {
        var messages = request.messages.map { (role: $0.role.rawValue, content: $0.text) }
        if !takesSystemMessage {
            messages = [
                (InducerMessage.Role.user.rawValue, messages.map(\.content).joined(separator: "\n\n"))
            ]
        }
        let rendered = try await server.applyTemplate(messages)
        guard let question = messages.last?.content, let place = rendered.firstRange(of: question) else {
            throw .malformedReply(
                url: server.address.url(path: "/apply-template"), detail: "the chat template alters the message")
        }
        // The documents in the question must not become control tokens, whatever they contain.
        let tokens = try await PromptTokens(encoder: server, startsText: true).tokens(
            of: [
                .init(text: String(rendered[..<place.lowerBound]), isFromCorpus: false),
                .init(text: question, isFromCorpus: true),
                .init(text: String(rendered[place.upperBound...]), isFromCorpus: false),
            ], writesControlTokens: true)
        // Some chat templates write the begin-of-text token themselves.
        return tokens.starts(with: leading) ? tokens : leading + tokens
    }

    /// Finds out how a model is asked: whether it has a chat template of its own, and one for system messages.
    private static func form(of server: LlamaServer) async throws(InferenceError) -> Form {
        let (system, user) = ("Answer briefly", "Name a colour")
        for takesSystemMessage in [true, false] {
            let messages = (takesSystemMessage ? [("system", system)] : []) + [("user", user)]
            let rendered: String
            do throws(InferenceError) { rendered = try await server.applyTemplate(messages) } catch {
                if error.isServerFault || error.isCancellation { throw error }
                continue
            }
            guard rendered.contains(user), !takesSystemMessage || rendered.contains(system) else { continue }
            if try await server.lendsFrame(rendered) { return .continuation }
            return .chat(takesSystemMessage: takesSystemMessage)
        }
        return .continuation
    }

    private static func failure(_ error: InferenceError, of server: LlamaServer) -> any Error {
        error.isServerFault || error.isCancellation
            ? error : LearningError.inducer(server: server.name, reason: error.description)
    }
}
