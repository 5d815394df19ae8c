import RealModule

/// What is fixed before an audit's extraction test begins, and all that its power depends on besides the true rates.
///
/// The test is a ``HybridDecision``: pairs of one suspect and one control document feed an e-process at half of the
/// level, which ends the run as soon as it rejects; when all documents are used up, Boschloo's exact test looks once at
/// all of them at the other half. Where one arm is larger, its surplus comes after the pairs and only the final test
/// sees it. Where strata are kept apart, the final test is an exact stratified one, and what is foretold here holds for
/// one stratum.
public struct HybridDesign: Codable, Sendable, Hashable {
    /// The error probability of the whole procedure.
    public let level: Double
    /// How the e-process bets.
    public let bet: TwoProportionBet
    /// The suspect documents that can be asked about.
    public let suspectDocuments: Int64
    /// The control documents that can be asked about.
    public let controlDocuments: Int64
    /// How alike the documents are.
    public let designEffect: DesignEffect

    /// Checks and takes a design.
    ///
    /// - Parameters:
    ///   - level: The error probability of the whole procedure, strictly between 0 and 1.
    ///   - bet: How the e-process bets.
    ///   - suspectDocuments: The suspect documents, 1 … ``BoschlooRegion/largestDocuments``.
    ///   - controlDocuments: The control documents, 1 … ``BoschlooRegion/largestDocuments``.
    ///   - designEffect: How alike the documents are; all numbers of documents are divided by it before power is computed.
    /// - Throws: ``StatisticsError`` for arguments out of range and for an impossible bet.
    public init(
        level: Double, bet: TwoProportionBet = .standard, suspectDocuments: Int64, controlDocuments: Int64,
        designEffect: DesignEffect = .none
    ) throws(StatisticsError) {
        try Require.openUnit(level, "level")
        _ = try SafeTwoProportions(bet: bet)
        try BoschlooRegion.check(suspectDocuments, "suspect documents")
        try BoschlooRegion.check(controlDocuments, "control documents")
        self.level = level
        self.bet = bet
        self.suspectDocuments = suspectDocuments
        self.controlDocuments = controlDocuments
        self.designEffect = designEffect
    }

    /// The pairs that the e-process can see: as many as the smaller arm has documents.
    public var pairs: Int64 { min(suspectDocuments, controlDocuments) }

    /// ln E at which the e-process ends the run, ln(2/level).
    var logThreshold: Double { -.log(level / 2) }

    private enum CodingKeys: String, CodingKey {
        case level, bet, suspectDocuments, controlDocuments, designEffect
    }

    /// Reads a design and checks it as ``init(level:bet:suspectDocuments:controlDocuments:designEffect:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let level = try container.decode(Double.self, forKey: .level)
        let bet = try container.decode(TwoProportionBet.self, forKey: .bet)
        let suspectDocuments = try container.decode(Int64.self, forKey: .suspectDocuments)
        let controlDocuments = try container.decode(Int64.self, forKey: .controlDocuments)
        let designEffect = try container.decode(DesignEffect.self, forKey: .designEffect)
        do {
            try self.init(
                level: level, bet: bet, suspectDocuments: suspectDocuments, controlDocuments: controlDocuments,
                designEffect: designEffect)
        } catch {
            throw DecodingError.dataCorruptedError(forKey: .level, in: container, debugDescription: error.description)
        }
    }
}
