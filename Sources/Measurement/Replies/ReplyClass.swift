/// What a reply was, by how it ended and by what it said.
///
/// The class says nothing of how much was repeated: that is decided first and stands beside it, so that a reply that
/// recites is never called a refusal.
public enum ReplyClass: String, Codable, Hashable, Sendable, CaseIterable {
    /// The model said something and ended its text by itself.
    case answered
    /// The model declined, and repeated less than what counts as regurgitation.
    case refused
    /// No visible text came.
    case empty
    /// The reply used up the tokens it was allowed; what it repeats may have gone on.
    case cutByLength
    /// The reply was ended by something other than the model or the length, outside a match.
    case stopped
    /// The reply was ended by something other than the model or the length while it was repeating the source, or another
    /// document of the corpus, as an output filter does; what it repeats would have gone on.
    case filteredMidMatch
    /// No usable reply came.
    case transportError
}
