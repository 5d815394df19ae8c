import Corpus
import Inference
import Statistics

@testable import Audit
@testable import Inference

/// What is to be seen of one window of four suffix tokens, of which two are scored in every window.
struct SeenWindow {
    /// ln p of the scored tokens; nil for a window without a forced score.
    var lns: [Double]?
    /// Which scored tokens are greedy, as the journal writes it.
    var greedy = "00"
    /// The run of the greedy reply, if one was generated.
    var run: Int?
    /// Whether a token is below what the server can represent.
    var isCensored = false
    /// Whether no answer came.
    var isFailed = false
}

extension RecordMaker {
    /// The record of a run whose windows went as told, in the order given.
    func record(windows seen: [(arm: Arm, windows: [SeenWindow])]) throws -> RunRecord {
        let documents = seen.map {
            SeenDocument(arm: $0.arm, windows: Array(repeating: false, count: $0.windows.count))
        }
        return try record(documents) { reading in
            let windows = seen.flatMap(\.windows)
            reading.observations = zip(reading.observations, windows).map { observation, window in
                Observation(
                    probe: "", arm: observation.arm, document: observation.document, window: observation.window,
                    start: observation.start, prefix: observation.prefix, suffix: observation.suffix,
                    server: observation.server,
                    result: window.isFailed ? .failed("no answer") : .seen(Self.sighting(window)))
            }
        }
    }

    private static func sighting(_ window: SeenWindow) -> Sighting {
        let reply = window.run.map {
            Sighting.Reply(
                tokens: [], text: "", asked: 4, run: $0, longestCharacters: 0, longestWords: 0, stop: .limit)
        }
        let score = window.lns.map { lns in
            var tokens = zip(lns, window.greedy).map { TokenScore(token: 1, ln: $0, isGreedy: $1 == "1") }
            if window.isCensored, let last = tokens.popLast() {
                tokens.append(TokenScore(token: last.token, ln: -1e30, isGreedy: false))
            }
            return Sighting.Score(ForcedScore(tokens: tokens, suffixCount: 4, requests: 1), way: .single)
        }
        return Sighting(reply: reply, score: score, requests: 1)
    }
}
