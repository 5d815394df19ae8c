import Audit
import Canary
import Corpus
import Inference

/// The steps of `rote canary test`: from the secret file and servers to a frozen plan, and on to a finished run.
struct CanaryDesk: Sendable {
    /// What the user may decide about a test.
    struct Settings: Sendable {
        /// The error rate, or `nil` where nobody said one.
        let alpha: CanaryLevels?
        let strictness: Strictness
        let seed: UInt64

        static let defaultAlpha = 0.01

        init(alpha: Double?, strictness: Strictness, seed: UInt64) throws(CanaryError) {
            self.alpha = if let alpha { try CanaryLevels(alpha: alpha) } else { nil }
            self.strictness = strictness
            self.seed = seed
        }
    }

    let secretFile: SecretFile
    let settings: Settings
    let directory: String
    let console: Console

    /// Room for tokens that the tokenizer puts before every text.
    private static let leadingRoom = 16

    /// What the run directory holds, without asking anybody.
    func recorded() throws -> CanaryRecord {
        let record = try CanaryRecord(directory: directory, secretFile: secretFile)
        let alpha = record.header.plan.alpha
        if let wanted = settings.alpha, wanted.alpha != alpha {
            throw CanaryError.planChanged(
                directory: directory, differences: ["alpha: \(alpha) → \(wanted.alpha)"])
        }
        return record
    }

    /// Carries the test out, or finishes it.
    func test(with access: ServerAccess) async throws -> CanaryRecord {
        let levels = try settings.alpha ?? CanaryLevels(alpha: Settings.defaultAlpha)
        // Also checked by the plan, but for that the servers have to be started and tested first.
        try secretFile.canaries.design.requirePossibleDecision(at: levels)
        try RunDirectory.create(directory)
        do {
            return try await access.withFleet(
                opener: SessionOpener(strictness: settings.strictness),
                windowTokens: longestSentence + Self.leadingRoom,
                logPath: RunDirectory.serverLog(in: directory), console: console
            ) { fleet in try await test(on: fleet, at: levels, model: access.model) }
        } catch let error as InferenceError {
            guard case .serverEnded = error else { throw error }
            throw CanaryRun.interruption(of: directory, secretFile: secretFile, by: error)
        }
    }

    private func test(on fleet: Fleet, at levels: CanaryLevels, model: String?) async throws -> CanaryRecord {
        if let failed = fleet.sessions.first(where: { !$0.canScore }) {
            throw CanaryError.cannotScore(server: failed.server.name, obstacle: failed.selfTest.obstacle ?? "")
        }
        let leading = try await fleet.leadingTokens()
        let plan = try CanaryTestPlan(
            secretFile: secretFile, levels: levels, seed: settings.seed, strictness: settings.strictness,
            model: fleet.sessions.first?.properties.modelIdentity ?? "unknown", leading: leading)
        let run = CanaryRun(
            secretFile: secretFile, plan: plan, directory: directory,
            surroundings: CanaryRun.Surroundings(
                program: "rote \(Rote.version)", arguments: CommandLine.arguments,
                modelFile: try model.map { path throws(JournalError) in try ModelFile(path: path) },
                servers: fleet.sessions.map(ServerRecord.init)))
        let total = plan.canaries * (plan.siblings + 1)
        let remaining = try run.remaining().count
        if remaining < total {
            console.note("continuing \(directory): \(total - remaining) questions were answered before")
        }
        if remaining > 0 {
            console.note("tokenizing \(HumanFormat.count(plan.canaries * plan.siblings)) siblings")
        }
        let observer = CanaryObserver(fleet: fleet, canaries: secretFile.canaries, plan: plan)
        let display = ProgressDisplay(
            console, label: "scoring", unit: "questions", total: total, completed: total - remaining)
        defer { display.finish() }
        return try await run.execute(asking: observer) { progress in
            display.update(
                completed: progress.answered, note: progress.failures > 0 ? "\(progress.failures) failed" : "")
        }
    }

    /// No sentence has more tokens than bytes.
    private var longestSentence: Int {
        secretFile.canaries.canaries.map(\.publishedText.utf8.count).max() ?? 1
    }
}
