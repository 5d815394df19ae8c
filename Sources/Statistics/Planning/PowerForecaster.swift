/// Foretells what a ``HybridDesign`` will do at any rates; its two rejection regions are found once.
///
/// The final test's power is an exact double sum. How the e-process runs is exact for a bet on a design alternative of
/// at most ``largestExactPairs`` pairs, whose evidence depends on the counts alone; an adaptive bet's evidence depends
/// on the order of the hits and is simulated.
public struct PowerForecaster: Sendable {
    /// What is planned.
    public let design: HybridDesign
    /// The tables that Boschloo's test rejects at the whole level, on the effective number of documents.
    public let fixedRegion: BoschlooRegion
    /// The tables that the final test of the hybrid rejects, at half of the level.
    public let finalRegion: BoschlooRegion

    /// The largest number of pairs for which a design bet is followed exactly and not simulated.
    public static let largestExactPairs: Int64 = 500
    /// The numbers of replicates that are accepted.
    public static let replicateCounts = 100...1_000_000

    /// Finds the rejection regions of a design.
    ///
    /// - Throws: ``StatisticsError`` where a Boschloo p-value cannot be found.
    /// - Complexity: That of two ``BoschlooRegion``s.
    public init(_ design: HybridDesign) throws(StatisticsError) {
        self.design = design
        let suspect = design.designEffect.effective(design.suspectDocuments)
        let control = design.designEffect.effective(design.controlDocuments)
        fixedRegion = try BoschlooRegion(suspectDocuments: suspect, controlDocuments: control, level: design.level)
        finalRegion = try BoschlooRegion(suspectDocuments: suspect, controlDocuments: control, level: design.level / 2)
    }

    /// Foretells power and cost at the given true rates.
    ///
    /// - Parameters:
    ///   - rates: The true rates; where the suspect rate is not above the control rate, power is an error rate.
    ///   - replicates: How many runs are simulated where exact calculation is not possible, 100 … 1,000,000.
    ///   - seed: The seed of the simulation. The same seed gives the same runs at every rate and number of documents.
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for a number of replicates out of range.
    /// - Complexity: O(replicates × hits) when simulated.
    public func forecast(_ rates: TrueRates, replicates: Int = 2000, seed: UInt64) throws(StatisticsError)
        -> PowerForecast
    {
        guard Self.replicateCounts.contains(replicates) else {
            throw .outOfRange(name: "replicates", value: Double(replicates), requirement: "between 100 and 1,000,000")
        }
        let pairs = min(finalRegion.suspectDocuments, finalRegion.controlDocuments)
        if case .design(let controlRate, let suspectRate) = design.bet, pairs <= Self.largestExactPairs {
            let course = ExactCourse(
                controlBet: controlRate, suspectBet: suspectRate, logThreshold: design.logThreshold,
                region: finalRegion, rates: rates)
            return forecast(
                rates, power: SimulatedValue(value: course.power, standardError: 0),
                stopsEarly: SimulatedValue(value: course.stopsEarly, standardError: 0),
                pairsSeen: SimulatedValue(value: course.pairs, standardError: 0),
                pairsWhenStopped: course.pairsWhenStopped, exactness: .exact)
        }
        return simulated(rates, replicates: replicates, seed: seed)
    }

    /// Simulates whatever the bet is.
    func simulated(_ rates: TrueRates, replicates: Int, seed: UInt64) -> PowerForecast {
        let simulation = HybridSimulation(
            bet: design.bet, logThreshold: design.logThreshold, region: finalRegion, rates: rates,
            replicates: replicates, seed: seed)
        let power = SimulatedValue(
            value: min(1, finalRegion.power(rates) + simulation.onlyEarly.value),
            standardError: simulation.onlyEarly.standardError)
        return forecast(
            rates, power: power, stopsEarly: simulation.stopsEarly, pairsSeen: simulation.pairs,
            pairsWhenStopped: simulation.pairsWhenStopped,
            exactness: .monteCarlo(resamples: replicates, seed: seed))
    }

    /// Turns effective documents back into documents: where D alike ones tell as much as one, D are asked about.
    private func forecast(
        _ rates: TrueRates, power: SimulatedValue, stopsEarly: SimulatedValue, pairsSeen: SimulatedValue,
        pairsWhenStopped: Double, exactness: Exactness
    ) -> PowerForecast {
        let effectivePairs = min(finalRegion.suspectDocuments, finalRegion.controlDocuments)
        let scale = Double(design.pairs) / Double(effectivePairs)
        let runsOn = max(0, 1 - stopsEarly.value)
        func documents(_ all: Int64) -> Double { scale * pairsWhenStopped + runsOn * Double(all) }
        return PowerForecast(
            rates: rates, fixedPower: fixedRegion.power(rates), hybridPower: power, stopsEarly: stopsEarly,
            expectedPairs: SimulatedValue(
                value: scale * pairsSeen.value, standardError: scale * pairsSeen.standardError),
            expectedSuspectDocuments: documents(design.suspectDocuments),
            expectedControlDocuments: documents(design.controlDocuments), exactness: exactness)
    }
}
