import Randomness

/// How a hybrid run ends, estimated from replicates.
///
/// The power of the final test alone is known exactly, so only the rest is simulated: each replicate runs to its last
/// document also after the e-process has stopped it, and counts when the final test would not have rejected.
struct HybridSimulation {
    /// The share of replicates that the e-process stopped.
    let stopsEarly: SimulatedValue
    /// The share of replicates that the e-process stopped and the final test would not have rejected.
    let onlyEarly: SimulatedValue
    /// The mean number of pairs seen, all of them where the run was not stopped.
    let pairs: SimulatedValue
    /// The mean number of pairs, counting runs that were not stopped as none.
    let pairsWhenStopped: Double

    /// - Precondition: `replicates` is at least 2, and `region` is that of the final test at its own level.
    init(
        bet: TwoProportionBet, logThreshold: Double, region: BoschlooRegion, rates: TrueRates, replicates: Int,
        seed: UInt64
    ) {
        let (suspectEnd, controlEnd) = (Int(region.suspectDocuments), Int(region.controlDocuments))
        let cap = min(suspectEnd, controlEnd)
        let tables = SkippingProcess.Tables(bet: bet, pairs: cap)
        var seeds = SeededGenerator(seed: seed, stream: "power")
        var (stopped, onlyEarly, sum, squares, stoppedSum) = (0, 0, 0.0, 0.0, 0.0)
        for _ in 0..<replicates {
            let replicate = seeds.next()
            var suspect = HitTimes(
                rate: rates.suspect, end: suspectEnd, generator: SeededGenerator(seed: replicate, stream: "suspect"))
            var control = HitTimes(
                rate: rates.control, end: controlEnd, generator: SeededGenerator(seed: replicate, stream: "control"))
            var (suspectHits, controlHits) = (0, 0)
            var process = SkippingProcess(tables)
            var stop: Int?
            while stop == nil {
                let pair = min(suspect.next, control.next)
                guard pair < cap else { break }
                let (suspectHit, controlHit) = (suspect.next == pair, control.next == pair)
                process.skip(to: pair)
                process.observe(suspectHit: suspectHit, controlHit: controlHit)
                if suspectHit {
                    suspectHits += 1
                    suspect.advance()
                }
                if controlHit {
                    controlHits += 1
                    control.advance()
                }
                if suspectHit, process.logEvidence >= logThreshold { stop = pair + 1 }
            }
            let seen = Double(stop ?? cap)
            sum += seen
            squares += seen * seen
            guard stop != nil else { continue }
            stopped += 1
            stoppedSum += seen
            while control.next < controlEnd {
                controlHits += 1
                control.advance()
            }
            // Once enough suspect documents have hit, more of them cannot undo the rejection.
            while suspect.next < suspectEnd, !region.rejects(suspectHits: suspectHits, controlHits: controlHits) {
                suspectHits += 1
                suspect.advance()
            }
            if !region.rejects(suspectHits: suspectHits, controlHits: controlHits) { onlyEarly += 1 }
        }
        let count = Double(replicates)
        stopsEarly = SimulatedValue(share: stopped, of: replicates)
        self.onlyEarly = SimulatedValue(share: onlyEarly, of: replicates)
        let variance = max(0, (squares - sum * sum / count) / (count - 1))
        pairs = SimulatedValue(value: sum / count, standardError: (variance / count).squareRoot())
        pairsWhenStopped = stoppedSum / count
    }
}
