import Audit
import Corpus
import Inference
import PrefixLearning

/// The steps that `audit` and `plan` share: from documents and servers to a frozen plan, and on to a finished run.
struct AuditDesk: Sendable {
    let suspect: ArmInput
    let control: ArmInput?
    let options: AuditOptions
    let learning: LearningOptions
    let access: ServerAccess
    let directory: String
    /// Where a started server writes what it prints.
    let serverLog: String
    let console: Console

    /// Longest standard window, in tokens, for the context of a server that is started before the shape is known.
    private static let longestWindow = 100
    /// Room for tokens that the tokenizer puts before every text.
    private static let leadingRoom = 8

    /// Tokens that are put around windows at most.
    private var room: Int { Self.leadingRoom + (learning.mode == .none ? 0 : AuditLearner.room) }

    /// Carries the audit out, or finishes it.
    func audit() async throws -> RunRecord {
        let planner = try planner()
        try RunDirectory.create(directory)
        do {
            return try await audit(planner)
        } catch let error as InferenceError {
            if case .serverEnded = error { throw AuditRun.interruption(of: directory, by: error) }
            throw error
        }
    }

    private func audit(_ planner: Planner) async throws -> RunRecord {
        try await withFleet(planner) { fleet in
            let preparation = try await prepare(planner, fleet) { try await learn(for: $0, fleet) }
            describe(preparation)
            let observed = try AuditRun.check(directory: directory, against: preparation.plan)
            if observed > 0 {
                console.note("continuing \(directory): \(observed) windows were observed before")
            }
            let run = AuditRun(
                preparation: preparation, fleet: fleet, directory: directory, program: "rote \(Rote.version)",
                arguments: CommandLine.arguments, files: suspect.files + (control?.files ?? []),
                modelFile: try access.model.map { path throws(JournalError) in try ModelFile(path: path) })
            let display = ProgressDisplay(
                console, label: "probing", unit: "windows", total: preparation.probes.count, completed: observed)
            defer { display.finish() }
            return try await run.execute { progress in
                display.update(completed: progress.observed, note: Self.note(progress))
            }
        }
    }

    /// Prepares the plan and hands it on, with nothing sent but what tests the servers.
    func plan<Value: Sendable>(
        _ body: @escaping @Sendable (Preparation, Fleet) async throws -> Value
    ) async throws -> Value {
        let planner = try planner()
        return try await withFleet(planner) { fleet in
            let preparation = try await prepare(planner, fleet) { corpus in
                let none = Elicitation.none(leading: try await fleet.leadingTokens())
                guard learning.mode != .none else { return ElicitationChoice(none) }
                console.note(
                    "nothing is learned for a plan: it shows the audit of what the learning fold leaves, with the bare "
                        + "prefix; learning will cost at most \(learning.budget)")
                let fold = LearningFold(corpus, share: learning.share, seed: options.seed)
                return ElicitationChoice(none, usedUp: fold.names)
            }
            return try await body(preparation, fleet)
        }
    }

    private func planner() throws -> Planner {
        try Planner(suspect: suspect.corpus.documents, control: control?.corpus.documents, options: options)
    }

    private func withFleet<Value: Sendable>(
        _ planner: Planner, _ body: @escaping @Sendable (Fleet) async throws -> Value
    ) async throws -> Value {
        let shape = options.shape
        let opener = SessionOpener(
            strictness: options.strictness, sample: planner.sample, prefixTokens: shape?.prefixTokens ?? 50,
            scoredTokens: options.scoredTokens, suffixTokens: shape?.suffixTokens ?? 50)
        return try await access.withFleet(
            opener: opener, windowTokens: (shape?.tokenCount ?? Self.longestWindow) + room,
            logPath: serverLog, console: console
        ) { fleet in
            if options.staging != .generationOnly,
                let failed = fleet.sessions.first(where: { !$0.canScore })
            {
                throw AuditError.selfTestFailed(
                    server: failed.server.name, obstacle: failed.selfTest.obstacle ?? "")
            }
            return try await body(fleet)
        }
    }

    private func prepare(
        _ planner: Planner, _ fleet: Fleet, choose: (CutCorpus) async throws -> ElicitationChoice
    ) async throws -> Preparation {
        try await planner.prepare(
            model: fleet.sessions.first?.properties.modelIdentity ?? "unknown",
            tokenize: { documents in try await fleet.tokenize(documents.map(\.text)) }, choose: choose)
    }

    /// Learns on all documents, and tests none.
    func learn() async throws -> (learned: Learned, promptFile: String?) {
        let planner = try planner()
        return try await withFleet(planner) { fleet in
            let corpus = try await planner.cutCorpus { documents in try await fleet.tokenize(documents.map(\.text)) }
            console.note(corpus.shapeChoice)
            return try await learner(fleet).learn(from: corpus)
        }
    }

    private func learner(_ fleet: Fleet) -> AuditLearner {
        AuditLearner(
            fleet: fleet, options: learning, audit: options, directory: directory, note: { console.note($0) },
            detail: { console.detail($0) })
    }

    private func learn(for corpus: CutCorpus, _ fleet: Fleet) async throws -> ElicitationChoice {
        guard learning.mode != .none else {
            return ElicitationChoice(.none(leading: try await fleet.leadingTokens()))
        }
        return try await learner(fleet).choose(for: corpus)
    }

    private func describe(_ preparation: Preparation) {
        let plan = preparation.plan
        console.note(preparation.shapeChoice)
        var sentence = "\(plan.suspect.documents) suspect documents with \(plan.suspect.windows) windows"
        if let control = plan.control {
            sentence += ", \(control.documents) control documents with \(control.windows) windows"
        }
        console.note(sentence)
        for (reason, members) in Dictionary(grouping: preparation.excluded, by: \.reason)
            .sorted(by: { $0.key.rawValue < $1.key.rawValue })
        {
            console.note("not tested: \(members.count) documents (\(reason.rawValue))")
        }
        if let gate = preparation.blindBaseline?.gate, !gate.passed {
            console.warning("the verdict will be invalid: \(gate.detail); \(gate.remedy)")
        }
    }

    private static func note(_ progress: AuditProgress) -> String {
        var note = "reproduced: \(progress.reproduced.suspect) suspect, \(progress.reproduced.control) control"
        if let evidence = progress.evidence {
            note +=
                ", evidence \(HumanFormat.decimal(max(0, evidence.log), places: 1)) of "
                + HumanFormat.decimal(evidence.needed, places: 1) + " nat"
        }
        if progress.failures > 0 { note += ", \(progress.failures) failed" }
        return note
    }
}
