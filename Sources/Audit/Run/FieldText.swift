import Corpus

extension MetadataValue {
    /// The value as it is shown and grouped by: text as it is, whole numbers without a fraction, the rest as JSON.
    var text: String {
        switch self {
        case .string(let text): text
        case .number(let number):
            if let whole = Int(exactly: number) { String(whole) } else { String(number) }
        case .bool(let truth): truth ? "true" : "false"
        case .json(let json): json
        }
    }
}
