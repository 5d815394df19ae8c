import Audit
import Corpus

/// The same documents as two models see them.
struct JoinedDocuments: Sendable {
    /// One document, seen twice.
    struct Pair: Sendable {
        /// Arm and name.
        let name: ArmedDocument
        /// What the target's run saw.
        let target: ComparedDocument
        /// What the reference's run saw.
        let reference: ComparedDocument
        /// Scores in the scale of the comparison, if both runs have one.
        let scores: Scores?
        /// Documents with the same number have as many windows in either run, and are compared with each other.
        let stratum: Int
    }

    /// The scores of one document.
    struct Scores: Sendable, Hashable {
        let target: Double
        let reference: Double
        /// Target minus reference.
        var difference: Double { target - reference }
    }

    /// The scale of the scores.
    let scale: ComparisonScale
    /// The suspect documents, by name.
    let suspect: [Pair]
    /// The control documents, by name.
    let control: [Pair]

    /// Joins two runs of the same documents.
    ///
    /// Where both models read the same tokens, a document's score is the mean over the windows that both runs scored.
    /// Where they do not, each run's scores are standardised over all documents of both arms, which knows nothing of
    /// the arms and so leaves a permutation of documents exact.
    ///
    /// - Parameters:
    ///   - target: The run of the model that is asked about.
    ///   - reference: The run of the model that it is compared with.
    ///   - scale: The scale of the scores.
    /// - Complexity: O(*n* log *n*) in windows.
    init(target: ComparedRun, reference: ComparedRun, scale: ComparisonScale) {
        let names = target.documents.keys.filter { reference.documents[$0] != nil }
            .sorted { ($0.arm.rawValue, $0.document) < ($1.arm.rawValue, $1.document) }
        let both = names.compactMap { name in
            target.documents[name].flatMap { first in reference.documents[name].map { (first, $0) } }
        }
        let counts = both.map { [$0.windows.count, $1.windows.count] }
        let strata = Dictionary(
            uniqueKeysWithValues: Set(counts).sorted { $0.lexicographicallyPrecedes($1) }.enumerated()
                .map { ($1, $0) })
        let scores = Self.scores(both, scale)
        var arms: [Arm: [Pair]] = [:]
        for (index, (first, second)) in both.enumerated() {
            arms[first.name.arm, default: []].append(
                Pair(
                    name: first.name, target: first, reference: second, scores: scores[index],
                    stratum: strata[counts[index]] ?? 0))
        }
        self.scale = scale
        suspect = arms[.suspect] ?? []
        control = arms[.control] ?? []
    }

    private static func scores(
        _ both: [(ComparedDocument, ComparedDocument)], _ scale: ComparisonScale
    ) -> [Scores?] {
        switch scale {
        case .nats:
            return both.map { first, second in
                first.meanLn(whereAlsoScoredIn: second).flatMap { target in
                    second.meanLn(whereAlsoScoredIn: first).map { Scores(target: target, reference: $0) }
                }
            }
        case .standardDeviations:
            let means = both.map { first, second in
                first.meanLn.flatMap { target in second.meanLn.map { Scores(target: target, reference: $0) } }
            }
            let target = Standardisation(means.compactMap { $0?.target })
            let reference = Standardisation(means.compactMap { $0?.reference })
            return means.map { scores in
                scores.map { Scores(target: target($0.target), reference: reference($0.reference)) }
            }
        }
    }
}

/// The scale in which scores of two models are compared.
public enum ComparisonScale: String, Codable, Hashable, Sendable {
    /// Both models read the same tokens of the same windows, so that log-probabilities mean the same.
    case nats
    /// The models cut text differently; each model's scores are measured by how much they differ between documents.
    case standardDeviations
}

/// Centres values and divides them by their standard deviation; values that are all the same become 0.
private struct Standardisation {
    private let mean: Double
    private let deviation: Double

    init(_ values: [Double]) {
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        self.mean = mean
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        // What is left of equal numbers after rounding is no variation.
        self.deviation = deviation > 1e-12 * abs(mean) ? deviation : 0
    }

    func callAsFunction(_ value: Double) -> Double { deviation > 0 ? (value - mean) / deviation : 0 }
}
