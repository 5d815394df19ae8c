import Audit

extension Gate.Name {
    /// What has to hold, as a short sentence.
    var condition: String {
        switch self {
        case .frozenPlan: "The run is the one that was planned."
        case .serverSelfTest: "The server's log-probabilities agree with each other."
        case .transportEquality: "Both arms were answered equally often."
        case .nearDuplicates: "The arms do not share documents."
        case .blindBaseline: "The arms cannot be told apart by their texts alone."
        case .controlHalves: "Controls do not differ from controls."
        case .replicateNoise: "Asking again gives the same answers."
        case .negativeControl: "The same test does not accuse a model that cannot have seen the documents."
        }
    }
}
