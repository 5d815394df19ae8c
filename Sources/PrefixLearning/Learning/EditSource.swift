import Corpus
import Inference
import Randomness

/// Proposes what becomes of good candidates when some of their tokens are changed.
///
/// What is put in is what the model under test itself finds likely at that place. Only candidates that are the same for
/// all documents and stand before the prefix alone are changed.
struct EditSource: CandidateSource {
    let parents: [Candidate]
    let generation: Int
    /// Number of proposals.
    let count: Int

    /// Tokens that are asked for at each place.
    static let suggestionsPerPlace = 4
    /// Places that suggestions are asked for, each by one request.
    static let mostPlaces = 16

    func propose(on bench: LearningBench) async throws -> (candidates: [Candidate], notices: [String]) {
        guard let server = bench.fleet.sessions.first?.server else { return ([], []) }
        let cores = parents.compactMap { parent -> [TokenID]? in
            guard let common = parent.common, common.after.isEmpty, common.before.starts(with: bench.leading) else {
                return nil
            }
            let core = Array(common.before.dropFirst(bench.leading.count))
            return core.isEmpty ? nil : core
        }
        guard !cores.isEmpty else { return ([], []) }
        var generator = SeededGenerator(seed: bench.seed, stream: "edits/\(generation)")
        let edits = TokenEdits(longest: min(64, bench.room))
        var proposals: [EditedPrefix] = []
        if cores.count == 2 {
            proposals += edits.crosses(of: cores[0], and: cores[1], count: count / 4, with: &generator)
        }
        let share = (count - proposals.count + cores.count - 1) / cores.count
        for core in cores {
            let suggestions = try await suggestions(along: core, on: bench)
            proposals += edits.edits(
                of: core, suggestions: suggestions, count: share, excluding: Set(proposals.map(\.tokens)),
                with: &generator)
        }
        var candidates: [Candidate] = []
        for proposal in proposals.prefix(count) {
            let text = try await server.detokenize(proposal.tokens)
            let id = PromptID(rawValue: "edit.\(generation).\(candidates.count + 1)")
            guard
                let template = try? PromptTemplate(
                    id: id, content: .completion(TemplateText(parts: [.literal(text), .prefix])),
                    note: "\(proposal.kind.rawValue) in \(parents.map(\.id.rawValue).joined(separator: " and "))")
            else { continue }
            candidates.append(
                Candidate(
                    origin: .edits, template: template,
                    elicitation: Elicitation(id: id, before: bench.leading + proposal.tokens)))
        }
        return (candidates, [])
    }

    /// What the model finds likely at each place of a prefix.
    private func suggestions(along core: [TokenID], on bench: LearningBench) async throws -> [[TokenID]] {
        guard let server = bench.fleet.sessions.first?.server else { return [] }
        var suggestions: [[TokenID]] = []
        for place in 0...min(core.count, Self.mostPlaces - 1) {
            let context = bench.leading + core[..<place]
            guard !context.isEmpty, bench.ledger.reserve(1) else {
                suggestions.append([])
                continue
            }
            defer { bench.ledger.settle(reserved: 1, spent: 1) }
            let reply = try await server.completeKeepingCandidates(
                CompletionRequest(
                    prompt: context, maximumTokens: 1, topProbabilities: Self.suggestionsPerPlace))
            suggestions.append(reply.rows.first?.candidates.map(\.token) ?? [])
        }
        return suggestions
    }
}
