import Audit
import Corpus
import Statistics

/// The observations of the documents that count, by document.
struct CountedObservations {
    /// A document with its observations by window.
    struct Document {
        let outcome: DocumentOutcome
        let observations: [Observation]
    }

    /// The counted documents, in the order of sending.
    let documents: [Document]

    init(documents: [Document]) { self.documents = documents }

    init(_ analysis: Analysis) {
        let byDocument = Dictionary(grouping: analysis.record.observations) {
            ArmedDocument(arm: $0.arm, document: $0.document)
        }
        documents = analysis.outcomes.map { outcome in
            let found = byDocument[ArmedDocument(arm: outcome.arm, document: outcome.document)] ?? []
            return Document(outcome: outcome, observations: found.sorted { $0.window < $1.window })
        }
    }

    /// The documents of one arm.
    func documents(of arm: Arm) -> [Document] { documents.filter { $0.outcome.arm == arm } }

    /// The arms that have documents, suspects first.
    var arms: [Arm] { [.suspect, .control].filter { arm in documents.contains { $0.outcome.arm == arm } } }
}

extension Sighting.Score {
    /// Whether the numbers can be log-probabilities, which a journal that was written by hand need not hold.
    var isPossible: Bool {
        !lns.isEmpty && greedy.utf8.count == lns.count && lns.allSatisfy { $0.isFinite && $0 <= 0 }
    }
}

extension Observation {
    /// What is known of the probability that one sample is exactly the suffix; a bound of 1 without a usable score.
    func probabilityOfSuffix(tokens: Int) -> SuffixProbability {
        guard let score = sighting?.score, score.isPossible else { return .atMost(.certain) }
        let lns = score.lns.map { score.censored ? TokenLogProbability.atMost($0) : .exact($0) }
        return (try? SuffixProbability(lns, length: tokens)) ?? .atMost(.certain)
    }
}
