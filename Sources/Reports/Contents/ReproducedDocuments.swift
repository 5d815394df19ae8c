import Audit
import Corpus

/// The documents and windows that are shown as evidence, chosen by a rule that looks at nothing but order.
///
/// Documents with reproduced windows come with the most reproduced windows first, then by the bytes of their names.
/// Windows are taken one per document in turn, so that no single document fills the places. Some places are kept for
/// controls: what they recite shows a reader what any model would.
struct ReproducedDocuments {
    /// Most documents that are listed.
    static let documentPlaces = Places(total: 50, keptForControls: 10)
    /// Most windows that are quoted.
    static let passagePlaces = Places(total: 10, keptForControls: 3)

    /// A reproduced window.
    struct Passage {
        let observation: Observation
        let reply: Sighting.Reply
        let score: Sighting.Score?
    }

    /// A document with at least one reproduced window.
    struct Reproduced {
        let outcome: DocumentOutcome
        let passages: [Passage]

        /// The longest run of words that any of the document's replies shares with it.
        var longestWords: Int { passages.map(\.reply.longestWords).max() ?? 0 }
        /// The longest run of characters that any of the document's replies shares with it.
        var longestCharacters: Int { passages.map(\.reply.longestCharacters).max() ?? 0 }
    }

    /// The listed documents, suspects first.
    let documents: [Reproduced]
    /// The quoted windows, suspects first.
    let passages: [Passage]
    /// The number of documents with reproduced windows, listed or not.
    let documentCounts: (suspect: Int, control: Int)
    /// The number of reproduced windows, quoted or not.
    let passageCounts: (suspect: Int, control: Int)

    init(_ analysis: Analysis) {
        let suffixTokens = analysis.record.header.plan.shape.suffixTokens
        var found: [ArmedDocument: [Passage]] = [:]
        for observation in analysis.record.observations {
            guard let sighting = observation.sighting, let reply = sighting.reply, reply.run == suffixTokens else {
                continue
            }
            found[ArmedDocument(arm: observation.arm, document: observation.document), default: []]
                .append(Passage(observation: observation, reply: reply, score: sighting.score))
        }
        func reproduced(_ arm: Arm) -> [Reproduced] {
            analysis.outcomes.filter { $0.arm == arm && $0.isHit }
                .sorted { ($1.reproduced, $0.document) < ($0.reproduced, $1.document) }
                .map { outcome in
                    let passages = found[ArmedDocument(arm: arm, document: outcome.document)] ?? []
                    return Reproduced(
                        outcome: outcome,
                        passages: passages.sorted { $0.observation.window < $1.observation.window })
                }
        }
        let (suspects, controls) = (reproduced(.suspect), reproduced(.control))
        documentCounts = (suspects.count, controls.count)
        let listed = Self.documentPlaces.shares(suspects: suspects.count, controls: controls.count)
        documents = Array(suspects.prefix(listed.suspects)) + Array(controls.prefix(listed.controls))

        let (fromSuspects, fromControls) = (Self.inTurn(suspects), Self.inTurn(controls))
        passageCounts = (fromSuspects.count, fromControls.count)
        let quoted = Self.passagePlaces.shares(suspects: fromSuspects.count, controls: fromControls.count)
        passages = Array(fromSuspects.prefix(quoted.suspects)) + Array(fromControls.prefix(quoted.controls))
    }

    /// The first window of every document, then the second of every document that has one, and so on.
    private static func inTurn(_ documents: [Reproduced]) -> [Passage] {
        let rounds = documents.map(\.passages.count).max() ?? 0
        return (0..<rounds).flatMap { round in
            documents.compactMap { round < $0.passages.count ? $0.passages[round] : nil }
        }
    }
}

/// Places in a list that both arms share.
struct Places {
    /// The number of places.
    let total: Int
    /// Places that suspects take only when there are too few controls to fill them.
    let keptForControls: Int

    /// How many of each arm get a place.
    func shares(suspects: Int, controls: Int) -> (suspects: Int, controls: Int) {
        let controlShare = min(controls, max(keptForControls, total - suspects))
        return (min(suspects, total - controlShare), controlShare)
    }
}
