import Corpus
import PrefixLearning

/// Both corpora, cut into windows: what can be known before anything is put around a prefix.
public struct CutCorpus: Sendable {
    /// The documents that hold a window, suspects first, each arm in the order of its names.
    public let documents: [CutDocument]
    /// Length of prefix and suffix, in tokens.
    public let shape: WindowShape
    /// How the window shape was chosen, in a sentence.
    public let shapeChoice: String
    /// The documents that do not take part.
    let excluded: [ExcludedDocument]
}

/// What is put around the prefixes of each document, and what finding it out has used up.
public struct ElicitationChoice: Sendable {
    /// All elicitations in use; at least one.
    public let elicitations: [Elicitation]
    /// Documents that were learned from, which are not tested.
    public let usedUp: Set<ArmedDocument>
    /// How the elicitations were learned, or `nil` when nothing was learned.
    public let learning: LearningSummary?
    private let first: Elicitation
    private let index: @Sendable (_ document: CutDocument, _ opening: String) -> Int

    /// Chooses the same for all documents.
    public init(
        _ elicitation: Elicitation, usedUp: Set<ArmedDocument> = [], learning: LearningSummary? = nil
    ) {
        first = elicitation
        elicitations = [elicitation]
        self.usedUp = usedUp
        self.learning = learning
        index = { _, _ in 0 }
    }

    /// Chooses for each document by the text of its first prefix.
    ///
    /// - Parameters:
    ///   - first: The elicitation with index 0.
    ///   - others: The elicitations with index 1, 2, ….
    ///   - usedUp: Documents that were learned from.
    ///   - learning: How the elicitations were learned.
    ///   - index: The index for a document and the text of its first prefix; anything out of range means 0.
    public init(
        _ first: Elicitation, _ others: [Elicitation], usedUp: Set<ArmedDocument>, learning: LearningSummary,
        index: @escaping @Sendable (_ document: CutDocument, _ opening: String) -> Int
    ) {
        self.first = first
        elicitations = [first] + others
        self.usedUp = usedUp
        self.learning = learning
        self.index = index
    }

    func elicitation(for document: CutDocument, shape: WindowShape) -> Elicitation {
        guard elicitations.count > 1 else { return first }
        let chosen = index(document, document.opening(shape: shape))
        return elicitations.indices.contains(chosen) ? elicitations[chosen] : first
    }
}
