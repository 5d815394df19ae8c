import Corpus
import Synchronization

/// What a run tells while it goes on.
public struct MeasurementProgress: Hashable, Sendable {
    /// Probes observed, those of earlier sittings included.
    public fileprivate(set) var observed = 0
    /// Probes planned.
    public let planned: Int
    /// Probes observed in this sitting.
    public fileprivate(set) var observedNow = 0
    /// Probes of suspect documents with a reply that regurgitates, so far.
    public fileprivate(set) var suspectHits = 0
    /// Probes of control documents with such a reply, so far.
    public fileprivate(set) var controlHits = 0
    /// Probes whose first reply was a refusal, so far.
    public fileprivate(set) var refusals = 0
    /// Probes without a usable answer, so far.
    public fileprivate(set) var failures = 0
}

/// Counts observations as they come in.
final class MeasurementTally: Sendable {
    private let state: Mutex<MeasurementProgress>

    /// Starts with what an earlier sitting recorded.
    init(planned: Int, recorded: [MeasurementObservation]) {
        var progress = MeasurementProgress(planned: planned)
        for observation in recorded { Self.count(observation, &progress) }
        state = Mutex(progress)
    }

    /// Takes an observation of this sitting.
    func add(_ observation: MeasurementObservation) -> MeasurementProgress {
        state.withLock { progress in
            Self.count(observation, &progress)
            progress.observedNow += 1
            return progress
        }
    }

    /// Where the run stands.
    var current: MeasurementProgress { state.withLock { $0 } }

    private static func count(_ observation: MeasurementObservation, _ progress: inout MeasurementProgress) {
        progress.observed += 1
        guard let sighting = observation.sighting else {
            progress.failures += 1
            return
        }
        if sighting.replies.first?.judgement.replyClass == .refused { progress.refusals += 1 }
        guard sighting.replies.contains(where: \.judgement.regurgitates) else { return }
        switch observation.arm {
        case .suspect: progress.suspectHits += 1
        case .control: progress.controlHits += 1
        }
    }
}
