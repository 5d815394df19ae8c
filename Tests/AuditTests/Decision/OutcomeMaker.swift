import Corpus
import Inference
import PrefixLearning
import Statistics

@testable import Audit
@testable import Inference

/// What is to be seen of one document.
struct SeenDocument {
    var arm: Arm
    /// For each window whether its suffix came back, or nil for a window without an answer.
    var windows: [Bool?]
    /// Log-probability of every scored token, in nats; nil for text alone.
    var ln: Double?
}

extension BlindBaselineFinding {
    /// A comparison of texts with this p-value.
    static func made(p: Double) -> BlindBaselineFinding {
        BlindBaselineFinding(
            area: 0.5, areaByChance: 0.5, documents: [1, 1],
            test: TestResult(
                method: "m", alternative: .greater, pValue: (try? LogProbability(p)) ?? .certain, exactness: .exact,
                sampleSizes: [1, 1]))
    }
}

/// Makes the journal of a run that went as a test wants it.
struct RecordMaker {
    var alpha = 0.01
    var delta = 0.01
    var extractionShare = 0.5
    var stopping = Stopping.never
    var pairs = 0
    var staging = Staging.staged
    var resamples = 999
    var seed: UInt64 = 1
    var servers = [RecordMaker.server(obstacle: nil)]
    var excluded: [ExcludedDocument] = []
    var pairsBetweenArms = 0
    var hasControl = true
    var negativeControl: NegativeControl?
    /// The p-value of the blind baseline.
    var blindP = 0.5

    static let shape = WindowShape(prefixTokens: 3, suffixTokens: 4)

    /// A server that passed its start-up test, or did not.
    static func server(obstacle: String?) -> ServerRecord {
        let client = HTTPClient(transport: HTTPTransport(), policy: .never)
        guard let address = try? ServerAddress("http://127.0.0.1:1") else { fatalError("a fixed address") }
        let server = LlamaServer(address: address, client: client)
        return ServerRecord(
            ServerSession(
                server: server,
                properties: ServerProperties(
                    slots: 1, contextTokens: 512, model: "m", build: "b", vocabulary: 9, parameters: 9, modelBytes: 9,
                    hasChatTemplate: false),
                selfTest: SelfTestReport(
                    ways: [.init(way: .single, largestDifference: 0.001, obstacle: nil)], obstacle: obstacle),
                calibration: .fixed(usable: [.single]),
                scorer: ForcedScorer(source: server, neutralToken: 1, vocabulary: 9, reusesCache: false)))
    }

    private func name(_ seen: SeenDocument, _ index: Int) -> DocumentID { DocumentID("\(seen.arm.rawValue)\(index)") }

    private func observations(_ seen: SeenDocument, _ index: Int) -> [Observation] {
        seen.windows.enumerated().map { window, isHit in
            let suffix = (0..<4).map { TokenID(rawValue: Int32(100 + $0 + window)) }
            var result = Observation.Result.failed("no answer")
            if let isHit {
                let reply = Sighting.Reply(
                    tokens: isHit ? suffix : [7], text: "", asked: 4, run: isHit ? 4 : 0, longestCharacters: 0,
                    longestWords: 0, stop: .limit)
                let score = seen.ln.map { ln in
                    Sighting.Score(
                        ForcedScore(
                            tokens: suffix.prefix(2).map { TokenScore(token: $0, ln: ln, isGreedy: isHit) },
                            suffixCount: 4, requests: 1), way: .single)
                }
                result = .seen(Sighting(reply: reply, score: score, requests: 1))
            }
            return Observation(
                probe: "", arm: seen.arm, document: name(seen, index), window: window, start: window,
                prefix: [TokenID(rawValue: Int32(index)), 2, 3], suffix: suffix, server: "http://127.0.0.1:1",
                result: result)
        }
    }

    func plan(_ seen: [SeenDocument], probes: String = "") throws -> AuditPlan {
        func arm(_ arm: Arm) -> AuditPlan.ArmPlan {
            let members = seen.filter { $0.arm == arm }
            return AuditPlan.ArmPlan(
                documents: members.count, windows: members.reduce(0) { $0 + $1.windows.count }, sha256: "")
        }
        guard let shape = Self.shape else { fatalError("a fixed shape") }
        return AuditPlan(
            version: AuditPlan.currentVersion, alpha: alpha, extractionShare: extractionShare, delta: delta,
            shape: shape, windowsPerDocument: 4, scoredTokens: 2, stopping: stopping,
            bet: .standard, pairs: pairs, staging: staging, extractability: .standard,
            elicitations: [.none(leading: [])], strictness: .fast, seed: seed, resamples: resamples,
            suspect: arm(.suspect), control: hasControl ? arm(.control) : nil, model: "m", probes: probes,
            negativeControl: negativeControl)
    }

    /// The outcomes alone, for the decision by itself.
    func outcomes(_ seen: [SeenDocument], _ plan: AuditPlan) -> [DocumentOutcome] {
        seen.enumerated().map { index, document in
            DocumentOutcome(
                arm: document.arm, document: name(document, index), observations: observations(document, index),
                fields: [:], plan: plan, thresholdLn: plan.extractability.thresholdLn)
        }
    }

    /// The record of a whole run; `change` may spoil it before it is analysed.
    func record(
        _ seen: [SeenDocument], change: (inout RunRecord.Reading) -> Void = { _ in }
    ) throws -> RunRecord {
        var reading = RunRecord.Reading(directory: "nowhere")
        var digest = ProbesDigest()
        for (index, document) in seen.enumerated() {
            let observations = observations(document, index)
            var own = ProbesDigest()
            own.begin(document.arm, name(document, index))
            digest.begin(document.arm, name(document, index))
            for observation in observations {
                own.add(start: observation.start, tokens: observation.prefix + observation.suffix)
                digest.add(start: observation.start, tokens: observation.prefix + observation.suffix)
            }
            reading.observations += observations
            reading.documents.append(
                DocumentRecord(
                    PreparedDocument(
                        cut: CutDocument(
                            arm: document.arm,
                            document: Document(
                                id: name(document, index), text: "", source: DocumentSource(file: "f")),
                            tokens: TokenizedText(tokens: [], pieces: []), starts: Array(document.windows.indices)),
                        elicitation: .none(leading: []), pair: index / 2 < pairs ? index / 2 : nil),
                    probes: own.hex))
        }
        let plan = try plan(seen, probes: digest.hex)
        reading.header = RunHeader(
            program: "test", arguments: [], startedAt: "", plan: plan, planHash: try plan.hash(), files: [],
            modelFile: nil, servers: servers, excluded: excluded, pairsBetweenArms: pairsBetweenArms,
            blindBaseline: hasControl ? .made(p: blindP) : nil, shapeChoice: "")
        let record = try RunRecord(reading, chain: "")
        reading.replicates = ReplicateChoice(record.counted(try record.pairedEvidence()), plan: plan).windows.map {
            window in
            reading.observations.first {
                ObservedWindow($0) == window
            }
        }.compactMap { $0 }
        change(&reading)
        return try RunRecord(reading, chain: "")
    }

    func summary(
        _ seen: [SeenDocument], change: (inout RunRecord.Reading) -> Void = { _ in }
    ) throws -> AnalysisSummary {
        try Analysis(try record(seen, change: change)).summary
    }

    /// Arms with so many documents, of which the first ones came back.
    static func arms(
        suspect: (hits: Int, of: Int, ln: Double?), control: (hits: Int, of: Int, ln: Double?), windows: Int = 2
    ) -> [SeenDocument] {
        func arm(_ arm: Arm, _ counts: (hits: Int, of: Int, ln: Double?)) -> [SeenDocument] {
            (0..<counts.of).map { index in
                SeenDocument(
                    arm: arm, windows: (0..<windows).map { $0 == 0 && index < counts.hits },
                    // Small differences, so that documents are not all the same.
                    ln: counts.ln.map { $0 - Double(index % 7) / 50 })
            }
        }
        return arm(.suspect, suspect) + arm(.control, control)
    }
}
