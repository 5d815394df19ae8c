/// What is true in one simulated experiment.
///
/// Rates are those of windows. With one window per document they are the rates of documents too.
struct Scenario: Sendable {
    /// Numbers of windows that documents have.
    enum Windows: Sendable {
        /// Every document has as many.
        case same(Int)
        /// Each number up to the largest is as likely as any other, whatever the arm.
        case upTo(Int)
    }

    /// Replies that never come, in either arm alike.
    enum Missing: Sendable {
        /// None.
        case none
        /// Each with this probability.
        case independent(Double)
        /// With one probability where the suffix would have come back, and with another where it would not.
        case outcome(hit: Double, miss: Double)
    }

    /// How the prefix is found that is put before every window.
    enum Selection: Sendable {
        /// There is one only.
        case none
        /// The one of 20 that tells the arms best apart on the learning fold.
        case learningFold
        /// The one of 20 that tells the arms best apart on the very documents that are tested afterwards, which no
        /// audit may do.
        case testedDocuments
    }

    /// What is to be expected of the error rate.
    enum Claim: String, Sendable {
        /// The arms are exchangeable and the procedure is Rote's: the level holds.
        case holds
        /// The procedure is wrong on purpose: a harness that does not see it sees nothing.
        case exceeds
    }

    /// What is special, in words; empty in the grid.
    var name = ""
    /// Probability that a window of a suspect document comes back.
    var suspectRate: Double
    /// Probability that a window of a control document comes back.
    var controlRate: Double
    /// Numbers of windows.
    var windows = Windows.same(1)
    /// Correlation of two windows of one document, of their hits and of their ln p: 0 … 1.
    var correlation = 0.0
    /// Number of suspect documents that are tested.
    var suspects = 60
    /// Number of control documents that are tested.
    var controls = 60
    /// How much rate and ln p rise from the first document that is sent to the last: 0 not at all, 1 from a fifth to
    /// nine fifths of the mean rate and by two standard deviations of ln p.
    var drift = 0.0
    /// Replies that do not come.
    var missing = Missing.none
    /// How the prefix is chosen.
    var selection = Selection.none
    /// Whether windows have log-probabilities.
    var hasScores = true
    /// What is to be expected.
    var claim = Claim.holds
}

extension Scenario {
    /// Exchangeable arms.
    static func null(_ rate: Double, windows: Int = 8, correlation: Double = 0.2) -> Scenario {
        Scenario(suspectRate: rate, controlRate: rate, windows: .same(windows), correlation: correlation)
    }

    /// The scenario for a line of text.
    var title: String {
        let rates = suspectRate == controlRate ? "\(controlRate)" : "\(controlRate) against \(suspectRate)"
        return "rate \(rates), windows \(windows), correlation \(correlation)" + (name.isEmpty ? "" : ", \(name)")
    }
}

extension Scenario.Windows: CustomStringConvertible {
    var description: String {
        switch self {
        case .same(let count): "\(count)"
        case .upTo(let most): "1-\(most)"
        }
    }
}

extension Scenario.Missing: CustomStringConvertible {
    var description: String {
        switch self {
        case .none: "none"
        case .independent(let rate): "\(rate)"
        case .outcome(let hit, let miss): "\(hit) of hits and \(miss) of others"
        }
    }
}

extension Scenario.Selection: CustomStringConvertible {
    var description: String {
        switch self {
        case .none: "none"
        case .learningFold: "best of 20 on the learning fold"
        case .testedDocuments: "best of 20 on the tested documents"
        }
    }
}
