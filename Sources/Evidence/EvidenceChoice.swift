import Audit
import Corpus

/// Which windows go into a bundle.
public enum EvidenceChoice: Sendable, Hashable {
    /// All windows of these documents.
    case documents([ArmedDocument])
    /// The windows that came back whole, in the order of observation, at most so many.
    case reproduced(limit: Int)

    /// The places of the chosen windows in a list of observations.
    ///
    /// - Parameters:
    ///   - observed: The document of each observation.
    ///   - reproduced: The places of what came back, the foremost first.
    /// - Throws: ``EvidenceError``: `unknownDocument`, or `nothingChosen`.
    func places(among observed: [ArmedDocument], reproduced: () -> [Int]) throws(EvidenceError) -> [Int] {
        let places: [Int]
        switch self {
        case .documents(let documents):
            let known = Set(observed)
            for document in documents where !known.contains(document) {
                throw .unknownDocument(arm: document.arm, document: document.document)
            }
            let wanted = Set(documents)
            places = observed.indices.filter { wanted.contains(observed[$0]) }
        case .reproduced(let limit):
            places = Array(reproduced().prefix(max(0, limit)))
        }
        guard !places.isEmpty else { throw .nothingChosen }
        return places
    }
}
