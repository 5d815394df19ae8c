import Corpus
import Statistics

/// The running evidence of the extraction test, pair by pair in the planned order.
///
/// Observations arrive in any order; a pair is bet on when all its windows and all pairs before it are there, so the
/// evidence depends on the plan and on what was seen, and not on which server was quicker. It ends with the pair at
/// which it decides: whatever was observed beyond is not looked at. That is why stopping early, going on after an
/// interruption and analysing the journal years later all give the same number, and why its error rate holds at every
/// one of these moments (Ville, 1939).
///
/// Runs of disjoint documents are independent given the rates, so their evidence may be multiplied (its logarithms added)
/// in an order fixed beforehand, and the product compared with the same bound.
public struct PairedEvidence: Sendable {
    /// What is known of one pair.
    private struct Pair {
        var windowsToCome: Int
        var suspectHit = false
        var controlHit = false
    }

    private let suffixTokens: Int
    private let places: [ArmedDocument: Int]
    private var pairs: [Pair]
    private var decision: HybridDecision
    /// Number of pairs that have been bet on.
    public private(set) var pairsUsed = 0

    /// Starts without observations, or returns `nil` for a run that does not end early.
    ///
    /// - Parameters:
    ///   - plan: The plan of the run.
    ///   - documents: The documents in the order of sending, with pair and number of windows of each.
    /// - Throws: `StatisticsError` when the plan's level or bet is void.
    package init?(
        plan: AuditPlan, documents: [(document: ArmedDocument, pair: Int?, windows: Int)]
    ) throws(StatisticsError) {
        // The numbers may come from a file.
        let count = min(max(0, plan.pairs), documents.count / 2)
        guard plan.sequentialLevel != nil, count > 0 else { return nil }
        decision = try HybridDecision(alpha: plan.alpha * plan.extractionShare, bet: plan.bet)
        suffixTokens = plan.shape.suffixTokens
        pairs = Array(repeating: Pair(windowsToCome: 0), count: count)
        var places: [ArmedDocument: Int] = [:]
        for entry in documents {
            guard let pair = entry.pair, pairs.indices.contains(pair) else { continue }
            places[entry.document] = pair
            pairs[pair].windowsToCome &+= entry.windows
        }
        self.places = places
    }

    /// Whether the evidence decides: nothing more need be sent.
    public var hasStopped: Bool { decision.hasStopped }
    /// ln of the largest evidence so far, in nats.
    public var logEvidence: Double { decision.process.highestLogEvidence }
    /// The evidence as a test.
    var test: TestResult { decision.sequentialTest }

    /// Takes an observation.
    ///
    /// A window without an answer counts against the suspicion: as not reproduced for a suspect document, as reproduced
    /// for a control document.
    mutating func add(_ observation: Observation) {
        guard let place = places[ArmedDocument(arm: observation.arm, document: observation.document)] else { return }
        let isReproduced = observation.isReproduced(suffixTokens: suffixTokens)
        add(
            windows: 1, hit: observation.arm == .suspect ? isReproduced : isReproduced || observation.sighting == nil,
            observation.arm, to: place)
    }

    /// Takes all windows of a document at once.
    package mutating func add(_ outcome: DocumentOutcome) {
        guard let place = places[ArmedDocument(arm: outcome.arm, document: outcome.document)] else { return }
        add(
            windows: outcome.windows, hit: outcome.arm == .suspect ? outcome.isHit : outcome.mayBeHit, outcome.arm,
            to: place)
    }

    private mutating func add(windows: Int, hit: Bool, _ arm: Arm, to place: Int) {
        pairs[place].windowsToCome -= windows
        switch arm {
        case .suspect: if hit { pairs[place].suspectHit = true }
        case .control: if hit { pairs[place].controlHit = true }
        }
        while !hasStopped, pairsUsed < pairs.count, pairs[pairsUsed].windowsToCome <= 0 {
            decision.observe(suspectHit: pairs[pairsUsed].suspectHit, controlHit: pairs[pairsUsed].controlHit)
            pairsUsed += 1
        }
    }
}

extension Observation {
    /// Whether greedy decoding reproduced the whole suffix.
    func isReproduced(suffixTokens: Int) -> Bool { sighting?.reply?.run == suffixTokens }
}
