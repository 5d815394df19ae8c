import Corpus
import Foundation
import PrefixLearning
import Statistics

@testable import Audit
@testable import Inference

/// A small run that never met a server, written by the real journal writer and read back by the real reader.
struct SyntheticRun {
    /// One window as a server might have answered it.
    enum Window {
        /// The whole suffix came back.
        case reproduced(String, lnPerToken: Double)
        /// The whole suffix came back and nothing was scored.
        case reproducedUnscored(String)
        /// Only the first tokens were scored.
        case unknown(lnPerToken: Double)
        /// Scores as only a broken server would give them, past the checks of a live run.
        case scored([Double])
        /// Text that is not the suffix, without scores.
        case otherText(String)
        /// No usable answer.
        case failed(String)
    }

    struct SyntheticDocument {
        var arm: Arm
        var id: String
        var windows: [Window]
        var fields: [String: String] = [:]
    }

    var documents: [SyntheticDocument]
    var hasControl = true
    var alpha = 0.01
    var delta = 0.01
    var extractionShare = 0.5
    var stopping = Stopping.never
    var pairs = 0
    var staging = Staging.staged
    var model = "harbour-110m.gguf (110000000 parameters, 4096 tokens)"
    var leading: [TokenID] = [1]
    var program = "rote 0.1.0"
    var arguments = ["rote", "audit", "--suspect", "articles.jsonl", "--control", "held out.jsonl", "--run", "RUN"]
    var files = [
        InputFile(arm: .suspect, path: "articles.jsonl", bytes: 48_213, sha256: sha256Hex("suspect".utf8)),
        InputFile(arm: .control, path: "held out.jsonl", bytes: 47_001, sha256: sha256Hex("control".utf8)),
    ]
    var server = "http://127.0.0.1:8080"
    var obstacle: String?
    var excluded: [ExcludedDocument] = []
    var pairsBetweenArms = 0
    var continuedAt: String?
    /// Windows that the plan has and the journal has not.
    var missingWindows = 0

    static let shape = 16
    static let scored = 8

    /// Writes the run into a directory and analyses it.
    func analysis(in directory: String, groupedBy field: String? = nil) throws -> Analysis {
        let plan = try plan()
        let writer = try JournalWriter(directory: directory)
        let header = RunHeader(
            program: program, arguments: arguments, startedAt: "2025-11-21T08:00:00Z", plan: plan,
            planHash: try plan.hash(), files: files, modelFile: nil, servers: [try serverRecord()], excluded: excluded,
            pairsBetweenArms: pairsBetweenArms,
            blindBaseline: hasControl ? Self.blindBaseline : nil, shapeChoice: "Windows of 16+16 tokens, as asked for.")
        try writer.append(kind: RunHeader.kind, record: header)
        for (index, document) in documents.enumerated() {
            var digest = ProbesDigest()
            add(document, to: &digest)
            let starts = document.windows.indices.map { $0 * 2 * Self.shape }
            let tokens = TokenizedText(
                tokens: (0..<Int32(document.windows.count * 2 * Self.shape)).map { TokenID($0) },
                pieces: Array(repeating: [0x61], count: document.windows.count * 2 * Self.shape))
            let metadata = Metadata(
                document.fields.map { Metadata.Entry(key: $0.key, value: .string($0.value)) })
            let source = Document(
                id: DocumentID(document.id), text: "text", metadata: metadata, source: DocumentSource(file: "f"))
            try writer.append(
                kind: DocumentRecord.kind,
                record: DocumentRecord(
                    PreparedDocument(
                        cut: CutDocument(arm: document.arm, document: source, tokens: tokens, starts: starts),
                        elicitation: .none(leading: leading), pair: index / 2 < pairs ? index / 2 : nil),
                    probes: digest.hex))
        }
        for (index, document) in documents.enumerated() {
            if index == documents.count / 2, let continuedAt {
                try writer.append(
                    kind: ResumeRecord.kind,
                    record: ResumeRecord(arguments: arguments, startedAt: continuedAt, servers: [try serverRecord()]))
            }
            for (number, window) in document.windows.enumerated() {
                try writer.append(kind: AuditRun.observationKind, record: try observation(document, number, window))
            }
        }
        try writer.flush()
        let record = try RunRecord(directory: directory)
        for window in ReplicateChoice(record.counted(try record.pairedEvidence()), plan: plan).windows {
            let seen = documents.first {
                $0.arm == window.arm && $0.id == window.document.rawValue
            }
            guard let seen else { continue }
            let again = try observation(seen, window.window, seen.windows[window.window])
            try writer.append(kind: AuditRun.replicateKind, record: again)
        }
        try writer.close()
        return try Analysis(try RunRecord(directory: directory), groupedBy: field)
    }

    private static let blindBaseline = BlindBaselineFinding(
        area: 0.481, areaByChance: 0.496, documents: [12, 12],
        test: TestResult(
            method: "permutation test of a blind classifier", alternative: .greater, statistic: 0.481,
            pValue: .certain, exactness: .monteCarlo(resamples: 499, seed: 7), sampleSizes: [12, 12]))

    private func plan() throws -> AuditPlan {
        func arm(_ arm: Arm) -> AuditPlan.ArmPlan {
            let members = documents.filter { $0.arm == arm }
            return AuditPlan.ArmPlan(
                documents: members.count,
                windows: members.reduce(0) { $0 + $1.windows.count } + (arm == .suspect ? missingWindows : 0),
                sha256: sha256Hex(members.map(\.id).joined().utf8))
        }
        guard let shape = WindowShape(prefixTokens: Self.shape, suffixTokens: Self.shape) else {
            throw CocoaError(.coderInvalidValue)
        }
        return AuditPlan(
            version: AuditPlan.currentVersion, alpha: alpha, extractionShare: extractionShare, delta: delta,
            shape: shape, windowsPerDocument: 2, scoredTokens: Self.scored, stopping: stopping,
            bet: .standard, pairs: pairs, staging: staging,
            extractability: .standard, elicitations: [.none(leading: leading)], strictness: .fast, seed: 7,
            resamples: 9999, suspect: arm(.suspect), control: hasControl ? arm(.control) : nil, model: model,
            probes: probes())
    }

    private func probes() -> String {
        var digest = ProbesDigest()
        for document in documents { add(document, to: &digest) }
        return digest.hex
    }

    private func add(_ document: SyntheticDocument, to digest: inout ProbesDigest) {
        digest.begin(document.arm, DocumentID(document.id))
        for number in document.windows.indices {
            let start = number * 2 * Self.shape
            digest.add(start: start, tokens: leading + (start..<start + 2 * Self.shape).map { TokenID(Int32($0)) })
        }
    }

    private func observation(
        _ document: SyntheticDocument, _ number: Int, _ window: Window
    ) throws -> Observation {
        let start = number * 2 * Self.shape
        let border = start + Self.shape
        let suffix = (border..<border + Self.shape).map { TokenID(Int32($0)) }
        let result: Observation.Result =
            switch window {
            case .reproduced(let text, let ln):
                .seen(
                    Sighting(
                        reply: reply(text, suffix, run: Self.shape), score: score(ln, suffix, isGreedy: true),
                        requests: 3))
            case .reproducedUnscored(let text):
                .seen(Sighting(reply: reply(text, suffix, run: Self.shape), score: nil, requests: 2))
            case .unknown(let ln):
                .seen(
                    Sighting(
                        reply: nil, score: score(ln, Array(suffix.prefix(Self.scored)), isGreedy: false), requests: 1))
            case .scored(let lns): .seen(Sighting(reply: nil, score: try rawScore(lns), requests: 1))
            case .otherText(let text):
                .seen(Sighting(reply: reply(text, suffix, run: 1), score: nil, requests: 1))
            case .failed(let reason): .failed(reason)
            }
        return Observation(
            probe: sha256Hex("\(document.arm) \(document.id) \(number)".utf8), arm: document.arm,
            document: DocumentID(document.id), window: number, start: start,
            prefix: leading + (start..<border).map { TokenID(Int32($0)) }, suffix: suffix,
            server: result == .failed("") ? "" : server, result: result)
    }

    private func reply(_ text: String, _ suffix: [TokenID], run: Int) -> Sighting.Reply {
        Sighting.Reply(
            tokens: suffix, text: text, asked: suffix.count, run: run,
            longestCharacters: text.unicodeScalars.count, longestWords: text.split(separator: " ").count, stop: .limit)
    }

    private func score(_ ln: Double, _ tokens: [TokenID], isGreedy: Bool) -> Sighting.Score {
        let scores = tokens.enumerated().map { index, token in
            TokenScore(token: token, ln: ln, isGreedy: isGreedy || index == 0)
        }
        return Sighting.Score(
            ForcedScore(tokens: scores, suffixCount: Self.shape, requests: 1), way: isGreedy ? .freeRun : .grammar)
    }

    private func rawScore(_ lns: [Double]) throws -> Sighting.Score {
        struct Raw: Encodable {
            let lns: [Double]
            let greedy: String
            let censored = false
            let way = ForcingWay.grammar
        }
        let raw = Raw(lns: lns, greedy: String(repeating: "0", count: lns.count))
        return try JSONDecoder().decode(Sighting.Score.self, from: Data(try CanonicalJSON.encode(raw)))
    }

    private func serverRecord() throws -> ServerRecord {
        struct Record: Encodable {
            let address: String
            let properties: ServerProperties
            let selfTest: SelfTestReport
            let calibration: Calibration
        }
        let properties = ServerProperties(
            slots: 32, contextTokens: 512, model: "/models/harbour-110m.gguf", build: "b6500-abcdef1",
            vocabulary: 4096, parameters: 110_000_000, modelBytes: 117_440_512, hasChatTemplate: false)
        let report = SelfTestReport(
            ways: [
                .init(way: .grammar, largestDifference: 0.00021, obstacle: nil),
                .init(way: .single, largestDifference: 0.0013, obstacle: nil),
            ], obstacle: obstacle)
        let record = Record(
            address: server, properties: properties, selfTest: report,
            calibration: Calibration(measurements: [], unlikely: .grammar, recited: .freeRun))
        return try JSONDecoder().decode(ServerRecord.self, from: Data(try CanonicalJSON.encode(record)))
    }
}
