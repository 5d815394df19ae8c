import Corpus
import Foundation
import Inference
import Logging
import PrefixLearning

/// A folder of suspects, controls and a model that is known to hold the suspects, or none of them.
struct Fixture: Sendable {
    /// What is compared on a fixture.
    enum Question: String, Sendable {
        /// One header for all documents against the best curated prompt and the bare prefix.
        case header
        /// A header for each kind of document against one for all.
        case sections
        /// Ways around a refusal against asking directly.
        case refusal
        /// Whether anything is learned where nothing helps.
        case nothing
    }

    let name: String
    let folder: String
    let model: String
    let question: Question

    /// Fixtures are told by the names of their folders; `FOLDER:MODEL` names another model, which is asked whether
    /// anything is learned where nothing helps.
    init?(path: String, model given: String?) {
        let parts = path.split(separator: ":", maxSplits: 1).map(String.init)
        folder = parts[0]
        let folderName = URL(fileURLWithPath: folder).lastPathComponent
        let isTwin = parts.count == 2
        model = isTwin ? parts[1] : given ?? "\(folder)/model-planted.gguf"
        name = isTwin ? "\(folderName), \(URL(fileURLWithPath: parts[1]).lastPathComponent)" : folderName
        question =
            switch folderName {
            case _ where isTwin: .nothing
            case "house-header": .header
            case "section-headers": .sections
            case "reluctant-archivist": .refusal
            default: .nothing
            }
        guard FileManager.default.fileExists(atPath: model) else { return nil }
    }

    /// Serves the model for as long as the body runs.
    func serve<Value: Sendable>(
        slots: Int, _ body: @escaping @Sendable (Workshop) async throws -> Value
    ) async throws -> Value {
        let transport = HTTPTransport(maximumInFlight: slots)
        defer { transport.shutDown() }
        let client = HTTPClient(transport: transport)
        let log = NSTemporaryDirectory() + "prefix-benchmark-\(UUID().uuidString).log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        let managed = ManagedServer(
            program: try ServerProgram.find(given: nil),
            job: try ServerJob(model: model, slots: slots, windowTokens: 100 + Workshop.room), logPath: log)
        return try await managed.run(isReady: { await LlamaServer(address: $0, client: client).isHealthy() }) {
            address in
            let session = try await SessionOpener(prefixTokens: 32, scoredTokens: 16, suffixTokens: 32)
                .open(LlamaServer(address: address, client: client))
            let fleet = try Fleet(sessions: [session], logger: Logger(label: "prefix-benchmark"))
            return try await body(try await Workshop(self, fleet))
        }
    }
}

/// A fixture's documents, cut into windows, and the server of its model.
struct Workshop: Sendable {
    let fixture: Fixture
    let fleet: Fleet
    let leading: [TokenID]
    let documents: [LearningDocument]
    let screen: LeakageFilter

    /// Most tokens that may be put around a prefix.
    static let room = 160
    /// Suffix tokens that a lift is measured on.
    static let scoredTokens = 16

    init(_ fixture: Fixture, _ fleet: Fleet) async throws {
        self.fixture = fixture
        self.fleet = fleet
        leading = try await fleet.leadingTokens()
        var sources: [LeakageFilter.Source] = []
        var cut: [(ArmedDocument, Document, TokenizedText)] = []
        for arm in [Arm.suspect, .control] {
            let texts = try CorpusReader.read(.path("\(fixture.folder)/\(arm.rawValue).jsonl")).documents
            for (document, tokens) in zip(texts, try await fleet.tokenize(texts.map(\.text))) {
                let name = ArmedDocument(arm: arm, document: document.id)
                sources.append(LeakageFilter.Source(document: name, text: document.text, tokens: tokens.tokens))
                cut.append((name, document, tokens))
            }
        }
        screen = LeakageFilter(sources)
        guard let shape = WindowShape.chosen(forDocumentLengths: cut.map(\.2.tokens.count))?.shape else {
            throw UsageError(reason: "\(fixture.folder): the documents are too short")
        }
        documents = cut.compactMap { name, document, tokens in
            guard let start = Window.starts(tokenCount: tokens.tokens.count, shape: shape, count: 1).first else {
                return nil
            }
            let border = start + shape.prefixTokens
            let range = border..<border + shape.suffixTokens
            return LearningDocument(
                name: name, document: document,
                window: ForcingTarget(
                    prefix: Array(tokens.tokens[start..<border]),
                    suffix: TokenizedText(
                        tokens: Array(tokens.tokens[range]), pieces: range.map { Array(tokens.piece($0)) })),
                opening: String(decoding: tokens.bytes(ofTokens: start..<border), as: UTF8.self))
        }
    }

    /// A bench on some of the documents, with a ledger of its own.
    func bench(_ documents: [LearningDocument], calls: Int, seed: UInt64) -> LearningBench {
        LearningBench(
            scorer: LiftScorer(
                fleet: fleet, ledger: CallLedger(.calls(calls)), scoredTokens: Self.scoredTokens),
            documents: documents, screen: screen, leading: leading, room: Self.room, seed: seed)
    }
}
