import Corpus
import Foundation
import Inference
import PrefixLearning

/// Learns what is put around the prefixes of an audit, or takes it from an earlier sitting of the same run.
public struct AuditLearner: Sendable {
    private let fleet: Fleet
    private let options: LearningOptions
    private let audit: AuditOptions
    private let directory: String
    private let note: @Sendable (String) -> Void
    private let detail: @Sendable (String) -> Void

    /// Most tokens that may be put around a prefix.
    public static let room = 160
    /// Suffix tokens that a lift is measured on; more than the audit's first stage, because lifts are small differences.
    static let scoredTokens = 16
    /// Texts that the model is let begin by itself: a share of the budget, within limits.
    static let openings = 32...256

    /// Creates a learner.
    ///
    /// - Parameters:
    ///   - fleet: The servers of the model under test.
    ///   - options: What is learned, from what, at what cost.
    ///   - audit: The audit's own options.
    ///   - directory: The run directory, where the result is kept.
    ///   - note: Receives sentences for the user.
    ///   - detail: Receives sentences for users who want to know more.
    public init(
        fleet: Fleet, options: LearningOptions, audit: AuditOptions, directory: String,
        note: @escaping @Sendable (String) -> Void, detail: @escaping @Sendable (String) -> Void
    ) {
        self.fleet = fleet
        self.options = options
        self.audit = audit
        self.directory = directory
        self.note = note
        self.detail = detail
    }

    /// Learns on a part of the corpus and chooses for the rest.
    ///
    /// - Parameter corpus: Both arms, cut into windows.
    /// - Throws: ``LearningError``, ``InferenceError`` when all servers were lost.
    public func choose(for corpus: CutCorpus) async throws -> ElicitationChoice {
        let leading = try await fleet.leadingTokens()
        let fold = LearningFold(corpus, share: options.share, seed: audit.seed)
        let settings = try settings(fold, corpus.shape)
        let store = LearningStore(directory: directory)
        let kept: (record: LearningStore.Record, sha256: String)
        if let earlier = try store.read(for: settings) {
            note("prefixes were learned in an earlier sitting (\(earlier.record.calls) requests)")
            kept = earlier
        } else {
            let (learned, trained) = try await learn(fold, corpus, leading)
            kept = try store.write(learned, settings, trainedInducer: trained)
        }
        note(Self.sentence(kept.record))
        let summary = LearningSummary(
            mode: kept.record.mode, budget: options.budget.description, calls: kept.record.calls,
            candidates: kept.record.candidates.count,
            suspectDocuments: fold.documents.count { $0.arm == .suspect },
            controlDocuments: fold.documents.count { $0.arm == .control }, lift: kept.record.lift,
            sha256: kept.sha256)
        return try await choice(kept.record, store, corpus, fold, leading, summary)
    }

    /// Learns on all documents, for other runs to use what is found.
    ///
    /// - Parameter corpus: Both arms, cut into windows; a run that uses the result must not test any of them.
    /// - Returns: What was found, and its text in the format of `Prompts/`; `nil` when the bare prefix was kept.
    /// - Throws: ``LearningError``, ``InferenceError`` when all servers were lost.
    public func learn(from corpus: CutCorpus) async throws -> (learned: Learned, promptFile: String?) {
        let fold = LearningFold(corpus, share: options.share, seed: audit.seed)
        guard options.mode != .inducer else { throw LearningError.noPrompts }
        let learned = try await learn(fold, corpus, try await fleet.leadingTokens()).learned
        let settings = try settings(fold, corpus.shape)
        return (learned, learned.chosen.isEmpty ? nil : try LearningStore.promptText(learned, settings))
    }

    private func learn(
        _ fold: LearningFold, _ corpus: CutCorpus, _ leading: [TokenID]
    ) async throws -> (learned: Learned, trainedInducer: String?) {
        guard options.mode != .inducer || options.inducer != nil else { throw LearningError.noInducer }
        if let server = fleet.sessions.first(where: { !$0.canScore }) {
            throw LearningError.noScores(
                server: server.server.name, reason: server.selfTest.obstacle ?? "its self-test failed")
        }
        let ledger = CallLedger(options.budget)
        let documents = fold.learningDocuments(shape: corpus.shape)
        let scorer = LiftScorer(
            fleet: fleet, ledger: ledger, scoredTokens: min(Self.scoredTokens, corpus.shape.suffixTokens))
        let bench = LearningBench(
            scorer: scorer, documents: documents,
            screen: Self.screen(corpus),
            leading: leading, room: Self.room, seed: audit.seed)
        note(
            "learning prefixes on \(documents.count { $0.name.arm == .suspect }) suspect and "
                + "\(documents.count { $0.name.arm == .control }) control documents, which are not tested; budget "
                + "\(options.budget)")
        var learner = PrefixLearner(bench: bench, sources: try sources(corpus, ledger), mode: options.mode)
        var learned = try await learner.learn()
        var trained: String?
        if let inducer = options.inducer, options.mode == .inducer {
            (learned, trained) = try await induce(learned, bench, inducer)
        }
        if !learned.notices.isEmpty {
            note("\(learned.notices.count) remarks about candidates that were left out; --verbose shows them")
        }
        for notice in learned.notices { detail(notice) }
        return (learned, trained)
    }

    private static func screen(_ corpus: CutCorpus) -> LeakageFilter {
        LeakageFilter(
            corpus.documents.map {
                LeakageFilter.Source(document: $0.name, text: $0.document.text, tokens: $0.tokens.tokens)
            })
    }

    /// Lets an inducer learn after the race, trains it if that was asked for, and uses what gains more on the documents
    /// held back.
    private func induce(
        _ race: Learned, _ bench: LearningBench, _ inducer: any InducerAccess
    ) async throws -> (Learned, trainedInducer: String?) {
        let explored = try await inducer.withWriter { writer in
            var learner = try InducerLearner(
                bench: bench, heldBack: race.heldBack, writer: writer, known: race.leaderExamples,
                bareScores: race.bareScores, level: PrefixLearner.sharedLevel)
            try await learner.explore()
            return inducer.trainer == nil ? (learner, try await learner.judge()) : (learner, nil)
        }
        var induced = explored.1
        var model: String?
        if let trainer = inducer.trainer {
            note("training an inducer on \(explored.0.pairs.count) pairs")
            let product = try await trainer.train(on: explored.0.pairs, in: directory, seed: audit.seed)
            guard product.kind == .model else {
                throw LearningError.trainer(
                    command: trainer.command, reason: "\(product.path) is an adapter; write a whole model")
            }
            let learner = explored.0
            induced = try await inducer.withTrained(model: product.path) { writer in
                var learner = learner
                learner.handOver(to: writer)
                return try await learner.judge()
            }
            model = product.path
        }
        guard let induced else { return (race, nil) }
        let isBetter = (induced.lift?.mean ?? 0) > (race.lift?.mean ?? 0)
        let isUsed = induced.choice != nil && isBetter
        return (race.with(induced, isUsed: isUsed, calls: bench.ledger.spent), isUsed ? model : nil)
    }

    /// Writes a header for every document that is tested, or takes those of an earlier sitting.
    private func headers(
        _ record: LearningStore.Record, _ store: LearningStore, _ tested: [CutDocument], _ corpus: CutCorpus,
        _ leading: [TokenID]
    ) async throws -> [ArmedDocument: Elicitation] {
        if let written = try store.headers() {
            return Dictionary(
                written.compactMap { header in
                    header.elicitation.map { (ArmedDocument(arm: header.arm, document: header.document), $0) }
                }, uniquingKeysWith: { first, _ in first })
        }
        guard let choice = record.induced?.choice, let inducer = options.inducer,
            let server = fleet.sessions.first?.server
        else { throw LearningError.noInducer }
        let placer = HeaderPlacer(encoder: server, leading: leading, room: Self.room, screen: Self.screen(corpus))
        let documents = tested.map { document in
            HeaderDocument(
                name: document.name, opening: document.opening(shape: corpus.shape), tokens: document.tokens.tokens)
        }
        let write: @Sendable (any HeaderWriter) async throws -> [Elicitation?] = { writer in
            try await choice.elicitations(for: documents, writer: writer, placer: placer).elicitations
        }
        let elicitations =
            if let model = record.trainedInducer {
                try await inducer.withTrained(model: model, write)
            } else { try await inducer.withWriter(write) }
        try store.write(
            zip(documents, elicitations).map {
                .init(arm: $0.name.arm, document: $0.name.document, elicitation: $1)
            })
        return Dictionary(
            zip(documents, elicitations).compactMap { document, elicitation in
                elicitation.map { (document.name, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private func sources(_ corpus: CutCorpus, _ ledger: CallLedger) throws -> [any CandidateSource] {
        let fields = MetadataFields(of: corpus.documents.map(\.document))
        let wanted = min(max(ledger.remaining / 10, Self.openings.lowerBound), Self.openings.upperBound)
        let texts = min(wanted, ledger.remaining / 3)
        let usable = options.prompts.filter { prompt in prompt.fields.allSatisfy { fields.documentsWithout($0) == 0 } }
        if usable.count < options.prompts.count {
            note(
                "\(options.prompts.count - usable.count) prompts name metadata that some documents lack, and are left out"
            )
        }
        let model = fleet.sessions.first?.properties.modelIdentity ?? ""
        return [
            OpeningSource(texts: texts),
            TemplateSource(origin: .curated, templates: usable, exact: options.exact(model)),
            TemplateSource(origin: .metadata, templates: MetadataHeaders(from: fields, seed: audit.seed).prompts),
        ]
    }

    // MARK: Choosing for the test

    private func choice(
        _ record: LearningStore.Record, _ store: LearningStore, _ corpus: CutCorpus, _ fold: LearningFold,
        _ leading: [TokenID], _ summary: LearningSummary
    ) async throws -> ElicitationChoice {
        let none = Elicitation.none(leading: leading)
        guard record.mode != .none, let server = fleet.sessions.first?.server else {
            return ElicitationChoice(none, usedUp: fold.names, learning: summary)
        }
        let tested = corpus.documents.filter { !fold.names.contains($0.name) }
        if record.mode == .inducer {
            let headers = try await headers(record, store, tested, corpus, leading)
            return Self.choice(none, headers, tested, fold, summary)
        }
        let library = try PromptLibrary(paths: [store.promptPath])
        let renderer = PromptRenderer(
            encoder: server, leading: leading, exact: library.exactElicitations(forModel: record.settings.model))
        let policy = record.mode == .policy ? try PolicyFile.read(store.promptPath).policy : nil
        var chosen: [ArmedDocument: Elicitation] = [:]
        for document in tested {
            let id = policy?.choose(document.opening(shape: corpus.shape)) ?? record.chosen.first ?? .none
            guard id != .none, let template = library[id] else { continue }
            chosen[document.name] = try await renderer.elicitation(template, metadata: document.document.metadata)
        }
        return Self.choice(none, chosen, tested, fold, summary)
    }

    /// Gives every tested document what was chosen for it, equal elicitations once.
    private static func choice(
        _ none: Elicitation, _ chosen: [ArmedDocument: Elicitation], _ tested: [CutDocument], _ fold: LearningFold,
        _ summary: LearningSummary
    ) -> ElicitationChoice {
        var elicitations = [none]
        var known: [Elicitation: Int] = [none: 0]
        var found: [ArmedDocument: Int] = [:]
        for document in tested {
            guard let elicitation = chosen[document.name] else { continue }
            if known[elicitation] == nil {
                known[elicitation] = elicitations.count
                elicitations.append(elicitation)
            }
            found[document.name] = known[elicitation]
        }
        let places = found
        return ElicitationChoice(none, Array(elicitations.dropFirst()), usedUp: fold.names, learning: summary) {
            document, _ in places[document.name] ?? 0
        }
    }

    private func settings(_ fold: LearningFold, _ shape: WindowShape) throws -> LearningSettings {
        LearningSettings(
            mode: options.mode, budget: options.budget.description, share: options.share.value, seed: audit.seed,
            model: fleet.sessions.first?.properties.modelIdentity ?? "unknown", shape: shape,
            scoredTokens: Self.scoredTokens, strictness: audit.strictness.rawValue,
            corpus: sha256Hex(
                ofTexts: fold.documents.flatMap { [$0.arm.rawValue, $0.document.id.rawValue, $0.document.text] }),
            prompts: try options.promptsDigest(), inducer: options.inducer?.description)
    }

    private static func sentence(_ record: LearningStore.Record) -> String {
        let cost = "\(record.calls) requests, \(record.candidates.count) candidates"
        guard let lift = record.lift, record.mode != .none else {
            return "learning kept the bare prefix (\(cost))"
        }
        let names =
            record.mode == .inducer
            ? "headers written by \(record.trainedInducer ?? record.settings.inducer ?? "the inducer")"
            : record.chosen.map(\.rawValue).joined(separator: ", ")
        return "learned \(record.mode.rawValue): \(names) (\(cost)); lift on \(lift.documents) documents held back "
            + "\(Wording.fixed(lift.mean, 2)) probability per token (\(Wording.fixed(lift.low, 2)) to "
            + "\(Wording.fixed(lift.high, 2)))"
    }
}
