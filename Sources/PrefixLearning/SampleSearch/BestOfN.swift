import Corpus
import Randomness

/// Hill climbing from the best prompt so far: each generation proposes as many variants, the best of all stays.
///
/// The scheme is that of Kassem et al. (2024), who let a language model paraphrase the best prompt 24 times in each of
/// 3 generations and let the target answer each once. Here the variants are other prompts of a pool and the best prompt
/// with one token changed to one that the target finds likely there; the reward is the suffix's log-probability, one
/// request each. What is asked to find likely tokens is paid out of the generation's number of requests.
public struct BestOfN: SampleStrategy {
    /// Requests of one generation.
    public let candidates: Int
    /// Number of generations.
    public let generations: Int
    /// Most tokens of a changed prompt.
    public let longest: Int

    private let leading: [TokenID]
    private var untried: [Elicitation]
    private var best: SampleTrial?
    private var generation = 0
    private var places: [Int] = []
    private var seen: Set<[TokenID]> = []
    private var generator: SeededGenerator

    /// Places of the best prompt at which a generation asks for likely tokens.
    static let placesPerGeneration = 4
    /// Share of a later generation that comes from the pool, while it lasts.
    static let poolShare = 0.5

    /// Creates a search for one document.
    ///
    /// - Parameters:
    ///   - pool: Prompts to begin with, the empty one included if it is wanted; they are tried in a seeded order.
    ///   - leading: What the model's tokenizer puts before every text.
    ///   - candidates: Requests of one generation, at least 1.
    ///   - generations: Number of generations, at least 1.
    ///   - longest: Most tokens of a changed prompt.
    ///   - seed: Seed of order and changes.
    ///   - document: The document's name, which gives every document choices of its own.
    public init(
        pool: [Elicitation], leading: [TokenID], candidates: Int = 24, generations: Int = 3, longest: Int = 64,
        seed: UInt64, document: ArmedDocument
    ) {
        self.candidates = max(1, candidates)
        self.generations = max(1, generations)
        self.longest = longest
        self.leading = leading
        generator = SeededGenerator(
            seed: seed, stream: "best-of-n/\(document.arm.rawValue)/\(document.document.rawValue)")
        untried = pool
        untried.shuffle(with: &generator)
    }

    /// Never: any recitation will do.
    public var looksForShorter: Bool { false }

    /// Contexts at some places of the best prompt, once there is one that can be changed.
    public mutating func contextsOfInterest() -> [[TokenID]] {
        places = []
        guard generation > 0, generation < generations, let core = best?.prompt.core(after: leading) else { return [] }
        var all = Array((leading.isEmpty ? 1 : 0)..<max(core.count + 1, 1))
        all.shuffle(with: &generator)
        places = all.prefix(min(Self.placesPerGeneration, candidates - 1)).sorted()
        return places.map { leading + core[..<$0] }
    }

    /// Proposes prompts of the pool, and from the second generation on also changes of the best one.
    public mutating func propose(suggestions: [[TokenID]]) -> [Elicitation] {
        guard generation < generations else { return [] }
        generation += 1
        let count = candidates - places.count
        let edits = edits(suggestions, count: generation == 1 ? 0 : count)
        let fromPool = min(untried.count, max(count - edits.count, Int(Self.poolShare * Double(count))))
        let proposals = Array(untried.suffix(fromPool).reversed()) + edits.prefix(count - fromPool)
        untried.removeLast(fromPool)
        return proposals
    }

    /// Keeps the prompt when it is the best so far.
    public mutating func take(_ trial: SampleTrial) -> Bool {
        if trial.beats(best) { best = trial }
        return true
    }

    private mutating func edits(_ suggestions: [[TokenID]], count: Int) -> [Elicitation] {
        guard count > 0, let core = best?.prompt.core(after: leading), let last = places.last else { return [] }
        var byPlace = [[TokenID]](repeating: [], count: last + 1)
        for (place, tokens) in zip(places, suggestions) { byPlace[place] = tokens }
        let edits = TokenEdits(longest: longest).edits(
            of: core, suggestions: byPlace, count: count, excluding: seen, with: &generator)
        return edits.map { edit in
            seen.insert(edit.tokens)
            return Elicitation(
                id: PromptID(rawValue: "edit.\(generation).\(seen.count)"), before: leading + edit.tokens)
        }
    }
}
