import Audit
import Corpus
import Inference
import Measurement
import PrefixLearning

/// The steps of measuring one model: from documents and servers to a finished record.
struct MeasureDesk: Sendable {
    let suspect: ArmInput
    let control: ArmInput?
    let options: MeasureOptions
    let prompts: [PromptTemplate]
    let library: PromptSelection
    let name: TargetName
    let access: ServerAccess
    let directory: String
    let console: Console

    /// Tokens that a word may have, for the context of a server that is started before the tokenizer is known.
    private static let tokensPerWord = 4
    /// Room for what is put around prefixes.
    private static let room = 264

    /// Carries the measurement out, or finishes it.
    func measure() async throws -> MeasurementRecord {
        let planner = try MeasurementPlanner(
            suspect: suspect.corpus.documents, control: control?.corpus.documents, options: options)
        try RunDirectory.create(directory)
        let grid = options.grid
        let opener = SessionOpener(
            strictness: options.strictness, sample: planner.sample, prefixTokens: grid.prefixLengths.first ?? 50,
            suffixTokens: grid.suffixLength)
        let units = (grid.prefixLengths.last ?? 50) + grid.suffixLength
        let tokens = units * (grid.unit == .words ? Self.tokensPerWord : 1) + grid.slackTokens + Self.room
        do {
            return try await access.withFleet(
                opener: opener, windowTokens: tokens, logPath: RunDirectory.serverLog(in: directory), console: console
            ) { fleet, client in
                try await measure(planner, fleet, client)
            }
        } catch let error as InferenceError {
            if case .serverEnded = error { throw MeasurementRun.interruption(of: directory, by: error) }
            throw error
        }
    }

    private func measure(
        _ planner: MeasurementPlanner, _ fleet: Fleet, _ client: HTTPClient
    ) async throws -> MeasurementRecord {
        let model = fleet.sessions.first?.properties.modelIdentity ?? "unknown"
        let leading = try await fleet.leadingTokens()
        let preparation = try await planner.prepare(
            target: name, model: model, leading: leading,
            elicitations: try await elicitations(fleet, model, leading),
            tokenize: { documents in try await fleet.tokenize(documents.map(\.text)) })
        let observed = try MeasurementRun.check(directory: directory, against: preparation.plan)
        if observed > 0 { console.note("continuing \(directory): \(observed) probes were asked before") }
        console.note(
            "\(name): \(preparation.plan.probeCount) probes of \(preparation.documents.count) documents under "
                + "\(preparation.plan.conditions.count) conditions")
        let run = MeasurementRun(
            preparation: preparation, fleet: fleet, client: client, directory: directory,
            program: "rote \(Rote.version)", arguments: CommandLine.arguments,
            files: suspect.files + (control?.files ?? []),
            modelFile: try access.model.map { path throws(JournalError) in try ModelFile(path: path) })
        let display = ProgressDisplay(
            console, label: "measuring \(name)", unit: "probes", total: preparation.plan.probeCount,
            completed: observed)
        defer { display.finish() }
        return try await run.execute { progress in
            var note = "regurgitated: \(progress.suspectHits) suspect, \(progress.controlHits) control"
            if progress.refusals > 0 { note += ", \(progress.refusals) refused" }
            if progress.failures > 0 { note += ", \(progress.failures) failed" }
            display.update(completed: progress.observed, note: note)
        }
    }

    /// The prompts in tokens of this model; one that does not suit it is an error, because it was asked for by name.
    private func elicitations(_ fleet: Fleet, _ model: String, _ leading: [TokenID]) async throws -> [Elicitation] {
        guard let server = fleet.sessions.first?.server else { return [] }
        let renderer = PromptRenderer(encoder: server, leading: leading, exact: library.exact(forModel: model))
        var found: [Elicitation] = []
        for prompt in prompts {
            guard prompt.fields.isEmpty else {
                throw AuditError.invalidOption(
                    name: "prompt", value: prompt.id.rawValue,
                    requirement: "a prompt without metadata, because one wording is measured for all documents")
            }
            found.append(try await renderer.elicitation(prompt))
        }
        return found
    }
}
