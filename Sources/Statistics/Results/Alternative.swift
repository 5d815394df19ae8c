/// Which departure from the null hypothesis a test looks for, always read as "suspect compared with control".
public enum Alternative: String, Codable, Sendable, Hashable, CaseIterable {
    /// The suspect arm is larger.
    case greater
    /// The suspect arm is smaller.
    case less
    /// Either arm is larger.
    case twoSided

    /// The same departure with the arms' names exchanged.
    var mirrored: Alternative {
        switch self {
        case .greater: .less
        case .less: .greater
        case .twoSided: .twoSided
        }
    }
}
