import Foundation
import Randomness
import Testing

@testable import Statistics

/// The fast ways through a run, against the process and the test that an audit uses.
@Suite struct HybridCourseTests {
    private let bets: [TwoProportionBet] = [
        .standard, .adaptive(pseudocount: 0.18), .design(controlRate: 0.02, suspectRate: 0.3),
        .mixture(controlRate: 0.3, suspectRate: 0.7, pseudocount: 1.5),
    ]

    /// Skipping the pairs without hits changes nothing.
    @Test func skippingAgreesWithTheProcess() throws {
        let seed: UInt64 = 5
        var generator = SeededGenerator(seed: seed, stream: "skipping")
        for bet in bets {
            let tables = SkippingProcess.Tables(bet: bet, pairs: 400)
            for _ in 0..<20 {
                let (q1, q0) = (generator.nextUnit() * generator.nextUnit(), 0.5 * generator.nextUnit())
                var whole = try SafeTwoProportions(bet: bet)
                var skipping = SkippingProcess(tables)
                for pair in 0..<400 {
                    let (y1, y0) = (generator.nextUnit() < q1, generator.nextUnit() < q0)
                    let before = whole.logEvidence
                    whole.observe(suspectHit: y1, controlHit: y0)
                    if !(y1 && !y0) { #expect(whole.logEvidence <= before + 1e-12, "only a lone suspect hit adds") }
                    guard y1 || y0 else { continue }
                    skipping.skip(to: pair)
                    skipping.observe(suspectHit: y1, controlHit: y0)
                    #expect(
                        abs(skipping.logEvidence - whole.logEvidence) < 1e-9,
                        "seed \(seed) \(bet) pair \(pair): \(skipping.logEvidence) \(whole.logEvidence)")
                }
                skipping.skip(to: 400)
                #expect(abs(skipping.logEvidence - whole.logEvidence) < 1e-9)
            }
        }
    }

    @Test func hitTimesHaveTheirRate() {
        let seed: UInt64 = 17
        for rate in [0, 1e-300, 0.01, 0.3, 0.999, 1] {
            var times = HitTimes(rate: rate, end: 50_000, generator: SeededGenerator(seed: seed, stream: "times"))
            var (hits, last) = (0, -1)
            while times.next < 50_000 {
                #expect(times.next > last)
                last = times.next
                hits += 1
                times.advance()
            }
            let spread = 5 * (50_000 * rate * (1 - rate)).squareRoot()
            #expect(abs(Double(hits) - 50_000 * rate) <= spread, "rate \(rate): \(hits)")
        }
        let none = HitTimes(rate: 0.5, end: 0, generator: SeededGenerator(seed: seed, stream: "times"))
        #expect(none.next == 0)
    }

    /// The same hits, document by document through the process that an audit uses: every count comes out the same.
    @Test func simulationDoesWhatTheProcessDoes() throws {
        let (seed, runs, level): (UInt64, Int, Double) = (11, 150, 0.05)
        for (n1, n0, q1, q0) in [(60, 60, 0.2, 0.05), (40, 90, 0.3, 0.1), (90, 40, 1, 0), (50, 50, 0.1, 0.1)] {
            let region = try BoschlooRegion(
                suspectDocuments: Int64(n1), controlDocuments: Int64(n0), level: level / 2)
            let simulation = HybridSimulation(
                bet: .standard, logThreshold: -log(level / 2), region: region,
                rates: try TrueRates(suspect: q1, control: q0), replicates: runs, seed: seed)
            var seeds = SeededGenerator(seed: seed, stream: "power")
            var (stopped, onlyEarly, seen) = (0, 0, 0)
            for _ in 0..<runs {
                let replicate = seeds.next()
                func hits(_ rate: Double, _ documents: Int, _ arm: String) -> [Bool] {
                    var times = HitTimes(
                        rate: rate, end: documents, generator: SeededGenerator(seed: replicate, stream: arm))
                    return (0..<documents).map { place in
                        guard times.next == place else { return false }
                        times.advance()
                        return true
                    }
                }
                let (suspect, control) = (hits(q1, n1, "suspect"), hits(q0, n0, "control"))
                var process = try SafeTwoProportions(bet: .standard)
                for (y1, y0) in zip(suspect, control) where try !process.rejects(alpha: level / 2) {
                    process.observe(suspectHit: y1, controlHit: y0)
                }
                seen += Int(process.pairs)
                guard try process.rejects(alpha: level / 2) else { continue }
                stopped += 1
                let (s, c) = (suspect.count { $0 }, control.count { $0 })
                if !region.rejects(suspectHits: s, controlHits: c) { onlyEarly += 1 }
            }
            #expect(simulation.pairs.value == Double(seen) / Double(runs), "\(n1) \(n0) \(q1) \(q0)")
            #expect(simulation.stopsEarly == SimulatedValue(share: stopped, of: runs))
            #expect(simulation.onlyEarly == SimulatedValue(share: onlyEarly, of: runs))
        }
    }

    /// All 4⁴ courses of four pairs, with a surplus in either arm, by the definitions alone.
    @Test func exactCourseAgreesWithEnumeration() throws {
        let (level, pairs) = (0.4, 4)
        let (betControl, betSuspect) = (0.1, 0.6)
        for (n1, n0) in [(4, 4), (6, 4), (4, 7)] {
            let region = try BoschlooRegion(
                suspectDocuments: Int64(n1), controlDocuments: Int64(n0), level: level / 2)
            for (q1, q0) in [(0.5, 0.2), (0.9, 0), (1, 0), (0.3, 0.3), (0, 1)] {
                func mass(_ hits: Int, _ trials: Int, _ rate: Double) -> Double {
                    binomialMasses(trials: trials, rate: rate)[hits]
                }
                var (power, early, seen) = (0.0, 0.0, 0.0)
                for course in 0..<256 {
                    var process = try SafeTwoProportions(
                        bet: .design(controlRate: betControl, suspectRate: betSuspect))
                    var (weight, stop) = (1.0, Int?.none)
                    for pair in 0..<pairs {
                        let outcome = course >> (2 * pair)
                        let (y1, y0) = (outcome & 1 == 1, outcome & 2 == 2)
                        weight *= (y1 ? q1 : 1 - q1) * (y0 ? q0 : 1 - q0)
                        process.observe(suspectHit: y1, controlHit: y0)
                        if stop == nil, try process.rejects(alpha: level / 2) { stop = pair + 1 }
                    }
                    seen += weight * Double(stop ?? pairs)
                    if stop != nil {
                        early += weight
                        power += weight
                        continue
                    }
                    for s in 0...(n1 - pairs) {
                        for c in 0...(n0 - pairs)
                        where region.rejects(
                            suspectHits: Int(process.suspectHits) + s, controlHits: Int(process.controlHits) + c)
                        {
                            power += weight * mass(s, n1 - pairs, q1) * mass(c, n0 - pairs, q0)
                        }
                    }
                }
                let course = ExactCourse(
                    controlBet: betControl, suspectBet: betSuspect, logThreshold: -log(level / 2), region: region,
                    rates: try TrueRates(suspect: q1, control: q0))
                #expect(abs(course.power - power) < 1e-12, "\(n1) \(n0) \(q1) \(q0): \(course.power) \(power)")
                #expect(abs(course.stopsEarly - early) < 1e-12)
                #expect(abs(course.pairs - seen) < 1e-12)
            }
        }
    }

    /// The exact course and the simulation are two ways to the same numbers.
    @Test func simulationAgreesWithTheExactCourse() throws {
        let seed: UInt64 = 23
        for (n1, n0) in [(150, 150), (200, 90), (60, 140)] as [(Int64, Int64)] {
            let forecaster = try PowerForecaster(
                HybridDesign(
                    level: 0.02, bet: .design(controlRate: 0.02, suspectRate: 0.15), suspectDocuments: n1,
                    controlDocuments: n0))
            for (q1, q0) in [(0.08, 0.02), (0.15, 0.02), (0.4, 0.1), (0.05, 0.05)] {
                let rates = try TrueRates(suspect: q1, control: q0)
                let exact = try forecaster.forecast(rates, seed: seed)
                #expect(exact.exactness == .exact && exact.hybridPower.standardError == 0)
                let simulated = forecaster.simulated(rates, replicates: 4000, seed: seed)
                for (name, one, other) in [
                    ("power", exact.hybridPower, simulated.hybridPower),
                    ("stops", exact.stopsEarly, simulated.stopsEarly),
                    ("pairs", exact.expectedPairs, simulated.expectedPairs),
                ] {
                    #expect(
                        abs(one.value - other.value) <= 4.5 * other.standardError + 1e-9,
                        "seed \(seed) \(n1) \(n0) \(q1) \(q0) \(name): \(one) \(other)")
                }
                #expect(
                    abs(exact.expectedSuspectDocuments - simulated.expectedSuspectDocuments)
                        <= 5 * simulated.stopsEarly.standardError * Double(n1)
                        + 5 * simulated.expectedPairs.standardError)
            }
        }
    }
}
