import Corpus
import Inference
import PrefixLearning
import Logging

@testable import Audit
@testable import Inference

/// Sessions on toy servers, without the start-up test: what the toy can do is known.
func withToyFleet<Value: Sendable>(
    _ toys: [ToyServer], ways: (unlikely: ForcingWay, recited: ForcingWay) = (.grammar, .grammar),
    patience: Duration = .seconds(60), hangsUp: @escaping @Sendable (String) -> Bool = { _ in false },
    _ body: (Fleet) async throws -> Value
) async throws -> Value {
    try await withToys(toys, hangsUp: hangsUp) { servers in
        var sessions: [ServerSession] = []
        for server in servers {
            let properties = try await server.properties()
            sessions.append(
                ServerSession(
                    server: server, properties: properties,
                    selfTest: SelfTestReport(
                        ways: [.init(way: .single, largestDifference: 0, obstacle: nil)], obstacle: nil),
                    calibration: Calibration(measurements: [], unlikely: ways.unlikely, recited: ways.recited),
                    scorer: ForcedScorer(
                        source: server, neutralToken: 97, vocabulary: properties.vocabulary ?? 0, reusesCache: false)))
        }
        return try await body(
            Fleet(
                sessions: sessions, patience: patience, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        )
    }
}

/// Suspect and control documents, and a model that has read some of the suspects, some of them only to their middle.
struct ToyCorpus: Sendable {
    let suspect: [Document]
    let control: [Document]
    let model: ToyModel

    init(seed: UInt64, documents: Int = 4, bytes: Int = 60) {
        var maker = TextMaker(seed: seed)
        let strange = ToyModel(seed: seed)
        let foreign = ["é", "東京", "🦊", "“a”", "ть"]
        func texts(_ prefix: String) -> [Document] {
            (0..<documents).map { number in
                // Every other document has characters that the vocabulary splits.
                let extra = number % 2 == 0 ? "" : foreign[number % foreign.count] + " "
                return document(
                    "\(prefix)\(number)", maker.text(bytes: bytes / 2) + extra + maker.text(bytes: bytes / 2))
            }
        }
        suspect = texts("s")
        control = texts("c")
        let read = suspect.enumerated().map { index, document in
            let tokens = strange.tokenize(document.text).tokens
            return index % 3 == 2 ? Array(tokens.prefix(13)) : tokens
        }
        model = ToyModel(seed: seed, remembering: read)
    }

    func prepare(_ options: AuditOptions, leading: [TokenID] = []) async throws -> Preparation {
        try await Planner(suspect: suspect, control: control, options: options).prepare(
            model: "toy", elicitation: .none(leading: leading)
        ) { documents in documents.map { model.tokenize($0.text) } }
    }
}
