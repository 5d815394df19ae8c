import Corpus
import Randomness
import Testing

@testable import PrefixLearning

@Suite("Search for a prompt for one document")
struct SampleSearchTests {
    private let leading: [TokenID] = [0]

    private func prompt(_ name: String, _ tokens: [TokenID], after: [TokenID] = []) -> Elicitation {
        Elicitation(id: PromptID(rawValue: name), before: leading + tokens, after: after)
    }

    private func pool(of count: Int, with generator: inout SeededGenerator) -> [Elicitation] {
        (0..<count).map { number in
            prompt("pool.\(number)", (0..<4).map { _ in TokenID(Int32(10 + generator.next(below: 20))) })
        }
    }

    private func bestOfN(_ pool: [Elicitation], candidates: Int = 24, seed: UInt64 = 1) -> BestOfN {
        BestOfN(pool: pool, leading: leading, candidates: candidates, seed: seed, document: .toy)
    }

    private func search(
        _ strategy: any SampleStrategy, known: [Elicitation] = [], stopsEarly: Bool = false, mostCalls: Int = .max,
        refuses: @escaping @Sendable (Elicitation) -> Bool = { _ in false }
    ) -> SampleSearch {
        SampleSearch(
            document: .toy, strategy: strategy, known: known,
            limits: .init(stopsEarly: stopsEarly, mostCalls: mostCalls), refuses: refuses)
    }

    @Test("without early stop best-of-N makes the published number of requests, and one real run for a success")
    func publishedCost() {
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed, stream: "published-cost")
            let secret: [TokenID] = seed.isMultiple(of: 2) ? [5, 6] : [90, 91, 92, 93, 94, 95]
            let target = ToyTarget(secret: secret, vocabulary: 100)
            var search = search(bestOfN(pool(of: 100, with: &generator) + [prompt("woken", [5, 6])], seed: seed))
            let asked = target.run(&search)
            let runs = asked.count { if case .recitation = $0 { true } else { false } }
            #expect(asked.count - runs == 72, "seed \(seed)")
            #expect(runs == (search.outcome.isExtracted ? 1 : 0), "seed \(seed)")
            #expect(search.outcome.calls == asked.count, "seed \(seed)")
        }
    }

    @Test("with early stop the first recitation is the last request")
    func earlyStop() {
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed, stream: "early-stop")
            let target = ToyTarget(secret: [5, 6], vocabulary: 100)
            var search = search(
                bestOfN(pool(of: 20, with: &generator) + [prompt("woken", [5, 6])], seed: seed), stopsEarly: true)
            let asked = target.run(&search)
            #expect(asked.last == .recitation(prompt("woken", [5, 6])), "seed \(seed)")
            #expect(search.outcome.isExtracted && search.outcome.calls <= 23, "seed \(seed)")
        }
    }

    @Test("what is known before is tried first, in its order")
    func knownFirst() {
        var generator = SeededGenerator(seed: 1, stream: "known-first")
        let known = [prompt("poor", [40]), prompt("woken", [5, 6])]
        let target = ToyTarget(secret: [5, 6], vocabulary: 100)
        var seeded = search(bestOfN(pool(of: 50, with: &generator)), known: known, stopsEarly: true)
        #expect(target.run(&seeded) == [.recitation(known[0]), .recitation(known[1])])
        #expect(seeded.outcome.prompt == known[1] && seeded.outcome.isExtracted)
        var random = search(
            RandomTokens(leading: leading, vocabulary: 100, seed: 1, document: .toy), known: known,
            stopsEarly: true)
        #expect(target.run(&random).count == 2)
        var published = search(bestOfN(pool(of: 50, with: &generator)), known: known)
        #expect(target.run(&published).prefix(3) == [.score(known[0]), .score(known[1]), .recitation(known[1])])
        let deaf = ToyTarget(secret: [90, 91], vocabulary: 100)
        var failing = search(bestOfN(pool(of: 50, with: &generator)), known: known, stopsEarly: true)
        #expect(
            deaf.run(&failing).prefix(4) == [
                .recitation(known[0]), .recitation(known[1]), .score(known[0]), .score(known[1]),
            ])
    }

    @Test("hill climbing spells out a header that the target finds likely token by token")
    func climbs() {
        var found = 0
        for seed in UInt64(0)..<20 {
            let target = ToyTarget(secret: [5, 6, 7], vocabulary: 100)
            var search = search(
                BestOfN(
                    pool: [.none(leading: leading)], leading: leading, candidates: 24, generations: 5, seed: seed,
                    document: .toy), stopsEarly: true)
            _ = target.run(&search)
            if search.outcome.isExtracted { found += 1 }
        }
        #expect(found >= 18)
    }

    @Test("random search finds two free tokens of thirty, and no prompt beyond its cap")
    func randomSearch() {
        for seed in UInt64(0)..<10 {
            let target = ToyTarget(secret: [5, 6], vocabulary: 30)
            let strategy = RandomTokens(leading: leading, vocabulary: 30, seed: seed, document: .toy)
            var free = search(strategy, stopsEarly: true)
            _ = target.run(&free)
            #expect(free.outcome.isExtracted, "seed \(seed)")
            #expect(free.outcome.prompt?.before.count == 6, "seed \(seed)")
            var capped = search(strategy, stopsEarly: true, mostCalls: 10)
            #expect(target.run(&capped).count <= 11, "seed \(seed)")
        }
    }

    @Test("the rule for the shortest prompt ends next to a failure")
    func shortest() {
        for (seed, length) in zip(UInt64(0)..<6, [1, 2, 1, 2, 1, 2]) {
            let target = ToyTarget(secret: Array([5, 6].prefix(length)), vocabulary: 8)
            var options = RandomTokens.Options()
            options.looksForShorter = true
            options.steps = 20
            var search = search(
                RandomTokens(leading: leading, vocabulary: 8, options: options, seed: seed, document: .toy))
            _ = target.run(&search)
            #expect(search.question == nil)
            #expect(search.outcome.isExtracted, "seed \(seed)")
            #expect(search.outcome.prompt.map { $0.before.count - 1 } == length, "seed \(seed)")
        }
    }

    @Test("a prompt that gives the document away is never sent")
    func leaks() {
        let target = ToyTarget(secret: [5, 6], vocabulary: 100)
        var search = search(
            bestOfN([prompt("woken", [5, 6]), prompt("poor", [40])]), known: [prompt("leak", [5, 6, 1])]
        ) {
            $0.before.contains(6)
        }
        for question in target.run(&search) {
            if case .score(let prompt) = question { #expect(!prompt.before.contains(6)) }
        }
        #expect(!search.outcome.isExtracted && search.outcome.promptsRefused >= 2)
    }

    @Test("the same answers lead to the same questions")
    func replay() {
        for seed in UInt64(0)..<10 {
            var generator = SeededGenerator(seed: seed, stream: "replay")
            let pool = pool(of: 30, with: &generator)
            let strategies: [any SampleStrategy] = [
                bestOfN(pool, seed: seed), RandomTokens(leading: leading, vocabulary: 50, seed: seed, document: .toy),
            ]
            for strategy in strategies {
                let target = ToyTarget(secret: [5, 6, 7, 8], vocabulary: 50)
                var first = search(strategy, mostCalls: 500)
                var second = search(strategy, mostCalls: 500)
                #expect(target.run(&first) == target.run(&second), "seed \(seed)")
                #expect(first.outcome == second.outcome, "seed \(seed)")
            }
        }
    }

    @Test("a target that never answers, or answers nonsense, ends the search without a find")
    func hostileAnswers() {
        let silent = ToyTarget(secret: [5], vocabulary: 100, isSilent: true)
        var options = RandomTokens.Options()
        options.looksForShorter = true
        options.batch = 3
        for strategy in [
            bestOfN([prompt("poor", [40])]),
            RandomTokens(leading: leading, vocabulary: 100, options: options, seed: 1, document: .toy),
        ] as [any SampleStrategy] {
            var quiet = search(strategy)
            _ = silent.run(&quiet)
            #expect(quiet.question == nil && !quiet.outcome.isExtracted)
            for answer in [SampleSearch.Answer.score(.nan, isGreedy: true), .recitation(true), .suggestions([1])] {
                var odd = search(strategy)
                var asked = 0
                while odd.question != nil, asked < 100_000 {
                    odd.take(answer, requests: -1)
                    asked += 1
                }
                #expect(odd.question == nil && !odd.outcome.isExtracted && odd.calls == 0)
            }
        }
    }

    @Test("a score that promises a recitation does not count without the run")
    func promiseIsNotEnough() {
        var search = search(bestOfN([prompt("liar", [40])], candidates: 4))
        while let question = search.question {
            if case .recitation = question {
                search.take(.recitation(false), requests: 1)
            } else {
                search.take(.score(-0.1, isGreedy: true), requests: 1)
            }
        }
        #expect(!search.outcome.isExtracted)
    }

    @Test("a prompt with something behind the prefix is tried but not changed")
    func unchangeable() {
        let target = ToyTarget(secret: [5], vocabulary: 100)
        var search = search(bestOfN([prompt("chat", [40, 41], after: [42])]))
        #expect(target.run(&search) == [.score(prompt("chat", [40, 41], after: [42]))])
    }
}
