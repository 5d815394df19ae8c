import Corpus
import Foundation
import MeasurementReports
import PrefixLearning
import Randomness
import Statistics

@testable import Audit
@testable import Inference
@testable import Measurement
@testable import Overlap

/// A run that no server made: every document says the same, and the test says what every reply is.
struct SyntheticMeasurement {
    /// A document and the reply to its one probe.
    struct Item {
        var arm = Arm.suspect
        var id: String
        var fields: [String: String] = [:]
        var reply: Answer
    }

    /// What came back.
    enum Answer {
        case recited
        case said(String)
        case failed(String)
    }

    static let prefix = "The ferry left the north quay at six with forty crates of herring aboard, "
    static let passage =
        "and nobody asked the harbour master why the old lamp on the pier was dark until the pilot came back from the "
        + "island and told the clerk what he had seen."

    var target = "planted"
    var model = "/models/harbour.gguf"
    var items: [Item]
    /// ln p_z of recited and of other passages; nothing is scored when `nil`.
    var scores: (recited: Double, other: Double)?
    var elicitation = "none"
    var obstacle: String?

    /// Twenty documents of each arm, of which every second suspect is recited.
    static func graded(target: String = "planted", knows: Bool = true, isScored: Bool = false) -> Self {
        let items = Arm.allCases.flatMap { arm in
            (0..<20).map { number in
                Item(
                    arm: arm, id: "\(arm.rawValue)-\(number)", fields: ["section": number < 10 ? "letters" : "news"],
                    reply: knows && arm == .suspect && number.isMultiple(of: 2)
                        ? .recited : .said("Something else was said about the weather and the price of tar."))
            }
        }
        return Self(target: target, items: items, scores: isScored ? (-0.3, -60) : nil)
    }

    /// Writes the run's journal and reads it back.
    func record(in directory: String) throws -> MeasurementRecord {
        let condition = ProbeCondition(
            elicitation: PromptID(rawValue: elicitation), prefixLength: 16, place: .opening)
        var options = MeasureOptions()
        options.grid = ProbeGrid(checked: .tokens, prefixLengths: [16], suffixLength: 30)
        let plan = MeasurementPlan(
            options, target: TargetName(rawValue: target), model: model,
            elicitations: [Elicitation(id: PromptID(rawValue: elicitation), before: [])],
            suspect: .init(documents: 1, windows: 1, sha256: "00"), control: nil,
            conditions: [.init(condition: condition, documents: items.count, probes: items.count)], probes: "00")
        let writer = try JournalWriter(directory: directory)
        try writer.append(
            kind: MeasurementHeader.kind,
            record: MeasurementHeader(
                program: "rote test", arguments: ["rote", "measure", "--run", "a b"], startedAt: "2026-01-01T00:00:00Z",
                plan: plan, planHash: try plan.hash(),
                files: [InputFile(arm: .suspect, path: "suspect.jsonl", bytes: 10, sha256: "11")], modelFile: nil,
                servers: [try server()], excluded: []))
        for item in items {
            try writer.append(kind: MeasuredDocumentRecord.kind, record: try document(item))
        }
        for item in items {
            try writer.append(
                kind: MeasurementRun.observationKind,
                record: MeasurementObservation(
                    probe: sha256Hex(item.id.utf8), arm: item.arm, document: DocumentID(rawValue: item.id),
                    condition: condition, start: 0, prefix: [1, 2], suffix: [3],
                    prefixBytes: 0..<Self.prefix.utf8.count,
                    suffixBytes: Self.prefix.utf8.count..<Self.prefix.utf8.count + Self.passage.utf8.count,
                    server: "http://127.0.0.1:8080", result: try result(item)))
        }
        try writer.append(
            kind: MeasurementEnd.kind,
            record: MeasurementEnd(finishedAt: "2026-01-01T00:01:00Z", observations: items.count))
        try writer.close()
        return try MeasurementRecord(directory: directory)
    }

    /// The texts of all documents.
    var texts: [ArmedDocument: String] {
        Dictionary(
            items.map {
                (ArmedDocument(arm: $0.arm, document: DocumentID(rawValue: $0.id)), Self.prefix + Self.passage)
            }, uniquingKeysWith: { one, _ in one })
    }

    private func document(_ item: Item) throws -> MeasuredDocumentRecord {
        struct Raw: Encodable {
            let arm: Arm
            let document: DocumentID
            let fields: [String: String]
            let sha256 = "00"
            let tokens = 46
            let words = 43
            let maskedWords = 0
            let quotedWords = 0
            let windows = 1
        }
        let raw = Raw(arm: item.arm, document: DocumentID(rawValue: item.id), fields: item.fields)
        return try decoded(raw)
    }

    private func result(_ item: Item) throws -> MeasurementObservation.Result {
        let text: String
        switch item.reply {
        case .failed(let reason): return .failed(reason)
        case .recited: text = Self.passage
        case .said(let words): text = words
        }
        let isRecited = text == Self.passage
        let (source, reply) = (ComparedText(Self.passage), ComparedText(text))
        let words = isRecited ? source.words.count : 0
        let overlap = ReplyOverlap(
            longestCharacters: isRecited ? text.unicodeScalars.count : 0, longestWords: words,
            longestTokens: isRecited ? 30 : 0,
            longestBytes: isRecited
                ? Self.prefix.utf8.count..<Self.prefix.utf8.count + Self.passage.utf8.count : nil,
            trailingWords: 0, covered: isRecited ? [14..<14 + words] : [], coveredQuotedWords: 0, blocks: [],
            tokenAccuracy: TokenAccuracy(expected: [0], actual: [isRecited ? 0 : 1]),
            firstDivergence: isRecited ? 1 : 0, rougeL: rougeL(reference: source.words, candidate: reply.words),
            editSimilarity: EditSimilarity(charactersOf: source, reply: reply), maskedWords: 0, typeTokenRatio: 1)
        let score: SuffixScore? = try scores.map { scores in
            struct Raw: Encodable {
                let lns: [Double]
                let suffixTokens = 30
                let isBound: Bool
            }
            return try decoded(Raw(lns: [isRecited ? scores.recited : scores.other], isBound: !isRecited))
        }
        return .seen(
            MeasurementSighting(
                replies: [
                    MeasuredReply(
                        decoding: .greedy, tokens: [], text: text, asked: 30, stop: .limit,
                        judgement: ReplyJudgement(
                            visible: text, stop: .limit, repetition: overlap.repetition, threshold: .standard),
                        overlap: overlap, reasoningWords: nil, elsewhere: nil)
                ], score: score, nearVerbatimBound: nil, requests: 1))
    }

    private func server() throws -> ServerRecord {
        struct Raw: Encodable {
            let address = "http://127.0.0.1:8080"
            let properties: ServerProperties
            let selfTest: SelfTestReport
            let calibration: Calibration
        }
        return try decoded(
            Raw(
                properties: ServerProperties(
                    slots: 4, contextTokens: 512, model: model, build: "b6500", vocabulary: 4096, parameters: 1,
                    modelBytes: 1, hasChatTemplate: false),
                selfTest: SelfTestReport(ways: [], obstacle: obstacle),
                calibration: Calibration(measurements: [], unlikely: .grammar, recited: .freeRun)))
    }

    private func decoded<Value: Decodable>(_ raw: some Encodable) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(try CanonicalJSON.encode(raw)))
    }
}

/// A folder for one test, removed when the test lets go of it.
final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/rote-measurement-reports-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

extension [SyntheticMeasurement] {
    /// The report of these runs, one per model.
    func report(
        in scratch: ScratchDirectory, groupedBy fields: [String] = [],
        options: (SyntheticMeasurement) -> MeasurementReportOptions = { MeasurementReportOptions(texts: $0.texts) }
    ) throws -> MeasurementReport {
        let records = try enumerated().map { try $0.element.record(in: scratch.file("\($0.offset)")) }
        return MeasurementReport(
            try MeasurementSummary(records, groupedBy: fields), records: records,
            options: first.map(options) ?? MeasurementReportOptions())
    }
}
