import Corpus
import Foundation
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Comparison

/// How often a comparison finds what is not there.
@Suite("Two innocent models", .serialized)
struct NullSimulationTests {
    private struct World {
        var generator: SeededGenerator

        mutating func bell(_ spread: Double) -> Double {
            let sum = (0..<12).reduce(0.0) { sum, _ in sum + generator.nextUnit() }
            return spread * (sum - 6)
        }

        /// A document whose difficulty and tendency to come back both models share, the target being better at everything.
        mutating func document(_ arm: Arm, lead: Double, lift: Double = 0) -> SeenTwice {
            let windows = generator.nextUnit() < 0.3 ? 2 : 1
            let tendency = generator.nextUnit() < 0.25 ? 0.4 : 0.02
            let difficulty = bell(5) - 30
            func hits(_ share: Double, _ generator: inout SeededGenerator) -> [Bool?] {
                (0..<windows).map { _ in generator.nextUnit() < share }
            }
            return SeenTwice(
                arm, target: hits(min(1, tendency * (1 + lead)), &generator), reference: hits(tendency, &generator),
                lns: (difficulty + bell(1) + 3 * lead + lift, 1.2 * difficulty + bell(1)))
        }

        mutating func arms(_ suspects: Int, _ controls: Int, lead: Double, lift: Double = 0) -> [SeenTwice] {
            (0..<suspects).map { _ in document(.suspect, lead: lead, lift: lift) }
                + (0..<controls).map { _ in document(.control, lead: lead) }
        }
    }

    private func findings(_ seen: [SeenTwice], _ maker: ComparedRunMaker) throws -> ComparisonFindings {
        let joined = JoinedDocuments(
            target: maker.target(seen), reference: maker.reference(seen),
            scale: maker.sameTokens ? .nats : .standardDeviations)
        return try ComparisonFindings(joined, plan: maker.target(seen).plan, bootstrap: 100)
    }

    @Test("are told apart between the arms no more often than alpha allows", arguments: [true, false])
    func differenceInDifferences(sameTokens: Bool) async throws {
        var maker = ComparedRunMaker()
        maker.alpha = 0.05
        maker.resamples = 199
        maker.sameTokens = sameTokens
        var (named, scores) = (0, [Double]())
        for run in 0..<1000 as Range<UInt64> {
            // Long work must leave room for neighbours that measure milliseconds.
            await Task.yield()
            var world = World(generator: SeededGenerator(seed: run, stream: "innocent \(sameTokens)"))
            maker.seed = run
            let findings = try findings(world.arms(25, 20, lead: 1), maker)
            if findings.extraction.rejects || findings.likelihood?.rejects == true { named += 1 }
            scores.append(try #require(findings.likelihood).test.pValue.value)
        }
        // P(Binomial(1000, 0.05) > 73) < 0.001, should every test be exactly at its level.
        #expect(named <= 73, "\(named) of 1000")
        #expect(named >= 5, "\(named) of 1000: a test that never rejects would pass too")
        // p-values of scores, which have no ties, are uniform on the multiples of 1/200.
        for level in [0.005, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9] {
            let below = Double(scores.count { $0 <= level + 1e-9 })
            let allowance = 3.5 * (1000 * level * (1 - level)).squareRoot()
            #expect(abs(below - 1000 * level) <= allowance, "\(below) of 1000 at \(level)")
        }
    }

    @Test("are told apart without controls no more often than alpha allows, if they are interchangeable")
    func paired() async throws {
        var maker = ComparedRunMaker()
        maker.alpha = 0.05
        maker.resamples = 199
        maker.hasControl = false
        var (named, scores) = (0, [Double]())
        for run in 0..<1000 as Range<UInt64> {
            await Task.yield()
            var world = World(generator: SeededGenerator(seed: run, stream: "interchangeable"))
            maker.seed = run
            // Which of the two is called the target is left to a coin, for every document.
            let seen = (0..<24).map { _ -> SeenTwice in
                let document = world.document(.suspect, lead: 1)
                guard world.generator.nextUnit() < 0.5 else { return document }
                return SeenTwice(
                    .suspect, target: document.reference, reference: document.target,
                    lns: (document.referenceLn ?? 0, document.targetLn ?? 0))
            }
            let findings = try findings(seen, maker)
            if findings.extraction.rejects || findings.likelihood?.rejects == true { named += 1 }
            scores.append(try #require(findings.likelihood).test.pValue.value)
        }
        #expect(named <= 73 && named >= 5, "\(named) of 1000")
        for level in [0.005, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9] {
            let below = Double(scores.count { $0 <= level + 1e-9 })
            let allowance = 3.5 * (1000 * level * (1 - level)).squareRoot()
            #expect(abs(below - 1000 * level) <= allowance, "\(below) of 1000 at \(level)")
        }
    }

    @Test("are told apart when one has memorized, more often with a reference than without")
    func power() async throws {
        var maker = ComparedRunMaker()
        maker.resamples = 399
        var (compared, alone) = (0, 0)
        for run in 0..<100 as Range<UInt64> {
            await Task.yield()
            var world = World(generator: SeededGenerator(seed: run, stream: "guilty"))
            maker.seed = run
            let seen = world.arms(25, 25, lead: 0.5, lift: 2.5)
            if try #require(try findings(seen, maker).likelihood).holds { compared += 1 }
            let targetAlone = seen.map { SeenTwice($0.arm, lns: ($0.targetLn ?? 0, 0)) }
            if try #require(try findings(targetAlone, maker).likelihood).rejects { alone += 1 }
        }
        #expect(compared >= 80 && alone <= 40, "\(compared) of 100 with a reference, \(alone) without")
    }
}
