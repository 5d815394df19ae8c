/// How much of a source the runs of at least some length cover.
public struct Coverage: Hashable, Codable, Sendable {
    /// The number of places of the source that stand in a run, each counted once.
    public internal(set) var covered: Int
    /// The number of places of the source.
    public let total: Int
    /// The number of maximal runs.
    public internal(set) var runs: Int
    /// The length of the longest run; 0 when there is none.
    public internal(set) var longest: Int

    /// The covered part of the source, from 0 to 1; 0 for an empty source.
    public var fraction: Double { total == 0 ? 0 : Double(covered) / Double(total) }
}
