import Audit
import Corpus
import Foundation
import Inference

/// Carries out a prepared measurement of one model in a run directory, from the beginning or from where it stopped.
///
/// Several models are several runs, each in a directory of its own; ``MeasurementSummary`` puts them side by side.
public struct MeasurementRun: Sendable {
    static let observationKind = "observation"

    private let preparation: MeasurementPreparation
    private let fleet: Fleet
    private let client: HTTPClient?
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
    ///   - client: What carries the requests of the near-verbatim search, which needs it; the one that the servers were
    ///     made with.
    ///   - directory: The run directory; created when missing.
    ///   - program: Name and version of the program.
    ///   - arguments: The command line, without secrets.
    ///   - files: The files that the documents were read from.
    ///   - modelFile: The model file, when the run started a server for it.
    public init(
        preparation: MeasurementPreparation, fleet: Fleet, client: HTTPClient? = nil, directory: String,
        program: String,
        arguments: [String], files: [InputFile], modelFile: ModelFile? = nil
    ) {
        self.preparation = preparation
        self.fleet = fleet
        self.client = client
        self.directory = directory
        self.program = program
        self.arguments = arguments
        self.files = files
        self.modelFile = modelFile
    }

    /// Compares a run directory with a plan, before any server is tested or text is sent.
    ///
    /// - Returns: The number of observations that the directory holds already.
    /// - Throws: ``MeasurementError/planChanged(directory:differences:)`` when it was begun with another plan.
    public static func check(directory: String, against plan: MeasurementPlan) throws -> Int {
        let reader = JournalReader(directory: directory)
        guard try reader.presence() == .present else { return 0 }
        var observations = 0
        var reading = MeasurementRecord.Reading(directory: directory)
        _ = try reader.read { line in
            if line.kind == observationKind { observations += 1 } else { try reading.take(line) }
        }
        if let header = reading.header { try compare(header, with: plan, directory) }
        return observations
    }

    /// Asks every probe that the journal does not hold yet.
    ///
    /// - Parameter progress: Called after every observation, from many tasks.
    /// - Returns: The finished record.
    /// - Throws: ``MeasurementError``, `JournalError`, or an `InferenceError` when the run was stopped. What was
    ///   observed before stays in the journal.
    public func execute(
        progress: @escaping @Sendable (MeasurementProgress) -> Void = { _ in }
    ) async throws -> MeasurementRecord {
        try requireScores()
        let comparer = ReplyComparer(preparation)
        let (writer, reading) = try openJournal(comparer)
        let probes = preparation.probes
        let tally = MeasurementTally(planned: probes.count, recorded: reading.observations)
        let done = Set(reading.observations.map(\.key))
        let remaining = probes.filter { !done.contains(key($0)) }
        let prober = MeasurementProber(preparation: preparation, client: client)
        do {
            try await fleet.run(remaining) { probe, place throws(InferenceError) in
                try await prober.ask(probe, at: place)
            } finished: { probe, outcome in
                let observation =
                    switch outcome {
                    case .done(let answers): prober.observation(probe, answers, comparedBy: comparer)
                    case .failed(let error): prober.failure(probe, error)
                    }
                try writer.append(kind: Self.observationKind, record: observation)
                progress(tally.add(observation))
                return .goOn
            }
            if !reading.isFinished {
                try writer.append(
                    kind: MeasurementEnd.kind,
                    record: MeasurementEnd(finishedAt: Self.now(), observations: tally.current.observed))
            }
        } catch {
            try? writer.close()
            guard let loss = error as? InferenceError, !loss.isCancellation else { throw error }
            throw MeasurementError.interrupted(
                done: tally.current.observed, total: probes.count, cause: loss.description)
        }
        try writer.close()
        return try MeasurementRecord(directory: directory)
    }

    /// What the loss of a server means for a run directory.
    ///
    /// - Returns: ``MeasurementError/interrupted(done:total:cause:)`` when the directory can be continued, and the loss
    ///   itself otherwise.
    public static func interruption(of directory: String, by loss: InferenceError) -> any Error {
        guard let record = try? MeasurementRecord(directory: directory), !record.isFinished else { return loss }
        return MeasurementError.interrupted(
            done: record.observations.count, total: record.header.plan.probeCount, cause: loss.description)
    }

    private func requireScores() throws(MeasurementError) {
        guard preparation.plan.instruments.needsProbabilities else { return }
        for session in fleet.sessions where !session.canScore {
            throw .cannotScore(server: session.server.name, obstacle: session.selfTest.obstacle ?? "unknown")
        }
        guard preparation.plan.instruments.nearVerbatimSearch == nil || client != nil else {
            throw .cannotScore(server: "every server", obstacle: "the near-verbatim search was given no HTTP client")
        }
    }

    /// What the journal calls a probe.
    private func key(_ probe: MeasurementProbe) -> MeasurementObservation.Key {
        let document = preparation.documents[probe.document]
        return MeasurementObservation.Key(
            arm: document.arm, document: document.document.id, condition: preparation.condition(of: probe),
            start: document.windows[probe.window].start)
    }

    // MARK: Journal

    private func openJournal(_ comparer: ReplyComparer) throws -> (JournalWriter, MeasurementRecord.Reading) {
        var reading = MeasurementRecord.Reading(directory: directory)
        let writer: JournalWriter
        if try JournalReader(directory: directory).presence() == .present {
            writer = try JournalWriter(resuming: directory) { line in
                try reading.take(line)
                if line.kind == MeasurementHeader.kind, let header = reading.header {
                    try Self.compare(header, with: preparation.plan, directory)
                }
            }
        } else {
            writer = try JournalWriter(directory: directory)
        }
        let servers = fleet.sessions.map(ServerRecord.init)
        if reading.header == nil {
            try writer.append(
                kind: MeasurementHeader.kind,
                record: MeasurementHeader(
                    program: program, arguments: arguments, startedAt: Self.now(), plan: preparation.plan,
                    planHash: try preparation.plan.hash(), files: files, modelFile: modelFile, servers: servers,
                    excluded: preparation.excluded))
        } else if !reading.isFinished {
            try writer.append(
                kind: MeasurementResume.kind,
                record: MeasurementResume(arguments: arguments, startedAt: Self.now(), servers: servers))
        }
        // A run that was stopped between its first lines goes on with the documents that are missing.
        for index in preparation.documents.indices.dropFirst(reading.documents.count) {
            try writer.append(
                kind: MeasuredDocumentRecord.kind,
                record: MeasuredDocumentRecord(preparation.documents[index], source: comparer.source(index)))
        }
        return (writer, reading)
    }

    private static func compare(
        _ header: MeasurementHeader, with plan: MeasurementPlan, _ directory: String
    ) throws {
        guard header.plan != plan else { return }
        throw MeasurementError.planChanged(
            directory: directory,
            differences: PlanDifference.keys(try CanonicalJSON.encode(header.plan), try CanonicalJSON.encode(plan)))
    }

    private static func now() -> String { Date.now.formatted(.iso8601) }
}
