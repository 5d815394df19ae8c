import Audit
import Foundation
import Inference
import Synchronization

/// What a test tells while it goes on.
public struct OrderProgress: Sendable {
    /// Questions that were asked, those of earlier sittings included.
    public let asked: Int
    /// Questions in all.
    public let planned: Int
    /// Questions without a usable answer.
    public let failures: Int
}

/// Carries out a test of a published order in a run directory, from the beginning or from where it stopped.
public struct OrderRun: Sendable {
    /// The program, files and machines that a journal names.
    public struct Surroundings: Sendable {
        let program: String
        let arguments: [String]
        let files: [InputFile]
        let modelFile: ModelFile?
        let servers: [ServerRecord]

        /// Names them.
        ///
        /// - Parameters:
        ///   - program: Name and version of the program.
        ///   - arguments: The command line, without secrets.
        ///   - files: The files that the documents were read from.
        ///   - modelFile: The model file, when the run started a server for it.
        ///   - servers: The servers, as they were found.
        public init(
            program: String, arguments: [String], files: [InputFile] = [], modelFile: ModelFile? = nil,
            servers: [ServerRecord] = []
        ) {
            self.program = program
            self.arguments = arguments
            self.files = files
            self.modelFile = modelFile
            self.servers = servers
        }
    }

    private let order: PublishedOrder
    private let plan: OrderTestPlan
    private let directory: String
    private let surroundings: Surroundings

    /// Creates a run; nothing is sent or written yet.
    public init(order: PublishedOrder, plan: OrderTestPlan, directory: String, surroundings: Surroundings) {
        self.order = order
        self.plan = plan
        self.directory = directory
        self.surroundings = surroundings
    }

    /// The questions that the run directory does not answer yet, in their order; none where a gate has failed.
    ///
    /// - Throws: ``OrderTestError/planChanged(directory:differences:)`` when it was begun with another plan.
    public func remaining() throws -> [OrderProbe] {
        let reader = JournalReader(directory: directory)
        guard try reader.presence() == .present else { return probes }
        var reading = OrderRecord.Reading(directory: directory)
        _ = try reader.read { try take($0, &reading) }
        return unasked(reading)
    }

    /// Asks every question that was not asked yet.
    ///
    /// - Parameters:
    ///   - observer: Who answers.
    ///   - progress: Called after every answer, from many tasks.
    /// - Returns: The record, with a verdict.
    /// - Throws: ``OrderTestError``, `JournalError`, or an `InferenceError` when the test was stopped. What was seen before
    ///   stays in the journal.
    public func execute(
        asking observer: OrderObserver, progress: @escaping @Sendable (OrderProgress) -> Void = { _ in }
    ) async throws -> OrderRecord {
        let (writer, reading) = try openJournal()
        let remaining = unasked(reading)
        let planned = probes.count
        let tally = Mutex((asked: planned - remaining.count, failures: reading.sightings?.failures ?? 0))
        do {
            try await observer.observe(remaining) { observation in
                try writer.append(kind: OrderObservation.kind, record: observation)
                let state = tally.withLock { state in
                    state.asked += 1
                    if case .failed = observation.answer { state.failures += 1 }
                    return state
                }
                progress(OrderProgress(asked: state.asked, planned: planned, failures: state.failures))
            }
        } catch {
            try? writer.close()
            guard let loss = error as? InferenceError, Self.mayGoOn(after: loss) else { throw error }
            throw OrderTestError.interrupted(
                done: tally.withLock { $0.asked }, total: planned, cause: loss.description)
        }
        try writer.flush()
        let record = try OrderRecord(directory: directory)
        if !record.hasVerdict {
            let verdict = OrderVerdictRecord(finishedAt: Self.now(), verdict: try record.verdict())
            try writer.append(kind: OrderVerdictRecord.kind, record: verdict)
        }
        try writer.close()
        return try OrderRecord(directory: directory)
    }

    /// What the loss of a server means for a run directory.
    ///
    /// - Returns: ``OrderTestError/interrupted(done:total:cause:)`` when the directory can be continued, and the loss itself
    ///   otherwise.
    public static func interruption(of directory: String, by loss: InferenceError) -> any Error {
        guard let record = try? OrderRecord(directory: directory), !record.hasVerdict else { return loss }
        return OrderTestError.interrupted(
            done: record.sightings.asked.count, total: record.header.plan.questions, cause: loss.description)
    }

    /// Whether the same command can do more than it did before this error.
    private static func mayGoOn(after error: InferenceError) -> Bool {
        if case .unfaithfulTokenizer = error { return false }
        return !error.isCancellation
    }

    /// The questions of the test: none when the order is no evidence anyhow.
    private var probes: [OrderProbe] {
        guard order.gates.allSatisfy(\.passed) else { return [] }
        return OrderProbe.all(shards: plan.shards, places: plan.places, seed: plan.seed)
    }

    private func unasked(_ reading: OrderRecord.Reading) -> [OrderProbe] {
        probes.filter { reading.sightings?.asked.contains($0) != true }
    }

    // MARK: Journal

    private func openJournal() throws -> (JournalWriter, OrderRecord.Reading) {
        var reading = OrderRecord.Reading(directory: directory)
        let writer: JournalWriter
        if try JournalReader(directory: directory).presence() == .present {
            writer = try JournalWriter(resuming: directory) { try take($0, &reading) }
        } else {
            writer = try JournalWriter(directory: directory)
        }
        if reading.header == nil {
            try writer.append(
                kind: OrderRunHeader.kind,
                record: OrderRunHeader(
                    program: surroundings.program, arguments: surroundings.arguments, startedAt: Self.now(), plan: plan,
                    planHash: try plan.hash(), files: surroundings.files, gates: order.gates,
                    droppedDuplicates: order.droppedDuplicates,
                    shards: order.shards.map { ShardRecord($0, of: order.documents) },
                    modelFile: surroundings.modelFile, servers: surroundings.servers))
        } else if !reading.hasVerdict {
            try writer.append(
                kind: OrderResume.kind,
                record: OrderResume(
                    arguments: surroundings.arguments, startedAt: Self.now(), servers: surroundings.servers))
        }
        return (writer, reading)
    }

    /// Takes a line of the journal, and refuses the journal when its plan is another.
    private func take(_ line: JournalLine, _ reading: inout OrderRecord.Reading) throws {
        try reading.take(line)
        guard line.kind == OrderRunHeader.kind, let header = reading.header, header.plan != plan else { return }
        throw OrderTestError.planChanged(
            directory: directory,
            differences: PlanDifference.keys(
                try CanonicalJSON.encode(header.plan), try CanonicalJSON.encode(plan)))
    }

    private static func now() -> String { Date.now.formatted(.iso8601) }
}
