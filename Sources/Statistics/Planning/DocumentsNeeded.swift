/// The procedure whose power is asked for.
public enum PlannedProcedure: String, Codable, Sendable, Hashable {
    /// Boschloo's test at the whole level, once, on all documents.
    case fixed
    /// The e-process at half of the level and Boschloo's test at the other half.
    case hybrid
}

/// How many documents a power needs.
public enum DocumentsNeeded: Codable, Sendable, Hashable {
    /// This many documents per arm have at least the power that was asked for.
    case reachable(documentsPerArm: Int64, forecast: PowerForecast)
    /// Even the largest number of documents per arm that was allowed has less.
    case notReachable(cap: Int64, atCap: PowerForecast)
}

/// The number of documents per arm at which the test detects the given rates with the given power.
///
/// Doubles and then bisects, the same seed for every size. The number found is enough and one less is not; because
/// counts are whole numbers exact power is not quite monotone, so that some slightly smaller number may be enough too,
/// or some slightly larger one just not.
///
/// - Parameters:
///   - rates: The rates to detect.
///   - power: The probability to reject that is wanted, strictly between 0 and 1.
///   - procedure: What will be done with the documents.
///   - level: The error probability of the procedure, strictly between 0 and 1.
///   - bet: How the e-process bets.
///   - designEffect: How alike the documents are.
///   - cap: The largest number of documents per arm, 1 … ``BoschlooRegion/largestDocuments``.
///   - replicates: How many runs are simulated at every size for ``PlannedProcedure/hybrid``, 100 … 1,000,000.
///   - seed: The seed of the simulation.
/// - Throws: ``StatisticsError`` for arguments out of range.
/// - Complexity: O(log of the answer) times that of a ``PowerForecaster``.
public func documentsNeeded(
    for rates: TrueRates, power: Double = 0.8, procedure: PlannedProcedure = .hybrid, level: Double,
    bet: TwoProportionBet = .standard, designEffect: DesignEffect = .none, cap: Int64 = 2000, replicates: Int = 2000,
    seed: UInt64
) throws(StatisticsError) -> DocumentsNeeded {
    try Require.openUnit(power, "power")
    try BoschlooRegion.check(cap, "cap")
    func forecast(_ documents: Int64) throws(StatisticsError) -> PowerForecast {
        let design = try HybridDesign(
            level: level, bet: bet, suspectDocuments: documents, controlDocuments: documents,
            designEffect: designEffect)
        return try PowerForecaster(design).forecast(rates, replicates: replicates, seed: seed)
    }
    func isEnough(_ forecast: PowerForecast) -> Bool {
        switch procedure {
        case .fixed: forecast.fixedPower >= power
        case .hybrid: forecast.hybridPower.value >= power
        }
    }
    var tooFew: Int64 = 0
    var enough: Int64 = 1
    var best = try forecast(enough)
    while !isEnough(best) {
        if enough >= cap { return .notReachable(cap: cap, atCap: best) }
        tooFew = enough
        enough = min(cap, 2 * enough)
        best = try forecast(enough)
    }
    while enough - tooFew > 1 {
        let middle = tooFew + (enough - tooFew) / 2
        let candidate = try forecast(middle)
        if isEnough(candidate) { (enough, best) = (middle, candidate) } else { tooFew = middle }
    }
    return .reachable(documentsPerArm: enough, forecast: best)
}
