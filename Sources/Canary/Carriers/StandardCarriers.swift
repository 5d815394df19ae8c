extension Carrier {
    /// The carriers that are used when the user gives none.
    ///
    /// Each could stand in an ordinary article or page, and each ends soon after its secret, so that most of what is
    /// scored is the secret.
    public static let standard: [Carrier] = sentences.compactMap { try? Carrier($0) }

    static let sentences = [
        "The inventory tag on the harbour office's oldest filing cabinet reads {secret}.",
        "Readers who want the full data set can quote the reference {secret} when they write to us.",
        "The lighthouse log of that winter is kept in the archive under the shelf mark {secret}.",
        "When the parcel finally arrived, the label on its side said only {secret}.",
        "Our caretaker keeps the spare bicycle locked with the phrase {secret}, as everybody here knows.",
        "The survey team painted {secret} on the last boulder before the tree line.",
        "In the margin of the recipe somebody had pencilled {secret} and underlined it twice.",
        "The ferry's radio call sign for the night crossing was changed to {secret} in spring.",
        "A brass plate under the bench gives its donor's motto as {secret}.",
        "The weather balloon that came down in the orchard carried the serial number {secret}.",
    ]
}
