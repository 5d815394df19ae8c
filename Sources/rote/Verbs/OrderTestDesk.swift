import Audit
import Corpus
import Inference
import OrderTest

/// The steps of `rote order-test`: from a corpus and servers to a frozen plan, and on to a finished run.
struct OrderTestDesk: Sendable {
    let input: ArmInput
    let order: PublishedOrder
    let directory: String
    let console: Console

    /// Room for tokens that the tokenizer puts before every text, and for the separator.
    private static let room = 80

    /// Carries the test out, or finishes it.
    func test(with access: ServerAccess) async throws -> OrderRecord {
        try RunDirectory.create(directory)
        for gate in order.gates where !gate.passed {
            console.warning("the verdict will be invalid, and nothing is asked: \(gate.gate.rawValue): \(gate.detail)")
        }
        let options = order.options
        let opener = SessionOpener(
            strictness: options.strictness, sample: order.documents.first?.text, prefixTokens: options.tailTokens,
            scoredTokens: options.openingTokens, suffixTokens: options.openingTokens)
        do {
            return try await access.withFleet(
                opener: opener, windowTokens: options.tailTokens + options.openingTokens + Self.room,
                logPath: RunDirectory.serverLog(in: directory), console: console
            ) { fleet in try await test(on: fleet, model: access.model) }
        } catch let error as InferenceError {
            guard case .serverEnded = error else { throw error }
            throw OrderRun.interruption(of: directory, by: error)
        }
    }

    private func test(on fleet: Fleet, model: String?) async throws -> OrderRecord {
        if let failed = fleet.sessions.first(where: { !$0.canScore }) {
            throw OrderTestError.cannotScore(server: failed.server.name, obstacle: failed.selfTest.obstacle ?? "")
        }
        let plan = OrderTestPlan(
            order, model: fleet.sessions.first?.properties.modelIdentity ?? "unknown",
            leading: try await fleet.leadingTokens())
        let run = OrderRun(
            order: order, plan: plan, directory: directory,
            surroundings: OrderRun.Surroundings(
                program: "rote \(Rote.version)", arguments: CommandLine.arguments, files: input.files,
                modelFile: try model.map { path throws(JournalError) in try ModelFile(path: path) },
                servers: fleet.sessions.map(ServerRecord.init)))
        let remaining = try run.remaining().count
        let isValid = order.gates.allSatisfy { $0.passed }
        let total = isValid ? plan.questions : 0
        if isValid {
            console.note(
                "\(plan.documents) documents, \(plan.shards) of \(plan.availableShards) shards, "
                    + "\(HumanFormat.count(plan.questions)) questions")
        }
        if remaining < total {
            console.note("continuing \(directory): \(total - remaining) questions were asked before")
        }
        let display = ProgressDisplay(
            console, label: "scoring", unit: "questions", total: total, completed: total - remaining)
        defer { display.finish() }
        return try await run.execute(asking: OrderObserver(fleet: fleet, order: order, plan: plan)) { progress in
            display.update(
                completed: progress.asked, note: progress.failures > 0 ? "\(progress.failures) failed" : "")
        }
    }
}
