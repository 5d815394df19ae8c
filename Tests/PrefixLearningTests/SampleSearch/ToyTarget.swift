import Corpus
import Randomness

@testable import PrefixLearning

/// A target whose answers can be worked out by hand: it recites behind every prompt that holds a secret stretch.
struct ToyTarget {
    /// The tokens that wake its memory, in a row.
    let secret: [TokenID]
    let vocabulary: Int
    /// Whether it answers at all.
    var isSilent = false

    /// How much of the secret a prompt holds in its right order, as a share.
    ///
    /// A little less where the secret would run over the prompt's end, so that it always pays to move it inside. The
    /// token before every text does not count.
    func share(of prompt: Elicitation) -> Double {
        guard !secret.isEmpty else { return 1 }
        let tokens = Array(prompt.before.dropFirst())
        return tokens.indices.reduce(0) { best, start in
            let matches = zip(tokens[start...], secret).count { $0 == $1 }
            let isInside = start + secret.count <= tokens.count
            return max(best, Double(matches) / Double(secret.count) * (isInside ? 1 : 0.9))
        }
    }

    func answer(_ question: SampleSearch.Question) -> SampleSearch.Answer {
        guard !isSilent else { return .none }
        switch question {
        case .score(let prompt):
            let share = share(of: prompt)
            return .score(-4 * (1 - share), isGreedy: share == 1)
        case .suggestions(let context):
            // It finds the secret's next token likely wherever the secret has begun.
            let begun = (0..<secret.count).reversed().first { context.suffix($0).elementsEqual(secret.prefix($0)) } ?? 0
            return .suggestions([secret[begun], TokenID(Int32(vocabulary - 1))])
        case .recitation(let prompt): return .recitation(share(of: prompt) == 1)
        }
    }

    /// Runs a search to its end.
    ///
    /// - Returns: Everything that was asked, in order.
    func run(_ search: inout SampleSearch, atMost limit: Int = 100_000) -> [SampleSearch.Question] {
        var asked: [SampleSearch.Question] = []
        while let question = search.question, asked.count < limit {
            asked.append(question)
            search.take(answer(question), requests: 1)
        }
        return asked
    }
}

extension ArmedDocument {
    static let toy = ArmedDocument(arm: .suspect, document: DocumentID("toy"))
}
