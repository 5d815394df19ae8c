import Corpus
import Inference
import PrefixLearning
import Statistics

/// Turns two corpora into a plan.
public struct Planner: Sendable {
    /// Fewest documents of an arm that can be tested.
    private static let fewestDocuments = 2

    private let options: AuditOptions
    private let suspect: [Document]
    private let control: [Document]?

    /// Creates a planner.
    ///
    /// - Parameters:
    ///   - suspect: The documents that may have been memorized.
    ///   - control: Held-out documents from the same source, or `nil`.
    ///   - options: What the user set.
    /// - Throws: ``AuditError`` when the options are out of range, the arms are the same documents, or one is too small.
    public init(suspect: [Document], control: [Document]?, options: AuditOptions) throws(AuditError) {
        try options.validate()
        if let control {
            let texts = Set(suspect.lazy.map { Array($0.text.utf8) })
            if !control.isEmpty, control.allSatisfy({ texts.contains(Array($0.text.utf8)) }) {
                throw .sameCorpus(
                    suspect: suspect.first?.source.file ?? "?", control: control.first?.source.file ?? "?")
            }
        }
        // What no tokenizer can change is refused before a server is started or asked.
        for (arm, documents) in [(Arm.suspect, suspect), (.control, control ?? suspect)]
        where documents.count < Self.fewestDocuments {
            throw .tooFewDocuments(arm: arm, left: documents.count, needed: Self.fewestDocuments, reason: "")
        }
        // By name, so that it does not depend on the order of the input which of two near-duplicates stays.
        self.suspect = suspect.sorted { $0.id < $1.id }
        self.control = control?.sorted { $0.id < $1.id }
        self.options = options
    }

    /// A text that stands for the corpus when servers are calibrated: the document of middle length.
    public var sample: String? {
        let byLength = suspect.sorted { ($0.text.utf8.count, $0.id) < ($1.text.utf8.count, $1.id) }
        return byLength.isEmpty ? nil : byLength[byLength.count / 2].text
    }

    /// Tokenizes the corpora, cuts the windows and freezes the plan.
    ///
    /// - Parameters:
    ///   - model: The model's identity, as its servers give it.
    ///   - elicitation: What is put around every prefix.
    ///   - tokenize: Tokenizes many texts by the model's tokenizer, keeping their order.
    /// - Throws: ``AuditError`` when too little is left to test, or what `tokenize` throws.
    public func prepare(
        model: String, elicitation: Elicitation, tokenize: ([Document]) async throws -> [TokenizedText]
    ) async throws -> Preparation {
        try await prepare(model: model, tokenize: tokenize) { _ in ElicitationChoice(elicitation) }
    }

    /// Tokenizes the corpora, cuts the windows, has elicitations chosen and freezes the plan.
    ///
    /// - Parameters:
    ///   - model: The model's identity, as its servers give it.
    ///   - tokenize: Tokenizes many texts by the model's tokenizer, keeping their order.
    ///   - choose: Says what is put around the prefixes, and which documents it used up to find that out.
    /// - Throws: ``AuditError`` when too little is left to test, or what `tokenize` and `choose` throw.
    public func prepare(
        model: String, tokenize: ([Document]) async throws -> [TokenizedText],
        choose: (CutCorpus) async throws -> ElicitationChoice
    ) async throws -> Preparation {
        let (corpus, screen) = try await cut(tokenize)
        let choice = try await choose(corpus)
        return try freeze(model, corpus, screen, choice)
    }

    /// Tokenizes the corpora and cuts the windows, and goes no further.
    ///
    /// - Parameter tokenize: Tokenizes many texts by the model's tokenizer, keeping their order.
    /// - Throws: ``AuditError`` when documents are too short, or what `tokenize` throws.
    public func cutCorpus(
        tokenize: ([Document]) async throws -> [TokenizedText]
    ) async throws -> CutCorpus {
        try await cut(tokenize).0
    }

    /// Cuts what is left of the corpora after near-duplicates are gone.
    private func cut(
        _ tokenize: ([Document]) async throws -> [TokenizedText]
    ) async throws -> (CutCorpus, DuplicateScreen) {
        let screen = DuplicateScreen(suspect: suspect, control: control ?? [])
        var excluded = screen.excluded
        let suspects = try await tokenized(suspect, .suspect, excluded, tokenize)
        let controls = try await tokenized(control ?? [], .control, excluded, tokenize)
        let lengths = (suspects + controls).map(\.tokens.tokens.count)
        let (shape, choice) = try chooseShape(lengths)
        var cut: [CutDocument] = []
        for (arm, document, tokens) in suspects + controls {
            let count = min(options.windowsPerDocument, max(1, tokens.tokens.count / shape.tokenCount))
            let starts = Window.starts(tokenCount: tokens.tokens.count, shape: shape, count: count)
            if starts.isEmpty {
                excluded.append(ExcludedDocument(arm: arm, document: document.id, reason: .tooShort))
            } else {
                cut.append(CutDocument(arm: arm, document: document, tokens: tokens, starts: starts))
            }
        }
        return (CutCorpus(documents: cut, shape: shape, shapeChoice: choice, excluded: excluded), screen)
    }

    private func freeze(
        _ model: String, _ corpus: CutCorpus, _ screen: DuplicateScreen, _ choice: ElicitationChoice
    ) throws -> Preparation {
        let shape = corpus.shape
        let tested = corpus.documents.filter { !choice.usedUp.contains($0.name) }
        let excluded =
            corpus.excluded
            + choice.usedUp.map { ExcludedDocument(arm: $0.arm, document: $0.document, reason: .learnedFrom) }
        let cut = Dictionary(tested.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        func strata(_ arm: Arm) -> [DocumentID: Int] {
            Dictionary(
                tested.filter { $0.arm == arm }.map { ($0.document.id, $0.stratum) },
                uniquingKeysWith: { first, _ in first })
        }
        let order = PairedOrder(suspect: strata(.suspect), control: strata(.control), seed: options.seed)
        let documents = zip(order.documents, order.pairOf).compactMap { name, pair in
            cut[name].map {
                PreparedDocument(cut: $0, elicitation: choice.elicitation(for: $0, shape: shape), pair: pair)
            }
        }
        try requireEnough(documents, excluded)
        let plan = AuditPlan(
            version: AuditPlan.currentVersion, alpha: options.alpha, extractionShare: options.extractionShare,
            delta: options.delta, shape: shape, windowsPerDocument: options.windowsPerDocument,
            scoredTokens: min(options.scoredTokens, shape.suffixTokens), stopping: options.stopping,
            bet: .standard, pairs: order.pairs, staging: options.staging,
            extractability: options.extractability, elicitations: choice.elicitations, learning: choice.learning,
            strictness: options.strictness,
            seed: options.seed, resamples: options.resamples, suspect: armPlan(documents, .suspect),
            control: control == nil ? nil : armPlan(documents, .control), model: model,
            probes: probesDigest(documents, shape), negativeControl: options.negativeControl)
        let texts = Dictionary(grouping: documents, by: \.arm).mapValues { $0.map(\.document) }
        let blindBaseline =
            control == nil
            ? nil
            : try BlindBaselineFinding(
                suspect: texts[.suspect] ?? [], control: texts[.control] ?? [], seed: options.seed)
        return Preparation(
            plan: plan, documents: documents,
            excluded: excluded.sorted { ($0.arm.rawValue, $0.document) < ($1.arm.rawValue, $1.document) },
            pairsBetweenArms: screen.pairsBetweenArms, blindBaseline: blindBaseline,
            shapeChoice: corpus.shapeChoice)
    }

    private typealias Tokenized = (arm: Arm, document: Document, tokens: TokenizedText)

    private func tokenized(
        _ documents: [Document], _ arm: Arm, _ excluded: [ExcludedDocument],
        _ tokenize: ([Document]) async throws -> [TokenizedText]
    ) async throws -> [Tokenized] {
        let gone = Set(excluded.filter { $0.arm == arm }.map(\.document))
        let kept = documents.filter { !gone.contains($0.id) }
        return zip(kept, try await tokenize(kept)).map { (arm, $0, $1) }
    }

    private func chooseShape(_ lengths: [Int]) throws(AuditError) -> (WindowShape, String) {
        if let shape = options.shape { return (shape, "Windows of \(shape) tokens, as asked for.") }
        guard let chosen = WindowShape.chosen(forDocumentLengths: lengths) else {
            throw .documentsTooShort(longest: lengths.max() ?? 0, needed: 32)
        }
        return (chosen.shape, chosen.description)
    }

    private func requireEnough(
        _ documents: [PreparedDocument], _ excluded: [ExcludedDocument]
    ) throws(AuditError) {
        for arm in control == nil ? [Arm.suspect] : Arm.allCases {
            let left = documents.count { $0.arm == arm }
            guard left >= Self.fewestDocuments else {
                let gone = excluded.count { $0.arm == arm }
                throw .tooFewDocuments(
                    arm: arm, left: left, needed: Self.fewestDocuments,
                    reason: gone == 0 ? "" : "\(gone) excluded as too short, near-duplicate or learned from")
            }
        }
    }

    private func armPlan(_ documents: [PreparedDocument], _ arm: Arm) -> AuditPlan.ArmPlan {
        let members = documents.filter { $0.arm == arm }.sorted { $0.document.id < $1.document.id }
        return AuditPlan.ArmPlan(
            documents: members.count, windows: members.reduce(0) { $0 + $1.starts.count },
            sha256: sha256Hex(ofTexts: members.flatMap { [$0.document.id.rawValue, $0.document.text] }))
    }

    private func probesDigest(_ documents: [PreparedDocument], _ shape: WindowShape) -> String {
        var digest = ProbesDigest()
        for document in documents { document.add(to: &digest, shape: shape) }
        return digest.hex
    }
}
