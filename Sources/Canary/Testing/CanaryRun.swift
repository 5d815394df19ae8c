import Audit
import Foundation
import Inference
import Synchronization

/// What a test tells while it goes on.
public struct CanaryProgress: Sendable {
    /// Questions with a usable answer, those of earlier sittings included.
    public let answered: Int
    /// Questions in all.
    public let planned: Int
    /// Questions without a usable answer in this sitting.
    public let failures: Int
}

/// Carries out a test of canaries in a run directory, from the beginning or from where it stopped.
public struct CanaryRun: Sendable {
    /// The program and machines that a journal names.
    public struct Surroundings: Sendable {
        let program: String
        let arguments: [String]
        let modelFile: ModelFile?
        let servers: [ServerRecord]

        /// Names them.
        ///
        /// - Parameters:
        ///   - program: Name and version of the program.
        ///   - arguments: The command line, without secrets.
        ///   - modelFile: The model file, when the run started a server for it.
        ///   - servers: The servers, as they were found.
        public init(program: String, arguments: [String], modelFile: ModelFile? = nil, servers: [ServerRecord] = []) {
            self.program = program
            self.arguments = arguments
            self.modelFile = modelFile
            self.servers = servers
        }
    }

    private struct Resume: Encodable {
        let arguments: [String]
        let startedAt: String
        let servers: [ServerRecord]
    }

    private let secretFile: SecretFile
    private let plan: CanaryTestPlan
    private let directory: String
    private let surroundings: Surroundings

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - secretFile: The canaries.
    ///   - plan: The frozen plan.
    ///   - directory: The run directory; created when missing. Its journal tells which siblings are published.
    ///   - surroundings: The program and machines that the journal names.
    public init(secretFile: SecretFile, plan: CanaryTestPlan, directory: String, surroundings: Surroundings) {
        self.secretFile = secretFile
        self.plan = plan
        self.directory = directory
        self.surroundings = surroundings
    }

    /// The questions that the run directory does not answer yet, in their order.
    ///
    /// - Throws: ``CanaryError/planChanged(directory:differences:)`` when it was begun with another plan.
    public func remaining() throws -> [CanaryProbe] {
        let reader = JournalReader(directory: directory)
        guard try reader.presence() == .present else { return probes }
        var reading = CanaryRecord.Reading(directory: directory, canaries: secretFile.canaries)
        _ = try reader.read { try take($0, &reading) }
        return probes.filter { !reading.sightings.hasAnswer(to: $0) }
    }

    /// Asks every question that has no usable answer yet; one that failed is asked again.
    ///
    /// - Parameters:
    ///   - observer: Who answers.
    ///   - progress: Called after every answer, from many tasks.
    /// - Returns: The record, with a verdict.
    /// - Throws: ``CanaryError``, `JournalError`, or an `InferenceError` when the test was stopped. What was seen before
    ///   stays in the journal.
    public func execute(
        asking observer: CanaryObserver, progress: @escaping @Sendable (CanaryProgress) -> Void = { _ in }
    ) async throws -> CanaryRecord {
        let (writer, reading) = try openJournal()
        let probes = probes
        let remaining = probes.filter { !reading.sightings.hasAnswer(to: $0) }
        let tally = Mutex((answered: probes.count - remaining.count, failures: 0))
        do {
            try await observer.observe(remaining) { observation in
                try writer.append(kind: CanaryObservation.kind, record: observation)
                let state = tally.withLock { state in
                    if case .failed = observation.answer { state.failures += 1 } else { state.answered += 1 }
                    return state
                }
                progress(CanaryProgress(answered: state.answered, planned: probes.count, failures: state.failures))
            }
        } catch {
            try? writer.close()
            guard let loss = error as? InferenceError, Self.mayGoOn(after: loss) else { throw error }
            throw CanaryError.interrupted(
                done: tally.withLock { $0.answered }, total: probes.count, cause: loss.description)
        }
        try writer.flush()
        let record = try CanaryRecord(directory: directory, secretFile: secretFile)
        if !record.hasVerdict {
            let verdict = CanaryVerdictRecord(
                finishedAt: Self.now(), verdict: try record.verdict())
            try writer.append(kind: CanaryVerdictRecord.kind, record: verdict)
        }
        try writer.close()
        return try CanaryRecord(directory: directory, secretFile: secretFile)
    }

    /// What the loss of a server means for a run directory.
    ///
    /// - Returns: ``CanaryError/interrupted(done:total:cause:)`` when the directory can be continued, and the loss itself
    ///   otherwise.
    public static func interruption(
        of directory: String, secretFile: SecretFile, by loss: InferenceError
    ) -> any Error {
        guard let record = try? CanaryRecord(directory: directory, secretFile: secretFile), !record.hasVerdict else {
            return loss
        }
        let design = secretFile.canaries.design
        return CanaryError.interrupted(
            done: record.sightings.answeredCount, total: design.count * (design.siblings + 1), cause: loss.description)
    }

    /// Whether the same command can do more than it did before this error.
    private static func mayGoOn(after error: InferenceError) -> Bool {
        if case .unfaithfulTokenizer = error { return false }
        return !error.isCancellation
    }

    private var probes: [CanaryProbe] { CanaryProbe.all(of: secretFile.canaries.design, seed: plan.seed) }

    // MARK: Journal

    private func openJournal() throws -> (JournalWriter, CanaryRecord.Reading) {
        var reading = CanaryRecord.Reading(directory: directory, canaries: secretFile.canaries)
        let writer: JournalWriter
        if try JournalReader(directory: directory).presence() == .present {
            writer = try JournalWriter(resuming: directory) { try take($0, &reading) }
        } else {
            writer = try JournalWriter(directory: directory)
        }
        if reading.header == nil {
            try writer.append(
                kind: CanaryRunHeader.kind,
                record: CanaryRunHeader(
                    program: surroundings.program, arguments: surroundings.arguments, startedAt: Self.now(), plan: plan,
                    planHash: try plan.hash(), modelFile: surroundings.modelFile, servers: surroundings.servers))
        } else if !reading.hasVerdict {
            try writer.append(
                kind: CanaryResume.kind,
                record: Resume(
                    arguments: surroundings.arguments, startedAt: Self.now(), servers: surroundings.servers))
        }
        return (writer, reading)
    }

    /// Takes a line of the journal, and refuses the journal when its plan is another.
    private func take(_ line: JournalLine, _ reading: inout CanaryRecord.Reading) throws {
        try reading.take(line)
        guard line.kind == CanaryRunHeader.kind, let header = reading.header, header.plan != plan else { return }
        throw CanaryError.planChanged(
            directory: directory,
            differences: PlanDifference.keys(
                try CanonicalJSON.encode(header.plan), try CanonicalJSON.encode(plan)))
    }

    private static func now() -> String { Date.now.formatted(.iso8601) }
}
