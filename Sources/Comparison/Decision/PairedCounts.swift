import Corpus
import Statistics

/// How often documents of one arm came back from either model.
public struct PairedCounts: Codable, Hashable, Sendable {
    /// Number of documents.
    public let documents: Int
    /// Documents that both models reproduce.
    public let both: Int
    /// Documents that only the target reproduces.
    public let targetOnly: Int
    /// Documents that only the reference reproduces.
    public let referenceOnly: Int
    /// Documents whose place in these counts is not certain, because a window without a usable answer might change it.
    public let undecided: Int
    /// Mean score of the target; `nil` without scores.
    public let targetScore: Double?
    /// Mean score of the reference; `nil` without scores.
    public let referenceScore: Double?

    /// Documents that neither model reproduces.
    public var neither: Int { documents - both - targetOnly - referenceOnly }
    /// Documents that the target reproduces.
    public var targetHits: Int { both + targetOnly }
    /// Documents that the reference reproduces.
    public var referenceHits: Int { both + referenceOnly }

    /// Counts, with what was not seen taken as not reproduced.
    init(_ pairs: [JoinedDocuments.Pair]) {
        documents = pairs.count
        both = pairs.count { $0.target.isHit && $0.reference.isHit }
        targetOnly = pairs.count { $0.target.isHit && !$0.reference.isHit }
        referenceOnly = pairs.count { !$0.target.isHit && $0.reference.isHit }
        undecided = pairs.count {
            $0.target.isHit != $0.target.mayBeHit || $0.reference.isHit != $0.reference.mayBeHit
        }
        let scores = pairs.compactMap(\.scores)
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        targetScore = mean(scores.map(\.target))
        referenceScore = mean(scores.map(\.reference))
    }
}
