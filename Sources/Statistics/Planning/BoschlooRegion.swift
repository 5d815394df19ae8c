import RealModule

/// All tables of two arms that Boschloo's one-sided test rejects at one level: computed once, then power is a sum.
///
/// Boschloo's p-value rises with Fisher's, so the region is a staircase: for every count of control hits the smallest
/// count of suspect hits that rejects. It contains Fisher's own staircase; the tables between that and the largest
/// Fisher p-value whose Boschloo p-value is within the level are sorted by Fisher's p-value and bisected with
/// ``boschlooExact(_:alternative:nuisance:)`` itself, so the region is that function's to the last table. Above
/// ``largestUnconditionalUnits`` units in both arms together that function is Fisher's test, and so is the region.
public struct BoschlooRegion: Sendable, Hashable {
    /// The documents of the suspect arm.
    public let suspectDocuments: Int64
    /// The documents of the control arm.
    public let controlDocuments: Int64
    /// The level of the test.
    public let level: Double
    /// For each count of control hits the smallest count of suspect hits that rejects, one more than the arm has where
    /// none does.
    let edges: [Int]

    /// The largest number of documents of one arm that is planned for.
    public static let largestDocuments: Int64 = 20_000

    /// Finds the region.
    ///
    /// - Parameters:
    ///   - suspectDocuments: The documents of the suspect arm, 1 … ``largestDocuments``.
    ///   - controlDocuments: The documents of the control arm, 1 … ``largestDocuments``.
    ///   - level: The level of the test, strictly between 0 and 1.
    /// - Throws: ``StatisticsError`` for arguments out of range.
    /// - Complexity: O(n₁ + n₀) Fisher p-values and about a dozen Boschloo p-values.
    public init(suspectDocuments: Int64, controlDocuments: Int64, level: Double) throws(StatisticsError) {
        try Self.check(suspectDocuments, "suspect documents")
        try Self.check(controlDocuments, "control documents")
        try Require.openUnit(level, "level")
        self.suspectDocuments = suspectDocuments
        self.controlDocuments = controlDocuments
        self.level = level
        let fisher = FisherStaircase(suspect: suspectDocuments, control: controlDocuments)
        var edges = fisher.edges(logLimit: .log(level))
        if suspectDocuments + controlDocuments <= largestUnconditionalUnits {
            let limit = try fisher.largestRejected(level: level, inside: edges)
            if limit > .log(level) { edges = fisher.edges(logLimit: limit) }
        }
        self.edges = edges
    }

    /// Throws unless a number of documents can be planned for.
    static func check(_ documents: Int64, _ name: String) throws(StatisticsError) {
        guard (1...largestDocuments).contains(documents) else {
            throw .impossibleCount(name: name, value: documents, allowed: 1...largestDocuments)
        }
    }

    /// Whether the test rejects; counts outside the arms never do.
    public func rejects(suspectHits: Int, controlHits: Int) -> Bool {
        edges.indices.contains(controlHits) && suspectHits >= edges[controlHits] && suspectHits <= Int(suspectDocuments)
    }

    /// The probability that the test rejects when the arms have these rates: its size where they are equal.
    ///
    /// Σ over the region of Bin(x₁; n₁, q₁) Bin(x₀; n₀, q₀), exact for independent documents.
    ///
    /// - Complexity: O(n₁ + n₀).
    public func power(_ rates: TrueRates) -> Double {
        let suspectTails = upperTails(binomialMasses(trials: Int(suspectDocuments), rate: rates.suspect))
        let controlMasses = binomialMasses(trials: Int(controlDocuments), rate: rates.control)
        var power = CompensatedSum()
        for (controlHits, edge) in edges.enumerated() { power.add(controlMasses[controlHits] * suspectTails[edge]) }
        return min(1, power.value)
    }
}

/// The tables of two arms in the order of Fisher's one-sided p-value.
private struct FisherStaircase {
    let suspect: Int64
    let control: Int64

    /// ln of Fisher's p-value.
    func logPValue(_ suspectHits: Int64, _ controlHits: Int64) -> Double {
        HypergeometricDistribution(drawn: suspect, marked: suspectHits + controlHits, population: suspect + control)
            .logUpperTail(suspectHits)
    }

    /// For each count of control hits the smallest count of suspect hits whose p-value is within the limit.
    func edges(logLimit: Double) -> [Int] {
        var edge: Int64 = 0
        return (0...control).map { controlHits in
            // One more control hit raises every p-value, so the edge never moves back.
            while edge <= suspect, logPValue(edge, controlHits) > logLimit { edge += 1 }
            return Int(edge)
        }
    }

    /// ln of the largest Fisher p-value whose Boschloo p-value is within the level; −∞ when none is above `inside`.
    func largestRejected(level: Double, inside: [Int]) throws(StatisticsError) -> Double {
        // Doubling the odds and not the p-value: at high levels nearly all tables lie between a p-value and its double.
        var reach = 2 * level / (1 + level)
        while true {
            let outer = edges(logLimit: .log(reach))
            var between: [(logP: Double, suspectHits: Int64, controlHits: Int64)] = []
            for (controlHits, edge) in outer.enumerated() {
                for suspectHits in edge..<max(edge, inside[controlHits]) {
                    let (x1, x0) = (Int64(suspectHits), Int64(controlHits))
                    between.append((logPValue(x1, x0), x1, x0))
                }
            }
            between.sort { ($0.logP, $0.controlHits) < ($1.logP, $1.controlHits) }
            var (rejected, firstKept) = (0, between.count)
            while rejected < firstKept {
                let middle = rejected + (firstKept - rejected) / 2
                let table = try Table2x2(
                    suspect: Proportion(hits: between[middle].suspectHits, trials: suspect),
                    control: Proportion(hits: between[middle].controlHits, trials: control))
                if try boschlooExact(table).pValue.ln <= .log(level) {
                    rejected = middle + 1
                } else {
                    firstKept = middle
                }
            }
            if rejected < between.count || reach >= 1 {
                return rejected > 0 ? between[rejected - 1].logP : -.infinity
            }
            reach = reach < 1 - 1e-9 ? 2 * reach / (1 + reach) : 1
        }
    }
}
