import Audit
import Corpus

/// One shard as a journal keeps it, so that a verdict can be computed again without the corpus.
public struct ShardRecord: Sendable, Hashable, Codable {
    /// The documents that stay, in the published order.
    public let anchors: [DocumentID]
    /// The documents that change places, in an order that has nothing to do with the published one.
    public let movers: [DocumentID]
    /// For each place, which of ``movers`` stands there in the published order.
    public let published: [Int]

    init(_ layout: ShardLayout, of documents: [Document]) {
        anchors = layout.anchors.map { documents[$0].id }
        movers = layout.movers.map { documents[$0].id }
        published = layout.published
    }
}

/// The first record of a test's journal: what is asked of what, under which plan.
public struct OrderRunHeader: Sendable, Codable {
    /// The journal's kind for this record; an audit's is another, so that neither continues the other.
    static let kind = "order-header"

    /// Version of the program.
    public let program: String
    /// The command line, without secrets.
    public let arguments: [String]
    /// When the test began, in UTC.
    public let startedAt: String
    /// The frozen plan.
    public let plan: OrderTestPlan
    /// SHA-256 of the plan's canonical JSON.
    public let planHash: String
    /// The files that the documents were read from.
    public let files: [InputFile]
    /// What the order itself says about whether it can have been drawn at random.
    public let gates: [OrderGate]
    /// Records that were dropped because an earlier one has the same text.
    public let droppedDuplicates: Int
    /// The shards that are tested.
    public let shards: [ShardRecord]
    /// The model file, when the run started a server for it.
    public let modelFile: ModelFile?
    /// The servers, as they were found at the start.
    public let servers: [ServerRecord]

    /// Whether every shard is one of the plan, with each mover in one place.
    var isWhole: Bool {
        OrderTestOptions.allowedPlaces.contains(plan.places) && shards.count == plan.shards && !shards.isEmpty
            && plan.alpha > 0 && plan.alpha < 1
            && shards.allSatisfy { shard in
                shard.movers.count == plan.places && shard.anchors.count == plan.places + 1
                    && shard.published.sorted() == Array(0..<plan.places)
            }
    }
}

/// The last record of a sitting that left nothing to ask: what was found; it can be computed again.
struct OrderVerdictRecord: Encodable {
    /// The journal's kind for this record.
    static let kind = "order-verdict"

    let finishedAt: String
    let verdict: OrderVerdict
}

/// What a sitting after the first adds to a journal before its observations.
struct OrderResume: Encodable {
    /// The journal's kind for this record.
    static let kind = "order-resume"

    let arguments: [String]
    let startedAt: String
    let servers: [ServerRecord]
}
