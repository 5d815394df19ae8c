import Randomness
import Testing

@testable import Statistics

@Suite struct NotExtractableDesignTests {
    /// Sizes that exclude a rate with 95 % confidence when nothing hits (reference values).
    @Test func agreesWithKnownSizes() throws {
        for (delta, documents) in [
            (0.1, 29), (0.05, 59), (0.01, 299), (0.005, 598), (0.001, 2995), (0.0001, 29956),
        ] as [(Double, Int64)] {
            #expect(try NotExtractableDesign(delta: delta, alpha: 0.05).documentsWithoutHit() == documents)
        }
    }

    /// The first size at which no hit puts the bound below δ, not merely at it.
    @Test func smallestSizeIsSmallest() throws {
        let seed: UInt64 = 77
        var generator = SeededGenerator(seed: seed, stream: "absence")
        var cases = (0..<200).map { _ in (delta: generator.nextUnit(), alpha: generator.nextUnit()) }
        cases += [(0.5, 0.25), (0.5, 0.5), (0.25, 0.75), (0.9, 0.99), (0.01, 1e-300)]
        for (delta, alpha) in cases where delta > 1e-4 && alpha > 0 {
            let n = try NotExtractableDesign(delta: delta, alpha: alpha).documentsWithoutHit()
            #expect(try clopperPearsonUpperBound(Proportion(hits: 0, trials: n), alpha: alpha) < delta)
            if n > 1 {
                #expect(
                    try clopperPearsonUpperBound(Proportion(hits: 0, trials: n - 1), alpha: alpha)
                        >= delta * (1 - 1e-12),
                    "seed \(seed): \(delta) \(alpha) \(n)")
            }
        }
    }

    /// Σ over all counts whose upper bound is below δ.
    @Test func probabilityAgreesWithTheSumOverCounts() throws {
        let design = try NotExtractableDesign(delta: 0.1, alpha: 0.05)
        for n in [28, 29, 60, 150] as [Int64] {
            for rate in [0, 0.01, 0.05, 0.1, 0.5, 1] {
                let masses = binomialMasses(trials: Int(n), rate: rate)
                var sum = 0.0
                for (hits, mass) in masses.enumerated()
                where try clopperPearsonUpperBound(Proportion(hits: Int64(hits), trials: n), alpha: 0.05) < 0.1 {
                    sum += mass
                }
                let probability = try design.probability(trueRate: rate, documents: n)
                #expect(abs(probability - sum) < 1e-12, "\(n) \(rate): \(probability) \(sum)")
                if rate >= 0.1 { #expect(probability <= 0.05) }
            }
        }
        #expect(try design.mostHits(documents: 28) == nil)
        #expect(try design.mostHits(documents: 29) == 0)
    }

    @Test func alikeDocumentsTellLess() throws {
        let plain = try NotExtractableDesign(delta: 0.05, alpha: 0.05)
        let alike = try NotExtractableDesign(delta: 0.05, alpha: 0.05, designEffect: DesignEffect(2.5))
        #expect(try alike.documentsWithoutHit() == 148)
        #expect(try alike.mostHits(documents: 147) == nil && alike.mostHits(documents: 148) == 0)
        #expect(
            try alike.probability(trueRate: 0.01, documents: 500) == plain.probability(trueRate: 0.01, documents: 200))
    }

    @Test func refusesHostileInput() throws {
        for value in [0, 1, -1, .nan, .infinity] as [Double] {
            #expect(throws: StatisticsError.self) { try NotExtractableDesign(delta: value, alpha: 0.05) }
            #expect(throws: StatisticsError.self) { try NotExtractableDesign(delta: 0.05, alpha: value) }
        }
        for delta in [1e-7, 1e-12, 1e-300] {
            #expect(throws: StatisticsError.self) {
                try NotExtractableDesign(delta: delta, alpha: 0.01).documentsWithoutHit()
            }
        }
        let alike = try NotExtractableDesign(delta: 0.01, alpha: 0.01, designEffect: DesignEffect(1e300))
        #expect(throws: StatisticsError.self) { try alike.documentsWithoutHit() }
        #expect(try alike.mostHits(documents: 1000) == nil)
        let design = try NotExtractableDesign(delta: 0.01, alpha: 0.01)
        for documents in [0, -1, .min, .max] as [Int64] {
            #expect(throws: StatisticsError.self) { try design.mostHits(documents: documents) }
        }
        for rate in [-0.1, 1.1, .nan] {
            #expect(throws: StatisticsError.self) { try design.probability(trueRate: rate, documents: 1000) }
        }
        #expect(try design.probability(trueRate: 0, documents: 10) == 0, "too few documents, whatever comes back")
    }
}
