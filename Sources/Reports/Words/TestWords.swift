import Statistics

extension Exactness {
    /// What guarantees the p-value, in plain words.
    var guarantee: String {
        switch self {
        case .exact: "exact at any number of documents"
        case .exactConditional: "exact at any number of documents, given the totals"
        case .monteCarlo(let resamples, let seed):
            "valid at any number of documents: \(ReportNumber.count(resamples)) random arrangements, seed \(seed)"
        case .asymptotic: "approximate: not guaranteed for few documents"
        case .anytime: "valid whenever one stops"
        }
    }
}

extension IntervalMethod {
    /// The method's name for people.
    package var title: String {
        switch self {
        case .clopperPearson: "Clopper–Pearson"
        case .wilson: "Wilson score"
        case .jeffreys: "Jeffreys"
        case .newcombeHybrid: "Newcombe hybrid score"
        case .miettinenNurminen: "Miettinen–Nurminen score"
        case .katz: "Katz logarithmic"
        case .conditionalExact: "conditional exact"
        case .robinsBreslowGreenland: "Robins–Breslow–Greenland"
        case .student: "Student"
        case .clusterRatio: "cluster ratio"
        case .clusterBootstrap: "cluster bootstrap"
        case .hedgedCapital: "hedged capital"
        case .betaBinomialMixture: "beta-binomial mixture"
        }
    }
}
