import Audit
import Corpus

/// Which windows go into a bundle.
public enum EvidenceChoice: Sendable, Hashable {
    /// All windows of these documents.
    case documents([ArmedDocument])
    /// The windows that came back whole, in the order of observation, at most so many.
    case reproduced(limit: Int)

    /// The places of the chosen windows in a list of observations, ascending.
    ///
    /// - Throws: ``EvidenceError``: `unknownDocument`, or `nothingChosen`.
    func places(in observations: [Observation], suffixTokens: Int) throws(EvidenceError) -> [Int] {
        let places: [Int]
        switch self {
        case .documents(let documents):
            let observed = Set(observations.map { ArmedDocument(arm: $0.arm, document: $0.document) })
            for document in documents where !observed.contains(document) {
                throw .unknownDocument(arm: document.arm, document: document.document)
            }
            let wanted = Set(documents)
            places = observations.indices.filter { place in
                wanted.contains(ArmedDocument(arm: observations[place].arm, document: observations[place].document))
            }
        case .reproduced(let limit):
            let reproduced = observations.indices.filter { observations[$0].sighting?.reply?.run == suffixTokens }
            places = Array(reproduced.prefix(max(0, limit)))
        }
        guard !places.isEmpty else { throw .nothingChosen }
        return places
    }
}
