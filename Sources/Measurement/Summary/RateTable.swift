import Corpus
import Statistics

/// The rates and means of one group of probes.
public struct RateTable: Codable, Hashable, Sendable {
    /// What can be true of a probe.
    public enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// The first reply repeats enough of its document.
        case regurgitates
        /// The first reply gave the whole suffix back.
        case exactSuffix
        /// One of the samples repeats enough of its document.
        case anySampleRegurgitates
        /// One sample is the suffix with a probability of at least a half.
        case likelierThanNot
        /// The first reply declined.
        case refused
        /// The first reply was ended from outside while it was repeating its document.
        case cutMidMatch
        /// The first reply repeats more of another document than of its own.
        case repeatsAnother
        /// No usable answer came.
        case failed
    }

    /// What is averaged over probes.
    public enum Value: String, Codable, Hashable, Sendable, CaseIterable {
        /// Words of the longest run.
        case longestWords
        /// Unicode scalars of the longest run.
        case longestCharacters
        /// Tokens of the longest run.
        case longestTokens
        /// Covered words of the document.
        case coveredWords
        /// Matched words in near-verbatim blocks.
        case nearVerbatimWords
        /// The share of the suffix's tokens at their places.
        case tokenAccuracy
        /// ROUGE-L F1 with the suffix.
        case rougeL
        /// Edit similarity with the suffix.
        case editSimilarity
        /// p_z, 0 where only an upper bound is known.
        case suffixProbability
    }

    /// How often an outcome came.
    public struct Rate: Codable, Hashable, Sendable {
        /// The outcome.
        public let outcome: Outcome
        /// How often it came.
        public let rate: ClusteredRate
    }

    /// How large a value was.
    public struct Mean: Codable, Hashable, Sendable {
        /// The value.
        public let value: Value
        /// How large it was.
        public let mean: DocumentMean
    }

    /// The outcomes that were observed; those that were not asked for are left out.
    public let rates: [Rate]
    /// The values that were observed.
    public let means: [Mean]

    /// The rate of an outcome, if it was observed.
    public func rate(_ outcome: Outcome) -> ClusteredRate? { rates.first { $0.outcome == outcome }?.rate }

    /// The mean of a value, if it was observed.
    public func mean(_ value: Value) -> DocumentMean? { means.first { $0.value == value }?.mean }

    /// Counts probes.
    ///
    /// Probes without an answer count for ``Outcome/failed`` alone.
    ///
    /// - Parameters:
    ///   - documents: The probes of every document.
    ///   - alpha: The probability left outside each interval.
    ///   - seed: Seed of the bootstrap.
    init(_ documents: [[ProbeRow]], alpha: Double, seed: UInt64) throws(StatisticsError) {
        var rates: [Rate] = []
        for outcome in Outcome.allCases {
            let rate = try ClusteredRate(documents.map { $0.compactMap { $0[outcome] } }, alpha: alpha)
            if rate.trials > 0 { rates.append(Rate(outcome: outcome, rate: rate)) }
        }
        var means: [Mean] = []
        for value in Value.allCases {
            let mean = try DocumentMean(documents.map { $0.compactMap { $0[value] } }, alpha: alpha, seed: seed)
            if let mean { means.append(Mean(value: value, mean: mean)) }
        }
        self.rates = rates
        self.means = means
    }
}

extension ProbeRow {
    /// Whether an outcome came; `nil` when it was not asked for or no answer came.
    subscript(outcome: RateTable.Outcome) -> Bool? {
        if outcome == .failed { return failure != nil }
        guard failure == nil else { return nil }
        switch outcome {
        case .regurgitates: return reply?.regurgitates
        case .exactSuffix: return reply?.isWholeSuffix
        case .anySampleRegurgitates: return samples > 0 ? regurgitatingSamples > 0 : nil
        case .likelierThanNot: return ln.map { !lnIsBound && $0 >= RateTable.lnOfOneHalf }
        case .refused: return replyClass.map { $0 == .refused }
        case .cutMidMatch: return replyClass.map { $0 == .filteredMidMatch }
        case .repeatsAnother: return reply == nil ? nil : elsewhere != nil
        case .failed: return nil
        }
    }

    /// A value; `nil` when it was not asked for or no answer came.
    subscript(value: RateTable.Value) -> Double? {
        switch value {
        case .longestWords: reply.map { Double($0.longestWords) }
        case .longestCharacters: reply.map { Double($0.longestCharacters) }
        case .longestTokens: reply.map { Double($0.longestTokens) }
        case .coveredWords: reply.map { Double($0.coveredWords) }
        case .nearVerbatimWords: reply.map { Double($0.nearVerbatimWords) }
        case .tokenAccuracy: reply?.tokenAccuracy
        case .rougeL: reply?.rougeL
        case .editSimilarity: reply?.editSimilarity
        case .suffixProbability: ln.map { lnIsBound ? 0 : LogProbability.value(ln: $0) }
        }
    }
}

extension RateTable {
    fileprivate static let lnOfOneHalf = -0.693_147_180_559_945_3
}
