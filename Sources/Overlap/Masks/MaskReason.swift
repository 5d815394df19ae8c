/// Why words of a text do not count as regurgitated.
public enum MaskReason: String, CaseIterable, Codable, Sendable {
    /// The words stand inside quotation marks: someone else's words, which may be known from elsewhere.
    case quoted
    /// The words stand in the prompt, so repeating them shows nothing.
    case copiedFromPrompt
    /// The words stand in many documents of the corpus: bylines, notices, invitations to subscribe.
    case boilerplate

    /// The reason's bit in a mask.
    var bit: UInt8 {
        switch self {
        case .quoted: 1
        case .copiedFromPrompt: 2
        case .boilerplate: 4
        }
    }
}
