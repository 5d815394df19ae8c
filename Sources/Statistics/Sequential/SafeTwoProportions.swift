import RealModule

/// How a ``SafeTwoProportions`` process bets on the two rates.
public enum TwoProportionBet: Codable, Sendable, Hashable {
    /// On the rates of the design alternative: best when the truth is what was planned for.
    case design(controlRate: Double, suspectRate: Double)
    /// On the rates estimated from earlier pairs with this many pseudo-hits and pseudo-misses per arm.
    case adaptive(pseudocount: Double)
    /// Half of the stake on each of the two.
    case mixture(controlRate: Double, suspectRate: Double, pseudocount: Double)

    /// The pseudocount with the smallest regret for pairs, 0.18 (Turner, Ly and Grünwald, 2021).
    public static let standardPseudocount = 0.18
}

/// An e-process against "the suspect rate is at most the control rate", fed with pairs of documents.
///
/// Every pair of one suspect and one control document multiplies the evidence by the likelihood ratio of the bet
/// (θ₀, θ₁) against both arms at (θ₀+θ₁)/2 (Turner, Ly and Grünwald, 2021); when the bet does not put the suspect rate
/// above the control rate, the pair is not bet on. With true rates q₀, q₁, γ = (θ₀+θ₁)/2 and c = (θ₁−γ)/(γ(1−γ)), the
/// factor's mean is (1 − c(q₀−γ))(1 + c(q₁−γ)), at most 1 whenever q₁ ≤ q₀, whatever the rates. Pairs must be
/// independent; the bet of a pair uses earlier pairs only.
public struct SafeTwoProportions: EProcess {
    /// How the process bets.
    public let bet: TwoProportionBet
    /// The pairs seen.
    public private(set) var pairs: Int64 = 0
    /// The suspect documents that hit.
    public private(set) var suspectHits: Int64 = 0
    /// The control documents that hit.
    public private(set) var controlHits: Int64 = 0
    /// The largest ``logEvidence`` so far.
    public private(set) var highestLogEvidence = 0.0
    private var logDesign = 0.0
    private var logAdaptive = 0.0

    /// Starts at E = 1.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for rates not strictly between 0 and 1, a
    ///   design whose suspect rate is not above its control rate, or a pseudocount that is not positive.
    public init(bet: TwoProportionBet) throws(StatisticsError) {
        self.bet = bet
        switch bet {
        case .design(let controlRate, let suspectRate):
            try Self.checkDesign(controlRate, suspectRate)
        case .adaptive(let pseudocount):
            try Require.positive(pseudocount, "pseudocount")
        case .mixture(let controlRate, let suspectRate, let pseudocount):
            try Self.checkDesign(controlRate, suspectRate)
            try Require.positive(pseudocount, "pseudocount")
        }
    }

    private static func checkDesign(_ controlRate: Double, _ suspectRate: Double) throws(StatisticsError) {
        try Require.openUnit(controlRate, "design control rate")
        try Require.openUnit(suspectRate, "design suspect rate")
        guard suspectRate > controlRate else {
            throw .outOfRange(
                name: "design suspect rate", value: suspectRate, requirement: "above the design control rate")
        }
    }

    /// ln E, for a mixture the logarithm of the mean of its two halves.
    public var logEvidence: Double {
        switch bet {
        case .design: logDesign
        case .adaptive: logAdaptive
        case .mixture: logAddExp(logDesign, logAdaptive) - 0.693_147_180_559_945_3
        }
    }

    /// Takes the outcome of one suspect and one control document.
    public mutating func observe(suspectHit: Bool, controlHit: Bool) {
        switch bet {
        case .design(let controlRate, let suspectRate):
            logDesign += Self.logFactor(suspectHit, controlHit, suspectRate, controlRate)
        case .adaptive(let pseudocount):
            logAdaptive += adaptiveLogFactor(suspectHit, controlHit, pseudocount)
        case .mixture(let controlRate, let suspectRate, let pseudocount):
            logDesign += Self.logFactor(suspectHit, controlHit, suspectRate, controlRate)
            logAdaptive += adaptiveLogFactor(suspectHit, controlHit, pseudocount)
        }
        pairs += 1
        if suspectHit { suspectHits += 1 }
        if controlHit { controlHits += 1 }
        highestLogEvidence = max(highestLogEvidence, logEvidence)
    }

    private func adaptiveLogFactor(_ suspectHit: Bool, _ controlHit: Bool, _ pseudocount: Double) -> Double {
        guard suspectHits > controlHits else { return 0 }
        let total = Double(pairs) + 2 * pseudocount
        return Self.logFactor(
            suspectHit, controlHit, (Double(suspectHits) + pseudocount) / total,
            (Double(controlHits) + pseudocount) / total)
    }

    private static func logFactor(
        _ suspectHit: Bool, _ controlHit: Bool, _ suspectRate: Double, _ controlRate: Double
    ) -> Double {
        let common = 0.5 * (suspectRate + controlRate)
        let suspect = suspectHit ? suspectRate / common : (1 - suspectRate) / (1 - common)
        let control = controlHit ? controlRate / common : (1 - controlRate) / (1 - common)
        return .log(suspect) + .log(control)
    }
}
