import Randomness
import Statistics
import Testing

@testable import Canary

@Suite("The verdict on canaries")
struct VerdictTests {
    /// All ways to publish one of `siblings` versions of each of `count` canaries.
    private func choices(count: Int, siblings: Int) -> [[Int]] {
        (0..<count).reduce([[]]) { choices, _ in choices.flatMap { choice in (0..<siblings).map { choice + [$0] } } }
    }

    /// The p-value of the rank test for a choice of published siblings.
    private func p(_ scores: [[Double?]], _ choice: [Int], _ set: CanarySet) throws -> Double {
        let ranks = try zip(scores, choice).enumerated().map { index, pair in
            let secrets = set.canaries[index].secrets
            let canary = Canary(id: "", carrier: set.canaries[index].carrier, secrets: secrets, published: pair.1)
            return try CanaryFinding(canary, CanarySightings.OfCanary(scores: pair.0)).rank
        }
        return try rankSumTest(ranks).pValue.value
    }

    @Test("p is uniform over the choice, by enumeration of all choices, when nothing ties or is missing")
    func exactUnderTheNull() throws {
        for (count, references) in [(1, 1), (1, 6), (2, 1), (2, 4), (3, 2), (4, 2), (3, 4)] {
            let set = try canaries(count: count, references: references)
            var generator = SeededGenerator(seed: 5, stream: "\(count) \(references)")
            let scores = (0..<count).map { _ in (0...references).map { _ in Double?(-50 * generator.nextUnit()) } }
            let values = try choices(count: count, siblings: references + 1).map { try p(scores, $0, set) }
            // P(p ≤ t) = t at every value that p can have.
            for value in Set(values) {
                let share = Double(values.count { $0 <= value + 1e-12 }) / Double(values.count)
                #expect(abs(share - value) < 1e-12, "J = \(count), R = \(references), p = \(value)")
            }
        }
    }

    @Test("ties and missing scores never make a p-value too small, by enumeration of all choices")
    func validUnderTiesAndGaps() throws {
        for round in 0..<60 {
            var generator = SeededGenerator(seed: 6, stream: "round \(round)")
            let count = 1 + generator.next(below: 3)
            let references = 1 + generator.next(below: 4)
            let set = try canaries(count: count, references: references)
            // Few different values make many ties; every fourth score is missing.
            let scores = (0..<count).map { _ in
                (0...references).map { _ -> Double? in
                    let value = generator.next(below: 4)
                    return value == 3 ? nil : -Double(value)
                }
            }
            let values = try choices(count: count, siblings: references + 1).map { try p(scores, $0, set) }
            for value in Set(values) {
                let share = Double(values.count { $0 <= value + 1e-12 }) / Double(values.count)
                #expect(share <= value + 1e-12, "seed 6, round \(round): P(p ≤ \(value)) = \(share)")
            }
        }
    }

    @Test("a model that never saw the canaries is called guilty in about α of all cases (simulation)")
    func simulation() throws {
        let rounds = 2000
        var values: [Double] = []
        for seed in 0..<rounds {
            let set = try canaries(count: 3, references: 9, bits: 20, seed: UInt64(seed))
            values.append(try FunctionModel(set: set, seed: 77).verdict().rankTest.pValue.value)
        }
        for level in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9] {
            let share = Double(values.count { $0 <= level }) / Double(rounds)
            let deviation = (level * (1 - level) / Double(rounds)).squareRoot()
            #expect(share <= level + 4 * deviation, "P(p ≤ \(level)) = \(share)")
            // The sum of three ranks among ten has 28 values, none more probable than 0.075.
            #expect(share >= level - 0.075 - 4 * deviation, "P(p ≤ \(level)) = \(share)")
        }
    }

    @Test(
        "published canaries that a model prefers give a small p-value, and the verdict says what kind of evidence it is"
    )
    func planted() throws {
        let set = try canaries(count: 10, references: 99, bits: 60)
        let verdict = try FunctionModel(set: set, seed: 1, lift: 60).verdict()
        #expect(verdict.answer == .memorized && verdict.evidence == .likelihood)
        #expect(verdict.findings.allSatisfy { $0.rank.rank == 1 && $0.isReproduced == false && $0.ties == 0 })
        // All ten first: 100⁻¹⁰.
        #expect(abs(verdict.rankTest.pValue.ln + 46.051701859880914) < 1e-9)
        #expect(abs(verdict.findings[0].exposure - 6.643856189774724) < 1e-12)
        #expect(verdict.extraction.pValue == .certain && verdict.decisiveTest == verdict.rankTest)
        #expect(verdict.proves.contains("at most 0.01") && verdict.doesNotProve.contains("extracted"))
    }

    @Test("a secret that is written out decides alone, and says so")
    func recited() throws {
        let set = try canaries(count: 10, references: 99, bits: 60)
        let verdict = try FunctionModel(set: set, seed: 1, recites: true).verdict()
        #expect(verdict.answer == .memorized && verdict.evidence == .extraction)
        #expect(verdict.rankTest.pValue.value > 0.01)
        #expect(verdict.findings.allSatisfy { $0.isReproduced == true })
        #expect(verdict.decisiveTest == verdict.extraction)
        // Ten secrets of 60 bits: 2⁻⁶⁰⁰.
        #expect(abs(verdict.extraction.pValue.ln + 415.88830833596717) < 1e-9)
    }

    @Test("a known case: places 10, ranks 1, 2, 1, 3, 4 give p = 231/50000")
    func knownCase() throws {
        let set = try canaries(count: 5, references: 9)
        let ranks = [1, 2, 1, 3, 4]
        let seen = sightings(set) { canary, sibling in
            let published = set.canaries[canary].published
            if sibling == published { return -10 }
            // The first siblings after the published one are better.
            return (sibling + 10 - published) % 10 < ranks[canary] ? -9 : -11
        }
        let verdict = try CanaryVerdict(set, seen, levels: CanaryLevels(alpha: 0.01))
        #expect(verdict.findings.map { Int($0.rank.rank) } == ranks)
        #expect(abs(verdict.rankTest.pValue.value - 231.0 / 50_000) < 1e-15)
        #expect(verdict.answer == .memorized)
        let strict = try CanaryVerdict(set, seen, levels: CanaryLevels(alpha: 0.004))
        #expect(strict.answer == .inconclusive && strict.evidence == .none && strict.proves == "Nothing.")
    }

    @Test("nothing seen is the least evidence that there can be, and is said")
    func nothingSeen() throws {
        let set = try canaries(count: 2, references: 9)
        let verdict = try CanaryVerdict(set, CanarySightings(set.design), levels: CanaryLevels(alpha: 0.01))
        #expect(verdict.answer == .inconclusive && verdict.rankTest.pValue == .certain)
        #expect(verdict.findings.allSatisfy { $0.rank.rank == 10 && $0.ln == nil && $0.isReproduced == nil })
        #expect(verdict.missing == 20 && verdict.caveats.contains { $0.contains("20 siblings could not be scored") })
    }

    @Test("missing references count as better, and so does a tie")
    func missingAndTied() throws {
        let set = try canaries(count: 1, references: 9)
        let published = set.canaries[0].published
        let seen = sightings(set) { _, sibling in
            switch (sibling + 10 - published) % 10 {
            case 0: -5
            case 1, 2: nil
            case 3: -5
            default: -6
            }
        }
        let finding = try #require(
            CanaryVerdict(set, seen, levels: CanaryLevels(alpha: 0.01)).findings.first)
        #expect(finding.rank.rank == 4 && finding.missing == 2 && finding.ties == 1)
        #expect(finding.bestReferenceLn == -5 && finding.medianReferenceLn == -6)
    }

    @Test("only the very next words count as a secret written out")
    func reproduction() throws {
        let set = try canaries(count: 1, references: 9)
        let canary = set.canaries[0]
        let opening = canary.carrier.opening.utf8.count
        func isReproduced(_ text: String, after openingBytes: Int) throws -> Bool? {
            var seen = CanarySightings.OfCanary(scores: Array(repeating: nil, count: 10))
            seen.continuation = (text, openingBytes)
            return try CanaryFinding(canary, seen).isReproduced
        }
        let secret = canary.publishedSecret
        #expect(try isReproduced("\(secret).", after: opening) == true)
        #expect(try isReproduced(" \(secret)", after: opening) == true)
        #expect(try isReproduced(" \(secret) more", after: opening - 1) == true)
        #expect(try isReproduced("reads \(secret)", after: opening - 6) == true)
        #expect(try isReproduced("the \(secret)", after: opening) == false)
        #expect(try isReproduced(String(secret.dropLast()), after: opening) == false)
        #expect(try isReproduced("", after: opening) == false)
        // What no honest journal holds is no reason to trap, and no evidence.
        for place in [-1, opening + 1, .min, .max] { #expect(try isReproduced(secret, after: place) == false) }
    }

    @Test(
        "the bound on lucky guesses is that of mpmath",
        arguments: [
            (1, 1, 60, -41.588830833596719), (1, 10, 60, -39.286245740602673), (3, 10, 60, -119.97900075800811),
            (10, 10, 20, -138.62943611198906), (0, 5, 40, 0), (1, 1000, 20, -6.9551883322167691),
            (500, 1000, 320, -110214.0816280234),
        ])
    func bound(reproduced: Int, count: Int, bits: Int, ln: Double) {
        let found = ExtractionBound.ln(reproduced: reproduced, of: count, bits: bits)
        #expect(abs(found - ln) <= 1e-13 * max(1, abs(ln)) * 10)
    }

    @Test("both levels add up to α")
    func levels() throws {
        for alpha in [1e-12, 0.001, 0.01, 0.05, 0.999] {
            let levels = try CanaryLevels(alpha: alpha)
            #expect(levels.rank + levels.extraction <= alpha * (1 + 1e-15) && levels.rank > 0.998 * alpha)
        }
    }
}
