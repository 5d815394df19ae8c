import Audit
import Corpus

/// What one run saw of one document.
struct ComparedDocument: Hashable, Sendable {
    /// What one run saw of one window.
    struct Window: Hashable, Sendable {
        /// Index of the window within its document.
        let index: Int
        /// Whether the suffix came back; `nil` without a usable answer.
        let isReproduced: Bool?
        /// Log-probability of the first suffix tokens, in nats; `nil` without a score.
        let ln: Double?
    }

    /// Arm and name.
    let name: ArmedDocument
    /// The observed windows, in their order.
    let windows: [Window]

    /// Whether any window was reproduced verbatim.
    var isHit: Bool { windows.contains { $0.isReproduced == true } }
    /// Whether a window was reproduced, or may have been because it got no usable answer.
    var mayBeHit: Bool { windows.contains { $0.isReproduced != false } }
    /// Mean log-probability over the scored windows, in nats; `nil` without a score.
    var meanLn: Double? { Self.mean(windows.compactMap(\.ln)) }

    /// Mean log-probability over the windows that another run scored as well, in nats.
    func meanLn(whereAlsoScoredIn other: ComparedDocument) -> Double? {
        let scored = Set(other.windows.filter { $0.ln != nil }.map(\.index))
        return Self.mean(windows.filter { scored.contains($0.index) }.compactMap(\.ln))
    }

    /// Gathers the observations of a run by document; of two observations of a window the first counts.
    static func all(_ observations: [Observation], _ plan: AuditPlan) -> [ComparedDocument] {
        let byDocument = Dictionary(grouping: observations) {
            ArmedDocument(arm: $0.arm, document: $0.document)
        }
        return byDocument.map { name, members in
            let windows = Dictionary(members.map { ($0.window, $0) }, uniquingKeysWith: { first, _ in first })
            return ComparedDocument(
                name: name,
                windows: windows.values.sorted { $0.window < $1.window }.map { observation in
                    Window(
                        index: observation.window,
                        isReproduced: observation.sighting.map { $0.reply?.run == plan.shape.suffixTokens },
                        ln: observation.sighting?.score?.ln(ofFirst: plan.scoredTokens))
                })
        }
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
