import Corpus
import Statistics

/// What was seen of one arm.
public struct ArmSummary: Codable, Hashable, Sendable {
    /// Number of documents tested.
    public let documents: Int
    /// Number of documents of which at least one window was reproduced verbatim.
    public let hits: Int
    /// `hits` over `documents`.
    public let rate: Double
    /// Clopper–Pearson interval of the rate.
    public let interval: ConfidenceInterval
    /// Number of windows.
    public let windows: Int
    /// Number of windows reproduced verbatim by greedy decoding.
    public let reproducedWindows: Int
    /// Number of windows that sampling would extract; `nil` without scores.
    public let extractableWindows: Int?
    /// Number of documents without a hit of which some window got no usable answer: hits that may have been missed.
    public let undecided: Int
    /// Number of windows without a usable answer.
    public let failures: Int
    /// Mean over documents of the log-probability of the first suffix tokens, in nats; `nil` without scores.
    public let meanLn: Double?

    /// The coverage of intervals that are shown.
    public static let confidence = 0.95

    /// Summarises documents of one arm, or `nil` if there are none.
    init?(_ outcomes: [DocumentOutcome]) throws(StatisticsError) {
        guard !outcomes.isEmpty else { return nil }
        documents = outcomes.count
        hits = outcomes.count(where: \.isHit)
        let proportion = try Proportion(hits: Int64(hits), trials: Int64(documents))
        rate = proportion.rate
        interval = try clopperPearson(proportion, alpha: 1 - Self.confidence)
        windows = outcomes.reduce(0) { $0 + $1.windows }
        reproducedWindows = outcomes.reduce(0) { $0 + $1.reproduced }
        let extractable = outcomes.compactMap(\.extractable)
        extractableWindows = extractable.isEmpty ? nil : extractable.reduce(0, +)
        undecided = outcomes.count { !$0.isHit && $0.mayBeHit }
        failures = outcomes.reduce(0) { $0 + $1.failures }
        let lns = outcomes.compactMap(\.meanLn)
        meanLn = lns.isEmpty ? nil : lns.reduce(0, +) / Double(lns.count)
    }

    /// The documents as a proportion; what was not seen counts as not reproduced.
    var proportion: Proportion {
        get throws(StatisticsError) { try Proportion(hits: Int64(hits), trials: Int64(documents)) }
    }

    /// The documents as a proportion in which everything that was not seen counts as reproduced.
    var worstCase: Proportion {
        get throws(StatisticsError) { try Proportion(hits: Int64(hits + undecided), trials: Int64(documents)) }
    }
}

/// One row of a table by a metadata field.
public struct GroupRow: Codable, Hashable, Sendable {
    /// The arm.
    public let arm: Arm
    /// The field's value; empty for documents without the field.
    public let value: String
    /// What was seen of the group.
    public let summary: ArmSummary
}
