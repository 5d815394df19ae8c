/// What a design will do if the true rates are these.
///
/// Simulated numbers are estimated each in the way that is most precise for it, so that two of them may contradict each
/// other within their standard errors: ``stopsEarly`` can come out a little above ``hybridPower``.
public struct PowerForecast: Codable, Sendable, Hashable {
    /// The rates that are assumed to be true.
    public let rates: TrueRates
    /// The probability that Boschloo's test at the whole level, made once on all documents, rejects; exact.
    public let fixedPower: Double
    /// The probability that the hybrid rejects, early or at the end.
    public let hybridPower: SimulatedValue
    /// The probability that the e-process ends the run before or at its last pair.
    public let stopsEarly: SimulatedValue
    /// The mean number of pairs of documents that the e-process sees.
    public let expectedPairs: SimulatedValue
    /// The mean number of suspect documents asked about until the decision.
    public let expectedSuspectDocuments: Double
    /// The mean number of control documents asked about until the decision.
    public let expectedControlDocuments: Double
    /// ``Exactness/exact``, or the replicates and the seed that reproduce the simulated numbers.
    public let exactness: Exactness

    /// The mean number of documents of both arms asked about until the decision.
    public var expectedDocuments: Double { expectedSuspectDocuments + expectedControlDocuments }
}
