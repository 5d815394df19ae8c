import Corpus
import Inference
import Statistics
import Synchronization

/// Counts observations as they come in, and says when they suffice.
final class RunTally: Sendable {
    private struct State {
        var observed = 0
        var observedNow = 0
        var reproduced = (suspect: 0, control: 0)
        var failures = 0
        var evidence: PairedEvidence?
    }

    private let planned: Int
    private let suffixTokens: Int
    private let needed: Double?
    private let state: Mutex<State>

    /// Starts with what an earlier sitting recorded.
    init(_ recorded: [Observation], _ preparation: Preparation) throws(AuditError) {
        let plan = preparation.plan
        planned = preparation.probes.count
        suffixTokens = plan.shape.suffixTokens
        needed = plan.sequentialLevel.flatMap { try? LogProbability($0) }.map { -$0.ln }
        var state = State()
        do throws(StatisticsError) {
            state.evidence = try PairedEvidence(
                plan: plan,
                documents: preparation.documents.map {
                    (ArmedDocument(arm: $0.arm, document: $0.document.id), $0.pair, $0.starts.count)
                })
        } catch { throw .statistics("\(error)") }
        for observation in recorded { Self.count(observation, &state, suffixTokens) }
        self.state = Mutex(state)
    }

    /// Takes an observation of this sitting.
    func add(_ observation: Observation) -> AuditProgress {
        state.withLock { state in
            Self.count(observation, &state, suffixTokens)
            state.observedNow += 1
            return progress(state)
        }
    }

    /// Where the run stands.
    var current: AuditProgress { state.withLock { progress($0) } }

    /// Whether more observations are wanted.
    var continuation: Fleet.Continuation {
        state.withLock { $0.evidence?.hasStopped ?? false } ? .stop : .goOn
    }

    private func progress(_ state: State) -> AuditProgress {
        AuditProgress(
            observed: state.observed, planned: planned, observedNow: state.observedNow,
            reproduced: state.reproduced, failures: state.failures,
            evidence: state.evidence.flatMap { evidence in needed.map { (evidence.logEvidence, $0) } })
    }

    private static func count(_ observation: Observation, _ state: inout State, _ suffixTokens: Int) {
        state.observed += 1
        if observation.sighting == nil { state.failures += 1 }
        if observation.isReproduced(suffixTokens: suffixTokens) {
            switch observation.arm {
            case .suspect: state.reproduced.suspect += 1
            case .control: state.reproduced.control += 1
            }
        }
        state.evidence?.add(observation)
    }
}
