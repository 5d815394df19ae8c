import PrefixLearning

/// What distinguishes one group of probes from another within a run: rates are given for each.
public struct ProbeCondition: Codable, Hashable, Sendable {
    /// Where in its document a window stands.
    public enum Place: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
        /// At the document's start, where memory is strongest.
        case opening
        /// Anywhere else.
        case inside

        /// The opening comes first.
        public static func < (first: Place, second: Place) -> Bool { first == .opening && second == .inside }
    }

    /// What is put around the prefix.
    public let elicitation: PromptID
    /// The length of the prefix, in units of the grid.
    public let prefixLength: Int
    /// Where the window stands.
    public let place: Place

    /// Creates a condition.
    public init(elicitation: PromptID, prefixLength: Int, place: Place) {
        self.elicitation = elicitation
        self.prefixLength = prefixLength
        self.place = place
    }
}

extension ProbeCondition: Comparable, CustomStringConvertible {
    /// Orders by elicitation, prefix length and place.
    public static func < (first: ProbeCondition, second: ProbeCondition) -> Bool {
        (first.elicitation, first.prefixLength, first.place) < (second.elicitation, second.prefixLength, second.place)
    }

    /// The condition in a few words.
    public var description: String { "\(elicitation), prefix \(prefixLength), \(place.rawValue)" }
}
