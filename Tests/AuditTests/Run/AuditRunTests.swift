import Corpus
import Foundation
import Inference
import Logging
import Randomness
import Synchronization
import Testing

@testable import Audit
@testable import Inference

@Suite("A run, interrupted and continued", .serialized)
struct AuditRunTests {
    private let corpus = ToyCorpus(seed: 1, documents: 3)

    private func toy(_ change: (inout ToyServer) -> Void = { _ in }) -> ToyServer {
        var toy = ToyServer(model: corpus.model)
        change(&toy)
        return toy
    }

    /// Carries a run out on toy servers.
    private func execute(
        _ directory: String, _ options: AuditOptions = shortOptions(), toys: [ToyServer]? = nil,
        patience: Duration = .seconds(60), progress: @escaping @Sendable (AuditProgress) -> Void = { _ in }
    ) async throws -> RunRecord {
        let preparation = try await corpus.prepare(options)
        return try await withToyFleet(toys ?? [toy()], patience: patience) { fleet in
            try await AuditRun(
                preparation: preparation, fleet: fleet, directory: directory, program: "test", arguments: ["rote"],
                files: []
            ).execute(progress: progress)
        }
    }

    /// Carries a run out until so many windows were observed in this sitting.
    private func execute(_ directory: String, stoppingAfter count: Int) async throws {
        let running = Guarded<Task<RunRecord, any Error>?>(nil)
        let task = Task {
            try await execute(directory) { progress in
                if progress.observedNow >= count { running.withLock { $0 }?.cancel() }
            }
        }
        running.withLock { $0 = task }
        do {
            _ = try await task.value
            Issue.record("the run was not stopped")
        } catch {
            #expect(error is CancellationError || (error as? InferenceError)?.isCancellation == true, "\(error)")
        }
    }

    private func lines(_ directory: String) throws -> [JournalLine] {
        var lines: [JournalLine] = []
        _ = try JournalReader(directory: directory).read { lines.append($0) }
        return lines
    }

    /// What must not depend on how often a run was interrupted.
    private func essence(_ record: RunRecord) throws -> [UInt8] { try CanonicalJSON.encode(Analysis(record).summary) }

    private func windows(_ record: RunRecord) -> [String] {
        record.observations.map { "\($0.arm) \($0.document) \($0.window)" }
    }

    @Test("a journal holds header, documents, observations, repetitions and verdict, in this order")
    func order() async throws {
        let scratch = try ScratchDirectory()
        let seen = Guarded<[AuditProgress]>([])
        let record = try await execute(scratch.path) { progress in seen.withLock { $0.append(progress) } }
        let kinds = try lines(scratch.path).map(\.kind)
        let preparation = try await corpus.prepare(shortOptions())
        #expect(
            kinds == ["header"] + Array(repeating: "document", count: preparation.documents.count)
                + Array(repeating: "observation", count: preparation.probes.count)
                + Array(repeating: "replicate", count: record.replicates.count) + ["verdict"])
        #expect(record.replicates.count == 4)
        #expect(record.hasVerdict && record.continuations.isEmpty)
        #expect(record.documents.map(\.document) == preparation.documents.map(\.document.id))
        #expect(Set(windows(record)).count == preparation.probes.count)
        #expect(try Analysis(record).summary.gates.allSatisfy(\.passed))
        let told = seen.withLock { $0 }
        #expect(told.map(\.observed).sorted() == Array(1...preparation.probes.count))
        #expect(told.allSatisfy { $0.planned == preparation.probes.count && $0.failures == 0 })
        let last = try #require(told.max { $0.observed < $1.observed })
        #expect(last.reproduced.suspect > 0)
    }

    @Test("the analysis of the journal is the analysis of the run")
    func analysis() async throws {
        let scratch = try ScratchDirectory()
        let record = try await execute(scratch.path)
        #expect(try essence(RunRecord(directory: scratch.path)) == essence(record))
        let line = try #require(try lines(scratch.path).last)
        let kept = try line.decode(VerdictRecord.self)
        #expect(try CanonicalJSON.encode(kept.summary) == essence(record))
    }

    @Test("several servers, other orders of work, the same result")
    func servers() async throws {
        let alone = try ScratchDirectory()
        let shared = try ScratchDirectory()
        let one = try await execute(alone.path, toys: [toy { $0.slots = 1 }])
        let three = try await execute(shared.path, toys: [toy { $0.slots = 3 }, toy(), toy { $0.slots = 1 }])
        #expect(try essence(one) == essence(three))
    }

    @Test(
        "a run that is stopped anywhere goes on where it was, asks nothing twice and finds the same",
        arguments: [1, 2, 5, 8])
    func resume(count: Int) async throws {
        let whole = try ScratchDirectory()
        let parts = try ScratchDirectory()
        let expected = try await execute(whole.path)
        try await execute(parts.path, stoppingAfter: count)
        let partial = try RunRecord(directory: parts.path)
        #expect(!partial.hasVerdict && partial.observations.count >= count)
        #expect(partial.observations.count < expected.observations.count)
        let plan = try await corpus.prepare(shortOptions()).plan
        #expect(try AuditRun.check(directory: parts.path, against: plan) == partial.observations.count)
        let asked = Guarded(0)
        let record = try await execute(parts.path) { _ in asked.withLock { $0 += 1 } }
        #expect(asked.withLock { $0 } == expected.observations.count - partial.observations.count)
        #expect(Set(windows(record)).count == record.observations.count)
        #expect(Set(windows(record)) == Set(windows(expected)))
        #expect(try essence(record) == essence(expected))
        #expect(record.continuations.count == 1)
    }

    @Test("a run may be stopped as often as one likes")
    func stoppedOften() async throws {
        let whole = try ScratchDirectory()
        let parts = try ScratchDirectory()
        let expected = try await execute(whole.path)
        var sittings = 0
        while try sittings == 0 || RunRecord(directory: parts.path).observations.count < 8 {
            try await execute(parts.path, stoppingAfter: 1)
            sittings += 1
            #expect(sittings < 20)
        }
        let record = try await execute(parts.path)
        #expect(record.continuations.count == sittings)
        #expect(try essence(record) == essence(expected))
    }

    @Test("a journal cut off at any line or in the middle of one is continued to the same end")
    func cutJournals() async throws {
        let whole = try ScratchDirectory()
        let expected = try await execute(whole.path)
        let bytes = try whole.bytes()
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        // The first lines, some later ones, and the verdict's.
        for line in [0, 1, 2, 6, 7, 9, ends.count - 2] {
            for extra in [1, 60] {
                let parts = try ScratchDirectory()
                try parts.setBytes(bytes[..<min(bytes.count, ends[line] + extra)])
                let record = try await execute(parts.path)
                #expect(try essence(record) == essence(expected), "cut after line \(line + 1), \(extra - 1) bytes more")
                #expect(Set(windows(record)).count == record.observations.count)
                #expect(record.documents == expected.documents)
            }
        }
    }

    @Test("a finished run is not touched again, and says the same")
    func complete() async throws {
        let scratch = try ScratchDirectory()
        let first = try await execute(scratch.path)
        let bytes = try scratch.bytes()
        let second = try await execute(scratch.path) { _ in Issue.record("asked again") }
        #expect(try scratch.bytes() == bytes)
        #expect(try essence(second) == essence(first))
        #expect(second.chain == first.chain)
    }

    @Test("another plan is refused with what differs, and the journal is left alone")
    func changedPlan() async throws {
        let scratch = try ScratchDirectory()
        try await execute(scratch.path, stoppingAfter: 2)
        let bytes = try scratch.bytes()
        var options = shortOptions(seed: 2)
        options.alpha = 0.05
        do {
            _ = try await execute(scratch.path, options)
            Issue.record("accepted")
        } catch AuditError.planChanged(let directory, let differences) {
            #expect(directory == scratch.path)
            let text = differences.joined(separator: "; ")
            for key in ["alpha", "seed", "probes"] { #expect(text.contains(key), "\(text)") }
            #expect(!text.contains("delta"), "\(text)")
        }
        let plan = try await corpus.prepare(options).plan
        #expect(throws: AuditError.self) { try AuditRun.check(directory: scratch.path, against: plan) }
        #expect(try scratch.bytes() == bytes)
    }

    @Test("an empty directory holds nothing yet, whatever the plan")
    func nothingYet() async throws {
        let scratch = try ScratchDirectory()
        let plan = try await corpus.prepare(shortOptions()).plan
        #expect(try AuditRun.check(directory: scratch.path, against: plan) == 0)
        #expect(try AuditRun.check(directory: scratch.path + "/none", against: plan) == 0)
    }

    @Test("two runs in one directory at once: one of them is refused")
    func locked() async throws {
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        await #expect(throws: JournalError.self) { _ = try await execute(scratch.path) }
        try writer.close()
    }

    @Test("a damaged journal is refused and left as it is")
    func damaged() async throws {
        let scratch = try ScratchDirectory()
        _ = try await execute(scratch.path)
        var bytes = try scratch.bytes()
        bytes[bytes.count / 2] ^= 1
        try scratch.setBytes(bytes)
        await #expect(throws: JournalError.self) { _ = try await execute(scratch.path) }
        #expect(try scratch.bytes() == bytes)
    }

    @Test("when all servers are gone the run stops, keeps what it has and can be continued")
    func serversLost() async throws {
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepare(shortOptions())
        let total = preparation.probes.count
        let error = try await withToys([toy()]) { servers in
            // Nothing listens at the address of the only server any more.
            let properties = try await servers[0].properties()
            let server = LlamaServer(
                address: try ServerAddress("http://127.0.0.1:1"),
                client: HTTPClient(transport: HTTPTransport(), policy: .never))
            let session = ServerSession(
                server: server, properties: properties, selfTest: SelfTestReport(ways: [], obstacle: nil),
                calibration: .fixed(usable: [.grammar]),
                scorer: ForcedScorer(source: server, neutralToken: 97, vocabulary: 283, reusesCache: false))
            let fleet = try Fleet(
                sessions: [session], patience: .milliseconds(100),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let run = AuditRun(
                preparation: preparation, fleet: fleet, directory: scratch.path, program: "test", arguments: [],
                files: [])
            do {
                _ = try await run.execute { _ in }
                return nil as (any Error)?
            } catch { return error }
        }
        guard case AuditError.interrupted(done: 0, total: total, let cause)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.contains("127.0.0.1:1"))
        let record = try await execute(scratch.path)
        #expect(record.observations.allSatisfy { $0.sighting != nil })
        #expect(record.hasVerdict)
    }

    @Test("a window that no server can answer is recorded, and the run goes on")
    func unanswerable() async throws {
        let scratch = try ScratchDirectory()
        let record = try await execute(scratch.path, toys: [toy { $0.fault = .refusesProbabilities }])
        #expect(record.observations.allSatisfy { $0.sighting == nil })
        #expect(try Analysis(record).summary.decision.verdict.answer == .invalid)
    }
}
