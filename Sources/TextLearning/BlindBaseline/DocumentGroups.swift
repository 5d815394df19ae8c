/// The group of every document of both arms, in the order of the two arrays of texts.
///
/// Documents with the same number belong together, also across the arms; the numbers themselves mean nothing.
public struct DocumentGroups: Codable, Sendable, Hashable {
    /// The group of each suspect document.
    public var suspect: [Int]
    /// The group of each control document.
    public var control: [Int]

    /// Takes the groups of both arms.
    public init(suspect: [Int], control: [Int]) {
        self.suspect = suspect
        self.control = control
    }

    /// The groups of the suspect and then the control documents, or one group per document when there are none.
    static func pooled(
        _ groups: DocumentGroups?, suspects: Int, controls: Int
    ) throws(TextLearningError) -> [Int] {
        guard let groups else { return Array(0..<suspects + controls) }
        for (found, expected, arm) in [
            (groups.suspect.count, suspects, "suspect"), (groups.control.count, controls, "control"),
        ] where found != expected {
            throw .lengthMismatch(
                name: "\(arm) groups", count: found, other: "\(arm) documents", otherCount: expected)
        }
        return groups.suspect + groups.control
    }
}
