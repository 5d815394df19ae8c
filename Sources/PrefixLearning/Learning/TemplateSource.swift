import Corpus
import Inference

/// Proposes prompts that are there as texts: a library's, or headers made of the corpus' metadata.
public struct TemplateSource: CandidateSource {
    private let origin: CandidateOrigin
    private let templates: [PromptTemplate]
    private let exact: [PromptID: Elicitation]

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - origin: What reports say about the candidates.
    ///   - templates: The prompts.
    ///   - exact: Exact tokens of learned prompts; see ``PromptRenderer``.
    public init(origin: CandidateOrigin, templates: [PromptTemplate], exact: [PromptID: Elicitation] = [:]) {
        self.origin = origin
        self.templates = templates
        self.exact = exact
    }

    /// Renders the prompts for the learning documents; those that do not suit the model are left out.
    public func propose(
        on bench: LearningBench
    ) async throws -> (candidates: [Candidate], notices: [String]) {
        guard let server = bench.fleet.sessions.first?.server else { return ([], []) }
        let renderer = PromptRenderer(encoder: server, leading: bench.leading, exact: exact)
        var candidates: [Candidate] = []
        var notices: [String] = []
        var chats = 0
        for template in templates {
            do throws(RenderingError) {
                let rendered = try await renderer.elicitations(template, for: bench.documents.map(\.document))
                if template.fields.isEmpty, let common = rendered.first {
                    candidates.append(Candidate(origin: origin, template: template, elicitation: common))
                } else {
                    let own = Dictionary(
                        zip(bench.documents.map(\.name), rendered), uniquingKeysWith: { first, _ in first })
                    candidates.append(Candidate(origin: origin, template: template, own: own))
                }
            } catch {
                if case .server(_, let cause) = error, !error.isPromptUnsuitable { throw cause }
                if case .noChatTemplate = error { chats += 1 } else { notices.append("\(error)") }
            }
        }
        if chats > 0 { notices.append("\(chats) chat prompts are left out: the model has no chat template") }
        return (candidates, notices)
    }
}
