import Audit
import Corpus
import PrefixLearning

/// Everything that is settled before the first probe is sent.
public struct MeasurementPreparation: Sendable {
    /// The frozen plan.
    public let plan: MeasurementPlan
    /// The documents that take part, in the order in which they are sent.
    public let documents: [MeasuredDocument]
    /// The documents that do not.
    public let excluded: [UnmeasuredDocument]

    /// Every probe, in the order in which it is sent: those of one document together, so that a server can reuse what
    /// they share.
    public var probes: [MeasurementProbe] {
        documents.indices.flatMap { document in
            documents[document].windows.indices.flatMap { window in
                plan.elicitations.indices.map {
                    MeasurementProbe(document: document, window: window, elicitation: $0)
                }
            }
        }
    }

    /// The condition of a probe.
    func condition(of probe: MeasurementProbe) -> ProbeCondition {
        let window = documents[probe.document].windows[probe.window]
        return ProbeCondition(
            elicitation: plan.elicitations[probe.elicitation].id, prefixLength: window.prefixLength, place: window.place
        )
    }
}
