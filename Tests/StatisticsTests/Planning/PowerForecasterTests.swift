import Randomness
import Testing

@testable import Statistics

@Suite struct PowerForecasterTests {
    /// Whole runs with the decision and the test that an audit uses come out as foretold.
    @Test func foretellsWhatTheDecisionDoes() throws {
        let seed: UInt64 = 41
        let (level, n1, n0, runs) = (0.05, 50, 40, 400)
        let (q1, q0) = (0.25, 0.05)
        var generator = SeededGenerator(seed: seed, stream: "runs")
        var (rejected, stopped, seen, asked) = (0, 0, 0, 0)
        for _ in 0..<runs {
            var decision = try HybridDecision(alpha: level, bet: .standard)
            let suspect = (0..<n1).map { _ in generator.nextUnit() < q1 }
            let control = (0..<n0).map { _ in generator.nextUnit() < q0 }
            for pair in 0..<n0 where !decision.hasStopped {
                decision.observe(suspectHit: suspect[pair], controlHit: control[pair])
            }
            seen += Int(decision.process.pairs)
            if decision.hasStopped {
                stopped += 1
                rejected += 1
                asked += 2 * Int(decision.process.pairs)
                continue
            }
            asked += n1 + n0
            let table = try Table2x2(
                suspect: Proportion(hits: Int64(suspect.count { $0 }), trials: Int64(n1)),
                control: Proportion(hits: Int64(control.count { $0 }), trials: Int64(n0)))
            if decision.conclusion(finalTest: try boschlooExact(table)).rejects { rejected += 1 }
        }
        let design = try HybridDesign(level: level, suspectDocuments: Int64(n1), controlDocuments: Int64(n0))
        let forecast = try PowerForecaster(design).forecast(
            TrueRates(suspect: q1, control: q0), replicates: 20_000, seed: seed)
        let count = Double(runs)
        func spread(_ p: Double) -> Double { 4.5 * (p * (1 - p) / count).squareRoot() }
        let power = forecast.hybridPower.value
        #expect(abs(Double(rejected) / count - power) < spread(power), "\(rejected) \(forecast)")
        let stops = forecast.stopsEarly.value
        #expect(abs(Double(stopped) / count - stops) < spread(stops), "\(stopped) \(forecast)")
        // A run sees between 0 and 40 pairs: the standard deviation is at most 20.
        #expect(abs(Double(seen) / count - forecast.expectedPairs.value) < 4.5 * 20 / count.squareRoot())
        #expect(abs(Double(asked) / count - forecast.expectedDocuments) < 4.5 * 45 / count.squareRoot())
    }

    /// An independent simulation with Fisher's test at the end had power .82, 223 pairs on average and 2.2 % rejections
    /// at equal rates.
    @Test func agreesWithAnIndependentSimulation() throws {
        let design = try HybridDesign(
            level: 0.05, bet: .mixture(controlRate: 0.01, suspectRate: 0.05, pseudocount: 0.18),
            suspectDocuments: 310, controlDocuments: 310)
        let forecaster = try PowerForecaster(design)
        let planned = try forecaster.forecast(TrueRates(suspect: 0.05, control: 0.01), seed: 1)
        #expect(abs(planned.expectedPairs.value - 223) < 1 + 4 * planned.expectedPairs.standardError, "\(planned)")
        // Boschloo's test adds a little to Fisher's.
        #expect(planned.hybridPower.value > 0.82 && planned.hybridPower.value < 0.85)
        let null = try forecaster.forecast(TrueRates(suspect: 0.03, control: 0.03), seed: 1)
        #expect(abs(null.hybridPower.value - 0.022) < 0.005)
    }

    /// With equal rates the hybrid rejects no more often than stated, in simulation as in theory.
    @Test func nullRatesRejectAtMostAsOftenAsStated() throws {
        for (level, n) in [(0.05, 60), (0.005, 240)] as [(Double, Int64)] {
            let forecaster = try PowerForecaster(HybridDesign(level: level, suspectDocuments: n, controlDocuments: n))
            for rate in [0, 0.001, 0.01, 0.1, 0.5, 1] {
                let forecast = try forecaster.forecast(TrueRates(suspect: rate, control: rate), seed: 3)
                #expect(forecast.fixedPower <= level)
                #expect(forecast.hybridPower.value <= level + 4 * forecast.hybridPower.standardError)
                #expect(forecast.stopsEarly.value <= level / 2 + 4 * forecast.stopsEarly.standardError)
                let reversed = try forecaster.forecast(TrueRates(suspect: rate / 3, control: rate), seed: 3)
                #expect(reversed.fixedPower <= level)
                #expect(reversed.hybridPower.value <= level + 4 * reversed.hybridPower.standardError)
            }
        }
    }

    /// The same seed gives the same runs at every size: more documents never make the e-process stop less often.
    @Test func moreDocumentsStopMoreOftenAndRejectMoreOften() throws {
        let rates = try TrueRates(suspect: 0.1, control: 0.01)
        var (stops, power, pairs) = (-1.0, -1.0, 0.0)
        for n in [20, 40, 80, 160, 320] as [Int64] {
            let forecast = try PowerForecaster(
                HybridDesign(level: 0.01, suspectDocuments: n, controlDocuments: n)
            ).forecast(rates, seed: 9)
            #expect(forecast.stopsEarly.value >= stops && forecast.expectedPairs.value >= pairs)
            #expect(forecast.hybridPower.value > power && forecast.hybridPower.value <= 1)
            #expect(forecast.hybridPower.value >= forecast.stopsEarly.value)
            #expect(forecast.expectedPairs.value <= Double(n))
            (stops, power, pairs) = (
                forecast.stopsEarly.value, forecast.hybridPower.value, forecast.expectedPairs.value
            )
        }
        #expect(power > 0.99)
    }

    @Test func higherSuspectRatesAreDetectedMoreOftenAndSooner() throws {
        let forecaster = try PowerForecaster(
            HybridDesign(level: 0.005, suspectDocuments: 120, controlDocuments: 120))
        var (power, pairs) = (-1.0, 121.0)
        for rate in [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1] {
            let forecast = try forecaster.forecast(TrueRates(suspect: rate, control: 0.01), seed: 2)
            #expect(forecast.hybridPower.value >= power && forecast.expectedPairs.value <= pairs, "rate \(rate)")
            (power, pairs) = (forecast.hybridPower.value, forecast.expectedPairs.value)
        }
        #expect(power > 1 - 1e-12)
    }

    /// A surplus of one arm is seen by the final test alone.
    @Test func surplusDocumentsComeAfterThePairs() throws {
        let rates = try TrueRates(suspect: 0.1, control: 0.01)
        let even = try forecast(150, 150, rates)
        for (n1, n0) in [(150, 600), (600, 150)] as [(Int64, Int64)] {
            let uneven = try forecast(n1, n0, rates)
            #expect(uneven.stopsEarly == even.stopsEarly && uneven.expectedPairs == even.expectedPairs)
            #expect(uneven.hybridPower.value > even.hybridPower.value)
            let runsOn = 1 - even.stopsEarly.value
            #expect(
                abs(uneven.expectedDocuments - even.expectedDocuments - 450 * runsOn) < 1e-9,
                "\(uneven.expectedDocuments)")
        }
    }

    @Test func alikeDocumentsTellLess() throws {
        let rates = try TrueRates(suspect: 0.1, control: 0.01)
        let plain = try forecast(120, 120, rates)
        let alike = try PowerForecaster(
            HybridDesign(level: 0.01, suspectDocuments: 180, controlDocuments: 180, designEffect: DesignEffect(1.5))
        ).forecast(rates, seed: 4)
        #expect(alike.hybridPower == plain.hybridPower && alike.fixedPower == plain.fixedPower)
        #expect(isClose(alike.expectedPairs.value, 1.5 * plain.expectedPairs.value))
        #expect(isClose(alike.expectedDocuments, 1.5 * plain.expectedDocuments))
        // So alike that all tell as much as one: nothing can be detected, and nobody asks about more than there are.
        let one = try PowerForecaster(
            HybridDesign(level: 0.01, suspectDocuments: 180, controlDocuments: 90, designEffect: DesignEffect(1e300))
        ).forecast(rates, seed: 4)
        #expect(one.hybridPower.value == 0 && one.expectedPairs.value == 90 && one.expectedDocuments == 270)
    }

    @Test func replaysBySeed() throws {
        let rates = try TrueRates(suspect: 0.06, control: 0.01)
        #expect(try forecast(100, 100, rates) == forecast(100, 100, rates))
        let other = try PowerForecaster(HybridDesign(level: 0.01, suspectDocuments: 100, controlDocuments: 100))
            .forecast(rates, seed: 5)
        #expect(try other != forecast(100, 100, rates))
        #expect(other.exactness == .monteCarlo(resamples: 2000, seed: 5))
    }

    @Test func ratesOfZeroAndOneAreDefined() throws {
        #expect(try forecast(60, 60, TrueRates(suspect: 0, control: 0)).hybridPower.value == 0)
        #expect(try forecast(60, 60, TrueRates(suspect: 0, control: 1)).hybridPower.value == 0)
        #expect(try forecast(60, 60, TrueRates(suspect: 1, control: 1)).hybridPower.value == 0)
        let gross = try forecast(60, 60, TrueRates(suspect: 1, control: 0))
        #expect(gross.hybridPower.value == 1 && gross.expectedPairs.value < 15)
        #expect(gross.expectedPairs.standardError == 0)
        let single = try forecast(1, 1, TrueRates(suspect: 1, control: 0))
        #expect(single.hybridPower.value == 0 && single.expectedDocuments == 2)
    }

    @Test func refusesHostileInput() throws {
        for level in [0, 1, -1, .nan, .infinity] as [Double] {
            #expect(throws: StatisticsError.self) {
                try HybridDesign(level: level, suspectDocuments: 10, controlDocuments: 10)
            }
        }
        for documents in [0, -5, .min, .max] as [Int64] {
            #expect(throws: StatisticsError.self) {
                try HybridDesign(level: 0.01, suspectDocuments: documents, controlDocuments: 10)
            }
            #expect(throws: StatisticsError.self) {
                try HybridDesign(level: 0.01, suspectDocuments: 10, controlDocuments: documents)
            }
        }
        for bet in [
            TwoProportionBet.design(controlRate: 0.2, suspectRate: 0.1), .adaptive(pseudocount: .nan),
            .mixture(controlRate: 0, suspectRate: 0.1, pseudocount: 0.18),
        ] {
            #expect(throws: StatisticsError.self) {
                try HybridDesign(level: 0.01, bet: bet, suspectDocuments: 10, controlDocuments: 10)
            }
        }
        // Half of the smallest positive level is no level.
        let tiny = try HybridDesign(level: .leastNonzeroMagnitude, suspectDocuments: 10, controlDocuments: 10)
        #expect(throws: StatisticsError.self) { try PowerForecaster(tiny) }
        let forecaster = try PowerForecaster(HybridDesign(level: 0.01, suspectDocuments: 10, controlDocuments: 10))
        for replicates in [0, -1, 99, .min, .max] {
            #expect(throws: StatisticsError.self) {
                try forecaster.forecast(TrueRates(suspect: 0.5, control: 0), replicates: replicates, seed: 0)
            }
        }
        for effect in [0.5, 0, -1, .nan, .infinity] as [Double] {
            #expect(throws: StatisticsError.self) { try DesignEffect(effect) }
        }
    }

    private func forecast(_ n1: Int64, _ n0: Int64, _ rates: TrueRates) throws -> PowerForecast {
        try PowerForecaster(HybridDesign(level: 0.01, suspectDocuments: n1, controlDocuments: n0))
            .forecast(rates, seed: 4)
    }
}
