import Corpus
import PrefixLearning

/// The documents that prefixes are learned from, drawn from both arms; the others are left for the test.
///
/// A document is learned from or tested, never both: what was chosen because it did well on a document says nothing new
/// about it.
public struct LearningFold: Sendable {
    /// The documents, suspects first, each arm in the order of its names.
    public let documents: [CutDocument]
    /// Their names.
    public var names: Set<ArmedDocument> { Set(documents.map(\.name)) }

    /// Most documents of one arm that are learned from; more would cost the test without helping the choice.
    public static let mostPerArm = 120

    /// Draws the fold.
    ///
    /// - Parameters:
    ///   - corpus: The documents.
    ///   - share: The share of each arm, at most ``mostPerArm`` documents.
    ///   - seed: The run's seed.
    public init(_ corpus: CutCorpus, share: LearningFraction, seed: UInt64) {
        var drawn: Set<ArmedDocument> = []
        for arm in Arm.allCases {
            let names = corpus.documents.filter { $0.arm == arm }.map(\.document.id)
            let capped = LearningFraction(min(share.value, Double(Self.mostPerArm) / Double(max(1, names.count))))
            let split = FoldSplit.split(
                documents: names, arm: arm, learningFraction: capped ?? share, seed: seed)
            drawn.formUnion(split.learning.map { ArmedDocument(arm: arm, document: $0) })
        }
        documents = corpus.documents.filter { drawn.contains($0.name) }
    }

    /// The documents as learning sees them: the first window of each, without what is put around it.
    public func learningDocuments(shape: WindowShape) -> [LearningDocument] {
        documents.filter { !$0.starts.isEmpty }.map { document in
            LearningDocument(
                name: document.name, document: document.document, window: document.window(0, shape: shape),
                opening: document.opening(shape: shape))
        }
    }
}
