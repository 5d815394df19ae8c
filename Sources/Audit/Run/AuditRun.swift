import Corpus
import Foundation
import Inference
import Logging
import Statistics

/// What a run tells while it goes on.
public struct AuditProgress: Sendable {
    /// Windows observed, those of earlier sittings included.
    public let observed: Int
    /// Windows planned.
    public let planned: Int
    /// Windows observed in this sitting.
    public let observedNow: Int
    /// Reproduced windows so far, suspect and control.
    public let reproduced: (suspect: Int, control: Int)
    /// Windows without a usable answer so far.
    public let failures: Int
    /// ln of the evidence for extraction so far and of what decides, in nats; `nil` in a run that does not end early.
    public let evidence: (log: Double, needed: Double)?
}

/// Carries out a prepared audit in a run directory, from the beginning or from where it stopped.
public struct AuditRun: Sendable {
    static let observationKind = "observation"
    static let replicateKind = "replicate"
    static let unaidedKind = "unaided"

    private let preparation: Preparation
    private let fleet: Fleet
    private let directory: String
    private let program: String
    private let arguments: [String]
    private let files: [InputFile]
    private let modelFile: ModelFile?

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - preparation: The frozen plan and its documents.
    ///   - fleet: The servers, tested.
    ///   - directory: The run directory; created when missing.
    ///   - program: Name and version of the program.
    ///   - arguments: The command line, without secrets.
    ///   - files: The files that the documents were read from.
    ///   - modelFile: The model file, when the run started a server for it.
    public init(
        preparation: Preparation, fleet: Fleet, directory: String, program: String, arguments: [String],
        files: [InputFile], modelFile: ModelFile? = nil
    ) {
        self.preparation = preparation
        self.fleet = fleet
        self.directory = directory
        self.program = program
        self.arguments = arguments
        self.files = files
        self.modelFile = modelFile
    }

    /// Compares a run directory with a plan, before any server is tested or text is sent.
    ///
    /// - Returns: The number of observations that the directory holds already.
    /// - Throws: ``AuditError/planChanged(directory:differences:)`` when it was begun with another plan.
    public static func check(directory: String, against plan: AuditPlan) throws -> Int {
        let reader = JournalReader(directory: directory)
        guard try reader.presence() == .present else { return 0 }
        var observations = 0
        var reading = RunRecord.Reading(directory: directory)
        _ = try reader.read { line in
            if line.kind == observationKind { observations += 1 } else { try reading.take(line) }
        }
        if let header = reading.header { try compare(header, with: plan, directory) }
        return observations
    }

    /// Observes every window that the journal does not hold yet, or until the evidence decides.
    ///
    /// - Parameter progress: Called after every observation, from many tasks.
    /// - Returns: The finished record.
    /// - Throws: ``AuditError``, ``JournalError``, or an ``InferenceError`` when all servers were lost. What was
    ///   observed before stays in the journal.
    public func execute(progress: @escaping @Sendable (AuditProgress) -> Void) async throws -> RunRecord {
        let (writer, reading) = try openJournal()
        let prober = Prober(plan: preparation.plan, documents: preparation.documents)
        let tally = try RunTally(reading.observations, preparation)
        do {
            try await observe(prober, after: reading.observations, writer, tally, progress)
            try writer.flush()
            let record = try RunRecord(directory: directory)
            if !record.hasVerdict {
                try await replicate(prober, record, writer)
                try await askUnaided(prober, record, writer)
                try writer.flush()
                let summary = try Analysis(try RunRecord(directory: directory)).summary
                try writer.append(
                    kind: VerdictRecord.kind, record: VerdictRecord(finishedAt: Self.now(), summary: summary))
            }
        } catch {
            try? writer.close()
            throw interruption(error, tally)
        }
        try writer.close()
        return try RunRecord(directory: directory)
    }

    /// Observes what is missing, until the evidence decides.
    private func observe(
        _ prober: Prober, after recorded: [Observation], _ writer: JournalWriter, _ tally: RunTally,
        _ progress: @escaping @Sendable (AuditProgress) -> Void
    ) async throws {
        guard tally.continuation == .goOn else { return }
        let done = Set(recorded.map(ObservedWindow.init))
        let remaining = preparation.probes.filter { !done.contains(name($0)) }
        try await ask(remaining, prober) { observation in
            try writer.append(kind: Self.observationKind, record: observation)
            progress(tally.add(observation))
            return tally.continuation
        }
    }

    /// Asks about some windows again, so that the noise of the measurement is known.
    private func replicate(_ prober: Prober, _ record: RunRecord, _ writer: JournalWriter) async throws {
        let evidence: PairedEvidence?
        do throws(StatisticsError) { evidence = try record.pairedEvidence() } catch {
            throw AuditError.statistics("\(error)")
        }
        let done = Set(record.replicates.map(ObservedWindow.init))
        let chosen = Set(ReplicateChoice(record.counted(evidence), plan: preparation.plan).windows)
        let remaining = preparation.probes.filter { chosen.contains(name($0)) && !done.contains(name($0)) }
        try await ask(remaining, prober) { observation in
            try writer.append(kind: Self.replicateKind, record: observation)
            return .goOn
        }
    }

    /// Asks about some windows without what was learned, so that its worth on tested documents is known.
    private func askUnaided(_ prober: Prober, _ record: RunRecord, _ writer: JournalWriter) async throws {
        let evidence: PairedEvidence?
        do throws(StatisticsError) { evidence = try record.pairedEvidence() } catch {
            throw AuditError.statistics("\(error)")
        }
        let done = Set(record.unaided.map(ObservedWindow.init))
        let chosen = Set(UnaidedChoice(record.counted(evidence), plan: preparation.plan).windows)
        let remaining = preparation.probes.filter { chosen.contains(name($0)) && !done.contains(name($0)) }
        try await ask(remaining, prober.unaided) { observation in
            try writer.append(kind: Self.unaidedKind, record: observation)
            return .goOn
        }
    }

    /// What the journal calls a probe's window.
    private func name(_ probe: Probe) -> ObservedWindow {
        let document = preparation.documents[probe.document]
        return ObservedWindow(arm: document.arm, document: document.document.id, window: probe.window)
    }

    private func ask(
        _ probes: [Probe], _ prober: Prober,
        _ take: @escaping @Sendable (Observation) throws -> Fleet.Continuation
    ) async throws {
        try await fleet.run(probes) { probe, place throws(InferenceError) in
            try await prober.observe(probe, at: place)
        } finished: { probe, outcome in
            switch outcome {
            case .done(let seen): try take(seen)
            case .failed(let error): try take(prober.failure(probe, error))
            }
        }
    }

    /// What the loss of a server means for a run directory.
    ///
    /// - Parameters:
    ///   - directory: The run directory.
    ///   - loss: Why the server is gone.
    /// - Returns: ``AuditError/interrupted(done:total:cause:)`` when the directory holds observations and no verdict,
    ///   and the loss itself otherwise.
    public static func interruption(of directory: String, by loss: InferenceError) -> any Error {
        guard let record = try? RunRecord(directory: directory), !record.hasVerdict else { return loss }
        let plan = record.header.plan
        return AuditError.interrupted(
            done: record.observations.count, total: plan.suspect.windows + (plan.control?.windows ?? 0),
            cause: loss.description)
    }

    private func interruption(_ error: any Error, _ tally: RunTally) -> any Error {
        if let error = error as? InferenceError, !error.isCancellation {
            let state = tally.current
            return AuditError.interrupted(
                done: state.observed, total: state.planned, cause: error.description)
        }
        return error
    }

    // MARK: Journal

    private func openJournal() throws -> (JournalWriter, RunRecord.Reading) {
        var reading = RunRecord.Reading(directory: directory)
        let writer: JournalWriter
        if try JournalReader(directory: directory).presence() == .present {
            writer = try JournalWriter(resuming: directory) { line in
                try reading.take(line)
                if line.kind == RunHeader.kind, let header = reading.header {
                    try Self.compare(header, with: preparation.plan, directory)
                }
            }
        } else {
            writer = try JournalWriter(directory: directory)
        }
        let servers = fleet.sessions.map(ServerRecord.init)
        if reading.header == nil {
            try writer.append(kind: RunHeader.kind, record: header(servers))
        } else if !reading.hasVerdict {
            try writer.append(
                kind: ResumeRecord.kind,
                record: ResumeRecord(arguments: arguments, startedAt: Self.now(), servers: servers))
        }
        // A run that was stopped between its first lines goes on with the documents that are missing.
        for record in preparation.documentRecords.dropFirst(reading.documents.count) {
            try writer.append(kind: DocumentRecord.kind, record: record)
        }
        return (writer, reading)
    }

    private func header(_ servers: [ServerRecord]) throws -> RunHeader {
        RunHeader(
            program: program, arguments: arguments, startedAt: Self.now(), plan: preparation.plan,
            planHash: try preparation.plan.hash(), files: files, modelFile: modelFile, servers: servers,
            excluded: preparation.excluded,
            pairsBetweenArms: preparation.pairsBetweenArms, blindBaseline: preparation.blindBaseline,
            shapeChoice: preparation.shapeChoice)
    }

    private static func compare(_ header: RunHeader, with plan: AuditPlan, _ directory: String) throws {
        guard header.plan != plan else { return }
        let differences = PlanDifference.keys(
            try CanonicalJSON.encode(header.plan), try CanonicalJSON.encode(plan))
        throw AuditError.planChanged(directory: directory, differences: differences)
    }

    private static func now() -> String { Date.now.formatted(.iso8601) }
}
