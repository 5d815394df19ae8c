import Audit
import Corpus
import Inference
import Measurement
import PrefixLearning

/// Looks for a prompt that makes a model recite one document, for each of some documents.
///
/// What is found is evidence about that document alone: the prompt was chosen by its own suffix, so no test can rest on it.
struct SearchDesk: Sendable {
    /// A published way of searching, as it is named on the command line.
    enum Method: String, CaseIterable, Sendable {
        /// Three generations of 24 candidates, each made of the best so far.
        case bestOfN = "best-of-n"
        /// Single random tokens, exchanged as long as it helps.
        case randomTokens = "random-tokens"
    }

    let suspect: ArmInput
    let options: MeasureOptions
    let method: Method
    let documents: Int
    let calls: Int
    let library: PromptSelection
    let name: TargetName
    let access: ServerAccess
    let serverLog: String
    let console: Console

    /// Texts that the model begins by itself, once for all documents.
    private static let openings = 64

    /// Searches.
    ///
    /// - Returns: What was found, with the text of the prompts.
    func search() async throws -> SearchFinding {
        var audit = AuditOptions()
        audit.shape = WindowShape(
            prefixTokens: options.grid.prefixLengths.first ?? 50, suffixTokens: options.grid.suffixLength)
        audit.windowsPerDocument = 1
        audit.seed = options.seed
        let settled = audit
        let planner = try Planner(suspect: suspect.corpus.documents, control: nil, options: settled)
        let opener = SessionOpener(
            strictness: options.strictness, sample: planner.sample,
            prefixTokens: options.grid.prefixLengths.first ?? 50, suffixTokens: options.grid.suffixLength)
        let tokens = (settled.shape?.tokenCount ?? 100) + AuditLearner.room
        return try await access.withFleet(
            opener: opener, windowTokens: tokens, logPath: serverLog, console: console
        ) { fleet in
            let corpus = try await planner.cutCorpus { try await fleet.tokenize($0.map(\.text)) }
            return try await search(corpus, fleet)
        }
    }

    private func search(_ corpus: CutCorpus, _ fleet: Fleet) async throws -> SearchFinding {
        let chosen = corpus.documents.prefix(documents).map { document in
            LearningDocument(
                name: document.name, document: document.document, window: document.window(0, shape: corpus.shape),
                opening: document.opening(shape: corpus.shape))
        }
        let ledger = CallLedger(.calls(.max / 2))
        let bench = LearningBench(
            scorer: LiftScorer(fleet: fleet, ledger: ledger, scoredTokens: corpus.shape.suffixTokens),
            documents: chosen,
            screen: LeakageFilter(
                corpus.documents.map {
                    LeakageFilter.Source(document: $0.name, text: $0.document.text, tokens: $0.tokens.tokens)
                }),
            leading: try await fleet.leadingTokens(), room: AuditLearner.room, seed: options.seed)
        let model = fleet.sessions.first?.properties.modelIdentity ?? ""
        let own = try await TemplateSource(
            origin: .curated, templates: library.own, exact: library.exact(forModel: model)
        ).propose(on: bench)
        let report = try await SampleSearcher(
            bench: bench, method: method == .bestOfN ? .bestOfN() : .randomTokens(RandomTokens.Options()),
            limits: SampleSearch.Limits(stopsEarly: true, mostCalls: calls)
        ).search(
            sources: [
                OpeningSource(texts: Self.openings),
                TemplateSource(
                    origin: .curated, templates: library.prompts.filter { prompt in prompt.fields.isEmpty },
                    exact: library.exact(forModel: model)),
            ], known: own.candidates)
        var rows: [SearchFinding.Row] = []
        for outcome in report.outcomes {
            var text: String?
            if let prompt = outcome.prompt, let server = fleet.sessions.first?.server {
                text = try await server.detokenize(Array(prompt.before.dropFirst(bench.leading.count)))
            }
            rows.append(
                SearchFinding.Row(
                    document: outcome.document.document, isExtracted: outcome.isExtracted, prompt: text,
                    requests: outcome.calls))
        }
        return SearchFinding(
            target: name.rawValue, method: method.rawValue, documents: rows, requests: ledger.spent)
    }
}

/// What a search found; the one JSON object that `rote measure --search --json` prints for each model.
struct SearchFinding: Encodable, Sendable {
    /// One document.
    struct Row: Encodable, Sendable {
        let document: DocumentID
        let isExtracted: Bool
        /// The text before the prefix under which the suffix came back; `nil` when none did.
        let prompt: String?
        let requests: Int
    }

    let event = "search"
    let schema = 1
    let target: String
    let method: String
    let documents: [Row]
    /// All requests to the model, those for the common candidates among them.
    let requests: Int

    /// The finding for people.
    var lines: [String] {
        let found = documents.count { $0.isExtracted }
        let head =
            "\(target), \(method): \(found) of \(documents.count) documents extracted, "
            + "\(HumanFormat.count(requests)) requests. Evidence about single documents, never for a test: each prompt was "
            + "chosen by the document's own suffix."
        return [head]
            + documents.map { row in
                let name = sanitize(row.document.rawValue)
                guard row.isExtracted else { return "  \(name): not extracted, \(row.requests) requests" }
                let prompt = row.prompt.flatMap { $0.isEmpty ? nil : $0 }
                let how = prompt.map { "after \(sanitize($0.debugDescription))" } ?? "without a prompt"
                return "  \(name): extracted \(how), \(row.requests) requests"
            }
    }
}
