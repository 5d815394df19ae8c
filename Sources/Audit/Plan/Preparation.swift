import Corpus
import Inference
import PrefixLearning
import Statistics

/// Everything that is settled before the first probe is sent.
public struct Preparation: Sendable {
    /// The frozen plan.
    public let plan: AuditPlan
    /// The documents that take part, in the order in which they are sent.
    public let documents: [PreparedDocument]
    /// The documents that do not.
    public let excluded: [ExcludedDocument]
    /// Pairs of documents that say largely the same across the arms.
    public let pairsBetweenArms: Int
    /// How well the arms can be told apart by their texts alone, if there are two.
    public let blindBaseline: BlindBaselineFinding?
    /// How the window shape was chosen, in a sentence.
    public let shapeChoice: String

    /// What the journal says of the documents, in the order of sending.
    var documentRecords: [DocumentRecord] {
        documents.map { document in
            var digest = ProbesDigest()
            document.add(to: &digest, shape: plan.shape)
            return DocumentRecord(document, probes: digest.hex)
        }
    }

    /// Tokens of all contexts together.
    public var promptTokens: Int {
        documents.reduce(0) { sum, document in
            sum + document.starts.count * (document.elicitation.tokenCount + plan.shape.prefixTokens)
        }
    }

    /// Every window, in the order in which it is sent.
    public var probes: [Probe] {
        documents.enumerated().flatMap { index, document in
            document.starts.indices.map { Probe(document: index, window: $0) }
        }
    }
}

/// One window of one prepared document.
public struct Probe: Hashable, Sendable {
    /// Index into the prepared documents.
    public let document: Int
    /// Index of the window within its document.
    public let window: Int
}
