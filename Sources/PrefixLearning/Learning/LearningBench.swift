import Corpus
import Inference

/// What sources of candidates and the learner work with: the servers, the documents and the rules.
public struct LearningBench: Sendable {
    /// Scores windows, and counts every request.
    public let scorer: LiftScorer
    /// The documents of the learning fold.
    public let documents: [LearningDocument]
    /// Finds pieces of any document, tested ones included, in what is proposed.
    public let screen: LeakageFilter
    /// What the model's tokenizer puts before every text.
    public let leading: [TokenID]
    /// The most tokens that may be put around a prefix.
    public let room: Int
    /// Seed of every random choice.
    public let seed: UInt64

    /// Lays out a bench.
    public init(
        scorer: LiftScorer, documents: [LearningDocument], screen: LeakageFilter, leading: [TokenID], room: Int,
        seed: UInt64
    ) {
        self.scorer = scorer
        self.documents = documents
        self.screen = screen
        self.leading = leading
        self.room = room
        self.seed = seed
    }

    /// The servers of the model under test.
    public var fleet: Fleet { scorer.fleet }
    /// Counts the requests.
    public var ledger: CallLedger { scorer.ledger }

    /// The learning documents of one arm.
    public func documents(of arm: Arm) -> [LearningDocument] { documents.filter { $0.name.arm == arm } }
}

/// Something that proposes candidates.
public protocol CandidateSource: Sendable {
    /// Proposes candidates; asking the model under test is booked in the bench's ledger.
    ///
    /// - Returns: The proposals, best first, and sentences for the user about what could not be proposed.
    func propose(on bench: LearningBench) async throws -> (candidates: [Candidate], notices: [String])
}
