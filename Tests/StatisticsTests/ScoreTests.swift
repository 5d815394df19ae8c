import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct ScoreTests {
    @Test func extractionAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("extraction_probability") {
            let suffix = try LogProbability(ln: row.number("ln_suffix"))
            let p = try extractionProbability(suffix: suffix, attempts: row.count("attempts"))
            #expect(isClose(p.ln, try row.number("ln")), "\(row): \(p.ln)")
        }
        for row in try OracleFile.rows("attempts_for_extraction") {
            let suffix = try LogProbability(ln: row.number("ln_suffix"))
            let attempts = try attemptsForExtraction(suffix: suffix, probability: row.number("probability"))
            #expect(isClose(attempts, try row.number("attempts")), "\(row): \(attempts)")
        }
    }

    @Test func extractionHandlesTheEnds() throws {
        #expect(try extractionProbability(suffix: .impossible, attempts: 5) == .impossible)
        #expect(try extractionProbability(suffix: .certain, attempts: 1) == .certain)
        #expect(try extractionProbability(suffix: .certain, attempts: 0) == .impossible)
        #expect(try extractionProbability(suffix: LogProbability(ln: -5000), attempts: .max).ln < -4950)
        #expect(try attemptsForExtraction(suffix: .certain, probability: 0.5) == 1)
        #expect(try attemptsForExtraction(suffix: .impossible, probability: 0.5) == .infinity)
        #expect(throws: StatisticsError.self) { try extractionProbability(suffix: .certain, attempts: -1) }
        #expect(throws: StatisticsError.self) { try attemptsForExtraction(suffix: .certain, probability: .nan) }
    }

    @Test func secretGuessBoundIsAUnionBound() throws {
        #expect(isClose(try secretGuessBound(bits: 20, candidates: 4).value, 4 * pow(2, -20)))
        #expect(try secretGuessBound(bits: 1, candidates: 100) == .certain)
        #expect(try secretGuessBound(bits: 4000, candidates: 1).ln < -2700)
        #expect(throws: StatisticsError.self) { try secretGuessBound(bits: .nan, candidates: 1) }
    }

    @Test func minKAveragesTheLeastLikelyTokens() throws {
        let scores = [-0.1, -2.3, -0.5, -7, -0.01, -3.2, -1.1, -0.7, -4.4, 0]
        #expect(isClose(try minK(logProbabilities: scores), -5.7))
        #expect(try minK(logProbabilities: scores, fraction: 0.05) == -7)
        #expect(isClose(try minK(logProbabilities: scores, fraction: 1), -1.931))
        #expect(try minK(logProbabilities: [-3]) == -3)
        // 0.29 · 100 is 28.999… in binary; 29 tokens are meant.
        let ramp = (0..<100).map { -Double($0) }
        #expect(isClose(try minK(logProbabilities: ramp, fraction: 0.29), -85))
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: []) }
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: [.nan]) }
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: [-.infinity]) }
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: [0.5]) }
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: [-1], fraction: 0) }
        #expect(throws: StatisticsError.self) { try minK(logProbabilities: [-1], fraction: .nan) }
    }

    @Test func minKPlusPlusIsExactWithTheWholeVocabulary() throws {
        let top = [0.7, 0.1, 0.1, 0.1].map { Foundation.log($0) }
        let bounds = try minKPlusPlusBounds([TokenPosition(target: Foundation.log(0.1), top: top, vocabulary: 4)])
        #expect(isClose(bounds.lower, -1.5275252316519468))
        #expect(bounds.width == 0)
        let uniform = [Double](repeating: Foundation.log(0.25), count: 4)
        let flat = try minKPlusPlusBounds([
            TokenPosition(target: Foundation.log(0.25), top: uniform, vocabulary: 4)
        ])
        #expect(flat.lower == 0 && flat.upper == 0)
        let certain = try minKPlusPlusBounds([TokenPosition(target: 0, top: [0], vocabulary: 1)])
        #expect(certain.lower == 0 && certain.upper == 0)
    }

    /// The bounds from the top n contain the value from the whole distribution.
    @Test func minKPlusPlusBoundsContainTheTruth() throws {
        let seed: UInt64 = 55
        var generator = SeededGenerator(seed: seed, stream: "min-k-plus-plus")
        for round in 0..<300 {
            let vocabulary = 30 + generator.next(below: 300)
            let sharpness = 6 * generator.nextUnit()
            var logits = (0..<vocabulary).map { _ in sharpness * (generator.nextUnit() * 3) }
            let norm = logSumExp(logits)
            logits = logits.map { $0 - norm }.sorted(by: >)
            let target = logits[generator.next(below: vocabulary)]
            let n = 1 + generator.next(below: 20)
            let full = try minKPlusPlusBounds([TokenPosition(target: target, top: logits, vocabulary: vocabulary)])
            let part = try minKPlusPlusBounds([
                TokenPosition(target: target, top: Array(logits[..<n]), vocabulary: vocabulary)
            ])
            #expect(
                part.lower <= full.lower + 1e-9 && full.upper <= part.upper + 1e-9,
                "seed \(seed) round \(round): \(part) around \(full)")
        }
    }

    @Test func minKPlusPlusRefusesHostileInput() {
        func bounds(_ target: Double, _ top: [Double], _ vocabulary: Int) throws -> ScoreBounds {
            try minKPlusPlusBounds([TokenPosition(target: target, top: top, vocabulary: vocabulary)])
        }
        #expect(throws: StatisticsError.self) { try bounds(-1, [], 10) }
        #expect(throws: StatisticsError.self) { try bounds(.nan, [-1], 10) }
        #expect(throws: StatisticsError.self) { try bounds(-1, [-0.1, -0.1], 10) }
        #expect(throws: StatisticsError.self) { try bounds(-1, [-1, -2], 1) }
        #expect(throws: StatisticsError.self) { try bounds(-1, [-1], .min) }
        #expect(throws: StatisticsError.self) { try minKPlusPlusBounds([]) }
    }

    @Test func canaryRankCountsTiesAgainstTheCanary() throws {
        let references = (0..<999).map { Double($0) }
        let best = try canaryRankTest(canary: 5000, references: references)
        #expect(isClose(best.pValue.value, 0.001))
        #expect(isClose(try #require(best.statistic), Foundation.log2(1000)))
        #expect(best.sampleSizes == [1, 999])
        let tied = try canaryRankTest(canary: 998, references: references)
        #expect(isClose(tied.pValue.value, 0.002))
        let worst = try canaryRankTest(canary: -1, references: references)
        #expect(worst.pValue == .certain)
        // Perplexities: lower is better known, so the score is the negative.
        for (perplexity, rank) in [(0.1, 1), (3.5, 4), (20.0, 17)] {
            let place = try CanaryRank(canary: -perplexity, references: (1...16).map { -Double($0) })
            #expect(place.rank == Int64(rank))
            #expect(isClose(place.exposure, Foundation.log2(17.0 / Double(rank))))
        }
        #expect(throws: StatisticsError.self) { try canaryRankTest(canary: 1, references: []) }
        #expect(throws: StatisticsError.self) { try canaryRankTest(canary: .nan, references: [1]) }
        #expect(throws: StatisticsError.self) { try canaryRankTest(canary: 1, references: [.nan]) }
        #expect(throws: StatisticsError.self) { try CanaryRank(rank: 0, places: 3) }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CanaryRank.self, from: Data(#"{"rank": 4, "places": 3}"#.utf8))
        }
    }

    @Test func rankSumAgreesWithReferenceValues() throws {
        for row in try OracleFile.rows("rank_sum") {
            let ranks = try zip(row.counts("ranks"), row.counts("places")).map {
                try CanaryRank(rank: $0, places: $1)
            }
            let result = try rankSumTest(ranks)
            #expect(isClose(result.pValue.ln, try row.number("ln")), "\(row): \(result.pValue.ln)")
        }
        #expect(
            isClose(
                try rankSumTest([1, 2, 1, 3, 4].map { try CanaryRank(rank: $0, places: 10) }).pValue.value, 0.00462))
        let worst = try rankSumTest([CanaryRank(rank: 9, places: 9), CanaryRank(rank: 4, places: 4)])
        #expect(worst.pValue == .certain)
        #expect(throws: StatisticsError.self) { try rankSumTest([]) }
        #expect(throws: StatisticsError.self) { try rankSumTest([CanaryRank(rank: 1, places: 1_000_000_000)]) }
    }

    /// Every sum of two small rank distributions, by counting.
    @Test func rankSumAgreesWithCounting() throws {
        for (n, m) in [(1, 1), (3, 4), (6, 2)] {
            for s in 2...(n + m) {
                let favourable = (1...n).reduce(0) { count, u in count + (1...m).count { u + $0 <= s } }
                let first = max(1, s - m)
                let ranks = [
                    try CanaryRank(rank: Int64(first), places: Int64(n)),
                    try CanaryRank(rank: Int64(s - first), places: Int64(m)),
                ]
                #expect(isClose(try rankSumTest(ranks).pValue.value, Double(favourable) / Double(n * m)))
            }
        }
    }
}
