/// A document's name together with its arm; the same name may occur in both arms.
public struct ArmedDocument: Hashable, Codable, Sendable {
    /// The document's arm.
    public let arm: Arm
    /// The document's name.
    public let document: DocumentID

    /// Creates a pair.
    public init(arm: Arm, document: DocumentID) {
        self.arm = arm
        self.document = document
    }
}
