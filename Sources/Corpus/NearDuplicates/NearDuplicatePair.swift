/// Two documents that say largely the same.
public struct NearDuplicatePair: Hashable, Codable, Sendable {
    /// What the two documents are to each other.
    public enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        /// The texts are the same byte for byte.
        case identical
        /// The documents share at least the threshold's part of all their shingles.
        case similar
        /// The shorter document is largely held in the longer one, for example an article that was extended later.
        case contained
    }

    /// A document of the first collection, or the earlier of two in the same one.
    public let first: DocumentID
    /// A document of the second collection, or the later of two in the same one.
    public let second: DocumentID
    /// What the two are to each other.
    public let kind: Kind
    /// Shared shingles over all shingles of both (Jaccard, 1901), from 0 to 1.
    public let jaccard: Double
    /// The part of the first document's shingles that the second has, from 0 to 1.
    public let firstInSecond: Double
    /// The part of the second document's shingles that the first has, from 0 to 1.
    public let secondInFirst: Double
}
