/// A score of a document that its journal allows to compute; each is a mean over the document's windows.
public enum DocumentFeature: String, Codable, Hashable, Sendable, CaseIterable, CodingKeyRepresentable {
    /// ln p per token over the suffix's first tokens, which the likelihood test is about, in nats.
    case meanLn
    /// Min-20 %: ln p per token over the least likely fifth of the scored tokens, in nats.
    case minK
    /// The share of the scored tokens that greedy decoding would have chosen.
    case greedyShare
    /// The number of leading suffix tokens that greedy decoding reproduces.
    case greedyRun
    /// ln p of the whole suffix, in nats; an upper bound where scoring was abandoned or a token is censored.
    case suffixLn

    /// The share of tokens that Min-K % averages.
    static let lowestShare = 0.2

    /// A name for people.
    public var title: String {
        switch self {
        case .meanLn: "mean ln p per token"
        case .minK: "Min-20 % ln p per token"
        case .greedyShare: "share of greedy tokens"
        case .greedyRun: "greedy run in tokens"
        case .suffixLn: "ln p of the suffix"
        }
    }
}
