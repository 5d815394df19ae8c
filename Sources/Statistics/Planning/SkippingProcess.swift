import RealModule

/// A ``SafeTwoProportions`` process that takes any number of pairs without a hit in one step.
///
/// With s and c hits so far, the adaptive bet on a pair without hits has the factor
/// (n + g − s)(n + g − c) / (n + g − (s+c)/2)², where n pairs came before and g is the pseudocount: ln of a run of them is
/// three differences of prefix sums of ln(i + g) and ln(i + ½ + g). Only pairs whose suspect document alone hits raise
/// the evidence, so nothing is missed by not looking in between.
struct SkippingProcess {
    /// What does not change from one replicate to the next.
    struct Tables {
        /// The design half's gain for a pair without hits, for a suspect hit and for a control hit in place of a miss.
        fileprivate let design: (miss: Double, suspectHit: Double, controlHit: Double)?
        fileprivate let pseudocount: Double?
        /// Σ ln(i + g) and Σ ln(i + ½ + g) over i < j, for every j.
        fileprivate let whole: [Double]
        fileprivate let half: [Double]

        /// - Precondition: The bet is one that ``SafeTwoProportions`` accepts, and pairs are not negative.
        init(bet: TwoProportionBet, pairs: Int) {
            switch bet {
            case .design(let controlRate, let suspectRate):
                design = Self.gains(controlRate, suspectRate)
                pseudocount = nil
            case .adaptive(let pseudocount):
                design = nil
                self.pseudocount = pseudocount
            case .mixture(let controlRate, let suspectRate, let pseudocount):
                design = Self.gains(controlRate, suspectRate)
                self.pseudocount = pseudocount
            }
            func prefixSums(_ offset: Double) -> [Double] {
                var sums = [0.0]
                sums.reserveCapacity(pairs + 2)
                var sum = CompensatedSum()
                for i in 0...pairs {
                    sum.add(.log(Double(i) + offset))
                    sums.append(sum.value)
                }
                return sums
            }
            whole = pseudocount.map { prefixSums($0) } ?? []
            half = pseudocount.map { prefixSums($0 + 0.5) } ?? []
        }

        private static func gains(_ controlRate: Double, _ suspectRate: Double) -> (Double, Double, Double) {
            let common = 0.5 * (suspectRate + controlRate)
            let suspectMiss = Double.log((1 - suspectRate) / (1 - common))
            let controlMiss = Double.log((1 - controlRate) / (1 - common))
            return (
                suspectMiss + controlMiss, .log(suspectRate / common) - suspectMiss,
                .log(controlRate / common) - controlMiss
            )
        }
    }

    private let tables: Tables
    private var logDesign = 0.0
    private var logAdaptive = 0.0
    private var pairs = 0
    private var suspectHits = 0
    private var controlHits = 0

    init(_ tables: Tables) { self.tables = tables }

    /// ln E after the pairs so far.
    var logEvidence: Double {
        guard tables.design != nil else { return logAdaptive }
        guard tables.pseudocount != nil else { return logDesign }
        return logAddExp(logDesign, logAdaptive) - 0.693_147_180_559_945_3
    }

    /// Takes pairs without a hit until `pair` pairs have been seen.
    mutating func skip(to pair: Int) {
        guard pair > pairs else { return }
        if let design = tables.design { logDesign += Double(pair - pairs) * design.miss }
        if tables.pseudocount != nil, suspectHits > controlHits {
            let hits = suspectHits + controlHits
            // n + g − (s+c)/2 is an integer plus g, or an integer plus ½ + g.
            let common = hits.isMultiple(of: 2) ? tables.whole : tables.half
            let shift = (hits + 1) / 2
            logAdaptive += tables.whole[pair - suspectHits] - tables.whole[pairs - suspectHits]
            logAdaptive += tables.whole[pair - controlHits] - tables.whole[pairs - controlHits]
            logAdaptive -= 2 * (common[pair - shift] - common[pairs - shift])
        }
        pairs = pair
    }

    /// Takes one pair.
    mutating func observe(suspectHit: Bool, controlHit: Bool) {
        if let design = tables.design {
            logDesign += design.miss + (suspectHit ? design.suspectHit : 0) + (controlHit ? design.controlHit : 0)
        }
        if let pseudocount = tables.pseudocount, suspectHits > controlHits {
            let total = Double(pairs) + 2 * pseudocount
            let suspectRate = (Double(suspectHits) + pseudocount) / total
            let controlRate = (Double(controlHits) + pseudocount) / total
            let common = 0.5 * (suspectRate + controlRate)
            let suspect = suspectHit ? suspectRate / common : (1 - suspectRate) / (1 - common)
            let control = controlHit ? controlRate / common : (1 - controlRate) / (1 - common)
            logAdaptive += .log(suspect) + .log(control)
        }
        pairs += 1
        if suspectHit { suspectHits += 1 }
        if controlHit { controlHits += 1 }
    }
}
