import Corpus
import Foundation
import Inference
import PrefixLearning
import Statistics

@testable import Audit

/// A run of a few windows whose requests have their true hashes, written by the real journal writer, with the files that
/// its documents were read from.
struct SmallRun {
    static let shape = 16
    static let server = "http://127.0.0.1:8080/it's $(here)"

    /// A directory that is removed at the end of the test.
    let scratch: Scratch
    /// The analysed run.
    let analysis: Analysis

    /// One suspect document per reply, each with one window; a `nil` reply is a failure.
    init(replies: [String?], name: (Int) -> String = { "document \($0)" }) throws {
        scratch = try Scratch()
        let texts = replies.map { "Words before. " + ($0 ?? "Nothing.") + " Words after." }
        var corpus = Data()
        for (index, text) in texts.enumerated() {
            corpus += try JSONSerialization.data(withJSONObject: ["id": name(index), "text": text])
            corpus += Data([0x0a])
        }
        let path = scratch.path("suspect.jsonl")
        try corpus.write(to: URL(fileURLWithPath: path))
        let plan = try Self.plan(replies.count)
        let writer = try JournalWriter(directory: scratch.path("run"))
        try writer.append(
            kind: RunHeader.kind,
            record: RunHeader(
                program: "rote 0.1.0", arguments: ["rote", "audit", "--suspect", path],
                startedAt: "2025-11-21T08:00:00Z", plan: plan, planHash: try plan.hash(),
                files: [
                    InputFile(arm: .suspect, path: path, bytes: corpus.count, sha256: sha256Hex(corpus))
                ], modelFile: nil, servers: [], excluded: [], pairsBetweenArms: 0, blindBaseline: nil,
                shapeChoice: "as asked for"))
        for (index, text) in texts.enumerated() {
            let tokens = Self.tokens(index)
            let cut = CutDocument(
                arm: .suspect,
                document: Document(id: DocumentID(name(index)), text: text, source: DocumentSource(file: path)),
                tokens: TokenizedText(tokens: tokens, pieces: tokens.map { _ in [0x61] }), starts: [0])
            try writer.append(
                kind: DocumentRecord.kind,
                record: DocumentRecord(
                    PreparedDocument(cut: cut, elicitation: .none(leading: []), pair: nil), probes: ""))
        }
        for (index, reply) in replies.enumerated() {
            try writer.append(
                kind: AuditRun.observationKind, record: Self.observation(name(index), reply, Self.tokens(index), plan))
        }
        try writer.close()
        analysis = try Analysis(try RunRecord(directory: scratch.path("run")))
    }

    /// Tokens that no other document has.
    private static func tokens(_ document: Int) -> [TokenID] {
        (0..<2 * shape).map { TokenID(Int32(1000 * document + $0)) }
    }

    private static func observation(
        _ name: String, _ reply: String?, _ tokens: [TokenID], _ plan: AuditPlan
    ) -> Observation {
        let (prefix, suffix) = (Array(tokens.prefix(shape)), Array(tokens.suffix(shape)))
        let request = CompletionRequest(prompt: prefix, maximumTokens: shape, reusesCache: true)
        let result: Observation.Result =
            reply.map { text in
                .seen(
                    Sighting(
                        reply: Sighting.Reply(
                            tokens: suffix, text: text, asked: shape, run: shape, longestCharacters: 9,
                            longestWords: 2, stop: .limit), score: nil, requests: 1))
            } ?? .failed("no answer")
        return Observation(
            probe: sha256Hex(request.body), arm: .suspect, document: DocumentID(name), window: 0, start: 0,
            prefix: prefix, suffix: suffix, server: server, result: result)
    }

    private static func plan(_ documents: Int) throws -> AuditPlan {
        guard let shape = WindowShape(prefixTokens: shape, suffixTokens: shape) else {
            throw CocoaError(.coderInvalidValue)
        }
        return AuditPlan(
            alpha: 0.01, extractionShare: 0.5, delta: 0.01, shape: shape, windowsPerDocument: 1, scoredTokens: 8,
            stopping: .never, bet: .standard, pairs: 0, staging: .generationOnly, extractability: .standard,
            elicitations: [.none(leading: [])], strictness: .fast, seed: 1, resamples: 99,
            suspect: AuditPlan.ArmPlan(documents: documents, windows: documents, sha256: ""), control: nil,
            model: "toy", probes: "")
    }
}

/// A directory that is removed when the test lets go of it.
final class Scratch: Sendable {
    private let root: String

    init() throws {
        root = FileManager.default.temporaryDirectory.path + "/rote-evidence-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }
}
