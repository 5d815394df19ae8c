import RealModule

/// How a hybrid run with a bet on a design alternative goes on, followed exactly pair by pair.
///
/// The evidence is a sum over hits and misses, so (pairs, suspect hits, control hits) is all that matters: the
/// probabilities of the counts among runs that have not been stopped are carried from pair to pair. Rows and columns
/// of counts at the rim with less than 10⁻¹⁸ of the probability are dropped.
struct ExactCourse {
    /// The probability that the hybrid rejects, early or at the end.
    let power: Double
    /// The probability that the e-process stops the run.
    let stopsEarly: Double
    /// The mean number of pairs seen.
    let pairs: Double
    /// The mean number of pairs, counting runs that were not stopped as none.
    let pairsWhenStopped: Double

    /// - Complexity: O(pairs × likely counts of suspect hits × likely counts of control hits).
    init(
        controlBet: Double, suspectBet: Double, logThreshold: Double, region: BoschlooRegion, rates: TrueRates
    ) {
        let cap = Int(min(region.suspectDocuments, region.controlDocuments))
        let common = 0.5 * (suspectBet + controlBet)
        let suspectMiss = Double.log((1 - suspectBet) / (1 - common))
        let controlMiss = Double.log((1 - controlBet) / (1 - common))
        let suspectGain = Double.log(suspectBet / common) - suspectMiss
        let controlGain = Double.log(controlBet / common) - controlMiss
        var open = CountWindow()
        var (stopped, stoppedSum) = (CompensatedSum(), CompensatedSum())
        for pair in 1...max(1, cap) {
            open.takePair(suspectRate: rates.suspect, controlRate: rates.control)
            let start = Double(pair) * (suspectMiss + controlMiss)
            let mass = open.removeStopped { suspectHits, controlHits in
                start + Double(suspectHits) * suspectGain + Double(controlHits) * controlGain >= logThreshold
            }
            stopped.add(mass)
            stoppedSum.add(mass * Double(pair))
            open.trim(below: 1e-18)
        }
        let final = FinalTestTails(region: region, pairs: cap, rates: rates)
        var late = CompensatedSum()
        open.forEach { suspectHits, controlHits, mass in
            late.add(mass * final.power(suspectHits: suspectHits, controlHits: controlHits))
        }
        stopsEarly = min(1, stopped.value)
        pairsWhenStopped = stoppedSum.value
        pairs = stoppedSum.value + max(0, 1 - stopped.value) * Double(cap)
        power = min(1, stopped.value + late.value)
    }
}

/// The probabilities of pairs of counts, kept for a rectangle of counts.
private struct CountWindow {
    private var firstSuspect = 0
    private var firstControl = 0
    private var suspectCounts = 1
    private var controlCounts = 1
    private var masses = [1.0]

    /// Adds the outcome of one suspect and one control document.
    mutating func takePair(suspectRate: Double, controlRate: Double) {
        let (rows, columns) = (suspectCounts + 1, controlCounts + 1)
        var next = [Double](repeating: 0, count: rows * columns)
        let none = (1 - suspectRate) * (1 - controlRate)
        let onlyControl = (1 - suspectRate) * controlRate
        let onlySuspect = suspectRate * (1 - controlRate)
        let both = suspectRate * controlRate
        for s in 0..<suspectCounts {
            for c in 0..<controlCounts {
                let mass = masses[s * controlCounts + c]
                let place = s * columns + c
                next[place] += mass * none
                next[place + 1] += mass * onlyControl
                next[place + columns] += mass * onlySuspect
                next[place + columns + 1] += mass * both
            }
        }
        (suspectCounts, controlCounts, masses) = (rows, columns, next)
    }

    /// Takes out the counts at which the run stops and returns their probability.
    ///
    /// - Parameter stops: Whether the run stops at these suspect and control hits: true from some suspect count on.
    mutating func removeStopped(_ stops: (Int, Int) -> Bool) -> Double {
        var sum = 0.0
        for c in 0..<controlCounts {
            for s in (0..<suspectCounts).reversed() {
                guard stops(firstSuspect + s, firstControl + c) else { break }
                sum += masses[s * controlCounts + c]
                masses[s * controlCounts + c] = 0
            }
        }
        return sum
    }

    /// Drops outer rows and columns of less than this probability.
    mutating func trim(below limit: Double) {
        func row(_ s: Int) -> Double { masses[(s * controlCounts)..<((s + 1) * controlCounts)].reduce(0, +) }
        func column(_ c: Int) -> Double {
            stride(from: c, to: masses.count, by: controlCounts).reduce(0) { $0 + masses[$1] }
        }
        var (firstRow, lastRow) = (0, suspectCounts - 1)
        while firstRow < lastRow, row(firstRow) < limit { firstRow += 1 }
        while lastRow > firstRow, row(lastRow) < limit { lastRow -= 1 }
        var (firstColumn, lastColumn) = (0, controlCounts - 1)
        while firstColumn < lastColumn, column(firstColumn) < limit { firstColumn += 1 }
        while lastColumn > firstColumn, column(lastColumn) < limit { lastColumn -= 1 }
        let (rows, columns) = (lastRow - firstRow + 1, lastColumn - firstColumn + 1)
        guard rows < suspectCounts || columns < controlCounts else { return }
        var kept: [Double] = []
        kept.reserveCapacity(rows * columns)
        for s in firstRow...lastRow {
            kept.append(contentsOf: masses[(s * controlCounts + firstColumn)...(s * controlCounts + lastColumn)])
        }
        (suspectCounts, controlCounts, masses) = (rows, columns, kept)
        firstSuspect += firstRow
        firstControl += firstColumn
    }

    func forEach(_ body: (Int, Int, Double) -> Void) {
        for s in 0..<suspectCounts {
            for c in 0..<controlCounts {
                let mass = masses[s * controlCounts + c]
                if mass > 0 { body(firstSuspect + s, firstControl + c, mass) }
            }
        }
    }
}

/// The final test's power given the hits of all pairs, over the documents that one arm has in surplus.
private struct FinalTestTails {
    private let region: BoschlooRegion
    /// P(at least k hits among the surplus suspect documents).
    private let suspectTails: [Double]
    /// P(k hits among the surplus control documents).
    private let controlMasses: [Double]

    init(region: BoschlooRegion, pairs: Int, rates: TrueRates) {
        self.region = region
        suspectTails = upperTails(
            binomialMasses(trials: Int(region.suspectDocuments) - pairs, rate: rates.suspect))
        controlMasses = binomialMasses(trials: Int(region.controlDocuments) - pairs, rate: rates.control)
    }

    func power(suspectHits: Int, controlHits: Int) -> Double {
        var sum = 0.0
        for (surplus, mass) in controlMasses.enumerated() where mass > 0 {
            let missing = region.edges[controlHits + surplus] - suspectHits
            // Edges never fall: once more hits are missing than there are documents, no further count rejects.
            if missing >= suspectTails.count { break }
            sum += mass * suspectTails[max(0, missing)]
        }
        return sum
    }
}
