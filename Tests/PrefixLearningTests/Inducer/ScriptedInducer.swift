import Corpus
import Inference
import Randomness
import Synchronization

@testable import PrefixLearning

/// An inducer whose replies are a function of what it is asked.
struct ScriptedWriter: HeaderWriter {
    var name = "scripted"
    let reply: @Sendable (InducerRequest, InducerSampling.Draw) throws -> String

    func replies(to request: InducerRequest, _ draws: [InducerSampling.Draw]) async throws -> [String] {
        try draws.map { try reply(request, $0) }
    }
}

/// Newspaper sections, and a model under test that remembers suspects under the headers of their sections.
struct ScriptedSections: Sendable {
    static let sections = ["harbour", "council", "weather", "sport"]
    static let headers = ["Harbour desk, galley nine", "Council minutes / third proof", "METEO reel", "Sports attic"]

    let documents: [LearningDocument]
    let heldBack: Set<ArmedDocument>
    /// What the right header gives a suspect, in nats per token.
    var gain = 1.0
    let seed: UInt64

    init(perArm: Int = 48, heldBack: Int = 16, gain: Double = 1, seed: UInt64 = 1) {
        self.gain = gain
        self.seed = seed
        var documents: [LearningDocument] = []
        for arm in Arm.allCases {
            for number in 0..<perArm {
                let section = Self.sections[number % Self.sections.count]
                let opening = "\(section) story \(arm.rawValue) \(number)"
                let id = DocumentID("\(arm.rawValue)-\(number)")
                // Tokens that no header has.
                let prefix = [TokenID(Int32(2_000_000 + documents.count))]
                documents.append(
                    LearningDocument(
                        name: ArmedDocument(arm: arm, document: id),
                        document: Document(
                            id: id, text: opening + " and how it went on, which nobody must copy out",
                            source: DocumentSource(file: "made")),
                        window: ForcingTarget(
                            prefix: prefix, suffix: TokenizedText(tokens: [2_900_000], pieces: [[0x2E]])),
                        opening: opening))
            }
        }
        self.documents = documents
        self.heldBack = Set(
            documents.filter { $0.name.document.rawValue.hasSuffixNumber(below: heldBack) }.map(\.name))
    }

    static func section(of text: String) -> Int { sections.firstIndex { text.hasPrefix($0) } ?? 0 }

    /// An inducer that copies what helped a text of the same section, and otherwise guesses.
    static let guessing = ScriptedWriter { request, draw in
        let section = section(of: request.text)
        if let shown = request.demonstrations.best.first(where: { ScriptedSections.section(of: $0.text) == section }) {
            return shown.prompt.replacing("\n", with: " / ")
        }
        return draw.temperature == 0 ? headers[0] : headers[Int(draw.seed) % headers.count]
    }

    func scoring(budget: LearningBudget = .calls(100_000)) -> ScriptedScoring {
        ScriptedScoring(sections: self, ledger: CallLedger(budget))
    }

    func learner(
        _ writer: any HeaderWriter, _ scoring: ScriptedScoring, options: InducerOptions = InducerOptions(),
        known: [InducerExample] = []
    ) -> InducerLearner {
        InducerLearner(
            documents, heldBack: heldBack, scoring: scoring, placer: placer, seed: seed, writer: writer,
            options: options, known: known)
    }

    var placer: HeaderPlacer {
        HeaderPlacer(
            encoder: ScriptedEncoder(), leading: [], room: 160,
            screen: LeakageFilter(
                documents.map {
                    LeakageFilter.Source(
                        document: $0.name, text: $0.document.text, tokens: HeaderDocument($0).tokens)
                }))
    }
}

extension String {
    fileprivate func hasSuffixNumber(below limit: Int) -> Bool {
        split(separator: "-").last.flatMap { Int($0) }.map { $0 < limit } ?? false
    }
}

/// Scores that follow from the header alone, and a little from the document.
struct ScriptedScoring: WindowScoring {
    let sections: ScriptedSections
    let ledger: CallLedger
    /// What was asked, as header texts; empty for bare prefixes.
    let asked = Log()

    final class Log: Sendable {
        private let headers = Mutex<[String]>([])
        var all: [String] { headers.withLock { $0 } }
        func append(_ header: String) { headers.withLock { $0.append(header) } }
    }

    func mostCalls(for document: LearningDocument) -> Int { 1 }

    func scores(of requests: [LiftScorer.Request]) async throws -> [Double?] {
        requests.map { request in
            guard ledger.reserve(1) else { return nil }
            ledger.settle(reserved: 1, spent: 1)
            return score(request.target)
        }
    }

    private func score(_ target: ForcingTarget) -> Double? {
        guard let own = target.prefix.last, sections.documents.indices.contains(Int(own.rawValue) - 2_000_000) else {
            return nil
        }
        let document = sections.documents[Int(own.rawValue) - 2_000_000]
        let header = ScriptedEncoder().show(target.prefix.dropLast())
        asked.append(header)
        guard !header.isEmpty else { return -3 }
        var generator = SeededGenerator(seed: 7, stream: "\(own) \(header)")
        let noise = 0.1 * (generator.nextUnit() - 0.5)
        guard document.name.arm == .suspect else { return -3 + noise }
        let right = ScriptedSections.headers[ScriptedSections.section(of: document.opening)]
            .replacing(" / ", with: "\n")
        guard header.hasPrefix(right) else { return -3.1 + noise }
        return -3 + sections.gain * (header.hasSuffix("\n\n") ? 1.3 : 1) + noise
    }
}
