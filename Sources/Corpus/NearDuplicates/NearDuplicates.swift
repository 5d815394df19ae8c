/// Finds pairs of documents that share much of their wording.
///
/// Near-duplicates within an arm make its documents dependent; between the arms they put text that may have been
/// memorized among the controls. Every pair at or above the threshold is found: the search (prefix filtering, Bayardo,
/// Ma and Srikant, 2007) discards only pairs that cannot reach it, and needs neither a seed nor sketches.
///
/// It rests on one count. A document with *n* shingles of which at least ⌈*tn*⌉ are in another one cannot have its
/// *n* − ⌈*tn*⌉ + 1 rarest shingles all missing there. So only these are looked up, and since they are the rarest,
/// boilerplate that every document carries is never looked at.
public struct NearDuplicates: Sendable {
    /// The part of shingles, above 0 and up to 1, from which two documents count as near-duplicates.
    public let threshold: Double

    /// The threshold used by default: half of the wording, where unrelated articles share less than a hundredth.
    public static let standardThreshold = 0.5

    /// Creates a search with the standard threshold.
    public init() {
        threshold = Self.standardThreshold
    }

    /// Creates a search, or nil when the threshold is not above 0 and at most 1.
    public init?(threshold: Double) {
        guard threshold > 0, threshold <= 1 else { return nil }
        self.threshold = threshold
    }

    /// Returns the near-duplicates among the documents of one collection.
    ///
    /// - Parameter documents: The collection.
    /// - Returns: Pairs in the order of the documents, the earlier document first.
    /// - Complexity: O(*s* log *s*) for *s* shingles in all, plus what the pairs that share rare shingles take.
    public func pairs(within documents: [Document]) -> [NearDuplicatePair] {
        NearDuplicateSearch(threshold: threshold, documents: documents).pairs { _, _ in true }
    }

    /// Returns the near-duplicates between two collections.
    ///
    /// - Parameters:
    ///   - firsts: One collection, for example the suspects.
    ///   - seconds: The other one, for example the controls.
    /// - Returns: Pairs in the order of the first collection, then of the second.
    /// - Complexity: As for ``pairs(within:)``.
    public func pairs(between firsts: [Document], and seconds: [Document]) -> [NearDuplicatePair] {
        NearDuplicateSearch(threshold: threshold, documents: firsts + seconds).pairs { first, second in
            first < firsts.count && second >= firsts.count
        }
    }
}
