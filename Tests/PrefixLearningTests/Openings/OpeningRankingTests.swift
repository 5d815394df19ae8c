import Corpus
import PrefixLearning
import Randomness
import RealModule
import Testing

@Suite struct OpeningRankingTests {
    /// A token of a vocabulary of 3,000, small numbers much more often.
    private func word(_ generator: inout SeededGenerator) -> TokenID {
        TokenID(Int32(Double.exp(8 * generator.nextUnit())) + 10)
    }

    @Test func plantedHeadersAreFoundExactly() {
        for seed in UInt64(0)..<10 {
            var generator = SeededGenerator(seed: seed, stream: "planted")
            let shares = [0.20, 0.12, 0.08, 0.05, 0.03]
            let headers = shares.map { _ in (0..<(10 + generator.next(below: 11))).map { _ in word(&generator) } }
            var texts: [[TokenID]] = []
            for (header, share) in zip(headers, shares) {
                for _ in 0..<Int(share * 1_000) { texts.append(header + (0..<50).map { _ in word(&generator) }) }
            }
            while texts.count < 1_000 { texts.append((0..<60).map { _ in word(&generator) }) }
            texts.shuffle(with: &generator)
            let ranking = OpeningRanking(texts: texts)
            for header in headers {
                #expect(ranking.candidates.contains { $0.tokens == header }, "seed \(seed): \(header) is missing")
            }
            let others = ranking.candidates.filter { !headers.contains($0.tokens) }
            #expect(others.count <= 1, "seed \(seed): \(others)")
            #expect(ranking.candidates.prefix(5).allSatisfy { headers.contains($0.tokens) }, "seed \(seed)")
        }
    }

    @Test func lineEndsAreCutsAndTheLongestIsKept() {
        let header: [TokenID] = [5, 6, 0, 7, 8, 0, 9]
        let texts = (0..<20).map { header + [TokenID(Int32(100 + $0))] }
        let found = OpeningRanking(texts: texts, endsLine: { $0 == 0 }).candidates
        #expect(found.map(\.tokens) == [header, Array(header[..<6]), Array(header[..<3])])
        #expect(found.map(\.endsLine) == [false, true, true])
        #expect(OpeningRanking(texts: texts).candidates.map(\.tokens) == [header])
    }

    @Test func headersThatBeginAlikeAreToldApart() {
        let shared: [TokenID] = [1, 2, 3]
        let texts = (0..<30).map { shared + [TokenID(Int32(10 + $0 % 3)), 20, 21, 22, TokenID(Int32(100 + $0))] }
        let found = OpeningRanking(texts: texts).candidates
        #expect(found.count == 4)
        #expect(found.contains { $0.tokens == shared && $0.support == 30 && abs($0.branching - .log2(3)) < 1e-12 })
        #expect(found.contains { $0.tokens == shared + [11, 20, 21, 22] && $0.support == 10 })
    }

    @Test func supportsAndLengthsKeepTheRule() {
        for seed in UInt64(0)..<100 {
            var generator = SeededGenerator(seed: seed, stream: "hostile-texts")
            let texts = (0..<generator.next(below: 60)).map { _ in
                (0..<generator.next(below: 8)).map { _ in TokenID(Int32(generator.next(below: 3))) }
            }
            let rule = OpeningRule(lengths: 2...4)
            for candidate in OpeningRanking(texts: texts, rule: rule, endsLine: { $0 == 1 }).candidates {
                #expect(texts.count { $0.starts(with: candidate.tokens) } == candidate.support, "seed \(seed)")
                #expect(candidate.support >= rule.leastSupport(ofTexts: texts.count))
                #expect(rule.lengths.contains(candidate.tokens.count) && candidate.branching >= 0)
            }
        }
    }

    @Test func theOrderOfTextsDoesNotMatter() {
        var generator = SeededGenerator(seed: 2, stream: "order")
        var texts = (0..<200).map { _ in (0..<6).map { _ in TokenID(Int32(generator.next(below: 3))) } }
        let before = OpeningRanking(texts: texts)
        texts.shuffle(with: &generator)
        #expect(OpeningRanking(texts: texts) == before)
    }

    @Test func aTextThatIsAlwaysTheSameIsOneCandidate() {
        let text = (0..<100).map { TokenID(Int32($0)) }
        let found = OpeningRanking(texts: Array(repeating: text, count: 5)).candidates
        #expect(found.map(\.tokens) == [Array(text.prefix(64))])
        #expect(OpeningRanking(texts: []).candidates.isEmpty)
        #expect(OpeningRanking(texts: [[], [], []]).candidates.isEmpty)
    }
}
