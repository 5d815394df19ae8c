import Corpus
import Statistics

/// How two models differ on the same probes of the same documents.
public struct PairedDifference: Codable, Hashable, Sendable {
    /// What is compared.
    public enum Quantity: String, Codable, Hashable, Sendable, CaseIterable {
        /// The share of a document's probes whose first reply regurgitates.
        case regurgitation
        /// Words of the longest run, averaged over a document's probes.
        case longestWords
    }

    /// The first model.
    public let first: TargetName
    /// The second model.
    public let second: TargetName
    /// The arm.
    public let arm: Arm
    /// What is compared.
    public let quantity: Quantity
    /// Documents that both were asked about, with the same text.
    public let documents: Int
    /// Probes that both answered.
    public let probes: Int
    /// Probes that only one of them has or answered.
    public let unpairedProbes: Int
    /// The mean over documents of the first minus the second.
    public let difference: Double
    /// Its bootstrap interval over documents; `nil` below 15 documents and where documents do not differ.
    public let interval: ConfidenceInterval?
    /// The two-sided sign-flip test over documents.
    public let test: TestResult
    /// The p-value of the test after Holm's correction for all pairs of models of this arm and quantity.
    public let adjusted: LogProbability
    /// Documents that only one of the two regurgitates; `nil` for other quantities.
    public let discordant: Discordant?

    /// Documents that only one of two models regurgitates.
    public struct Discordant: Codable, Hashable, Sendable {
        /// Documents that only the first one regurgitates.
        public let firstOnly: Int
        /// Documents that only the second one regurgitates.
        public let secondOnly: Int
        /// McNemar's exact test, two-sided.
        public let test: TestResult
    }

    /// Compares every pair of models.
    ///
    /// - Parameters:
    ///   - targets: The models with their documents and probes.
    ///   - alpha: The probability left outside each interval.
    ///   - seed: Seed of bootstrap and sign flips.
    static func all(
        _ targets: [TargetProbes], alpha: Double, seed: UInt64
    ) throws(StatisticsError) -> [PairedDifference] {
        var all: [PairedDifference] = []
        for arm in Arm.allCases {
            for quantity in Quantity.allCases {
                var family: [PairedDifference] = []
                for (place, first) in targets.enumerated() {
                    for second in targets[(place + 1)...] {
                        let pairs = PairedProbes(first, second, arm: arm)
                        if let found = try PairedDifference(pairs, quantity, alpha: alpha, seed: seed) {
                            family.append(found)
                        }
                    }
                }
                let adjusted = adjustedPValues(family.map(\.test.pValue), correction: .holm)
                all += zip(family, adjusted).map { PairedDifference($0, adjusted: $1) }
            }
        }
        return all
    }

    private init?(
        _ pairs: PairedProbes, _ quantity: Quantity, alpha: Double, seed: UInt64
    ) throws(StatisticsError) {
        let values = pairs.documents.map { probes in
            probes.compactMap { first, second in
                switch quantity {
                case .regurgitation: Self.difference(first.reply?.regurgitates, second.reply?.regurgitates)
                case .longestWords: Self.difference(first.reply?.longestWords, second.reply?.longestWords)
                }
            }
        }.filter { !$0.isEmpty }
        guard !values.isEmpty else { return nil }
        let means = values.map { $0.reduce(0, +) / Double($0.count) }
        first = pairs.first
        second = pairs.second
        arm = pairs.arm
        self.quantity = quantity
        documents = values.count
        probes = values.reduce(0) { $0 + $1.count }
        unpairedProbes = pairs.unpaired
        difference = means.reduce(0, +) / Double(means.count)
        interval = try DocumentMean.interval(of: means, alpha: alpha, seed: seed)
        test = try signFlipTest(means, alternative: .twoSided, seed: seed)
        adjusted = test.pValue
        discordant = quantity == .regurgitation ? try Discordant(pairs) : nil
    }

    private init(_ other: PairedDifference, adjusted: LogProbability) {
        first = other.first
        second = other.second
        arm = other.arm
        quantity = other.quantity
        documents = other.documents
        probes = other.probes
        unpairedProbes = other.unpairedProbes
        difference = other.difference
        interval = other.interval
        test = other.test
        self.adjusted = adjusted
        discordant = other.discordant
    }

    private static func difference(_ first: Bool?, _ second: Bool?) -> Double? {
        guard let first, let second else { return nil }
        return (first ? 1 : 0) - (second ? 1 : 0)
    }

    private static func difference(_ first: Int?, _ second: Int?) -> Double? {
        guard let first, let second else { return nil }
        return Double(first) - Double(second)
    }
}

extension PairedDifference.Discordant {
    fileprivate init(_ pairs: PairedProbes) throws(StatisticsError) {
        let hits = pairs.documents.map { probes in
            (
                first: probes.contains { $0.0.reply?.regurgitates ?? false },
                second: probes.contains { $0.1.reply?.regurgitates ?? false }
            )
        }
        firstOnly = hits.count { $0.first && !$0.second }
        secondOnly = hits.count { !$0.first && $0.second }
        test = mcnemarExact(
            try DiscordantPairs(targetOnly: Int64(firstOnly), referenceOnly: Int64(secondOnly)), alternative: .twoSided)
    }
}

/// A model's documents and probes.
struct TargetProbes {
    let target: TargetName
    /// The digest of every document's text.
    let texts: [ArmedDocument: String]
    let probes: [ProbeRow]
}

/// The probes that two models were asked alike: the same bytes of the same text under the same elicitation.
struct PairedProbes {
    let first: TargetName
    let second: TargetName
    let arm: Arm
    /// For every document, in the order of names, the pairs of answered probes.
    let documents: [[(ProbeRow, ProbeRow)]]
    /// Probes without a partner.
    let unpaired: Int

    private struct Key: Hashable {
        let document: DocumentID
        let condition: ProbeCondition
        let prefixBytes: Range<Int>
        let suffixBytes: Range<Int>

        init(_ row: ProbeRow) {
            document = row.document
            condition = row.condition
            prefixBytes = row.prefixBytes
            suffixBytes = row.suffixBytes
        }
    }

    init(_ first: TargetProbes, _ second: TargetProbes, arm: Arm) {
        self.first = first.target
        self.second = second.target
        self.arm = arm
        func answered(_ target: TargetProbes) -> [ProbeRow] {
            target.probes.filter { $0.arm == arm && $0.reply != nil }
        }
        let partners = Dictionary(answered(second).map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        var pairs: [DocumentID: [(ProbeRow, ProbeRow)]] = [:]
        let ones = answered(first)
        for row in ones {
            let document = ArmedDocument(arm: arm, document: row.document)
            guard let partner = partners[Key(row)], let text = first.texts[document], second.texts[document] == text
            else { continue }
            pairs[row.document, default: []].append((row, partner))
        }
        documents = pairs.sorted { $0.key < $1.key }.map(\.value)
        unpaired = ones.count + partners.count - 2 * documents.reduce(0) { $0 + $1.count }
    }
}
