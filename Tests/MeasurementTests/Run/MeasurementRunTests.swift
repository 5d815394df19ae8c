import Corpus
import Inference
import Logging
import PrefixLearning
import Testing

@testable import Audit
@testable import Inference
@testable import Measurement

@Suite("A measurement, interrupted and continued", .serialized)
struct MeasurementRunTests {
    private let corpus = ToyCorpus(seed: 1, documents: 3)

    private func toy(_ change: (inout ToyServer) -> Void = { _ in }) -> ToyServer {
        var toy = ToyServer(model: corpus.model)
        change(&toy)
        return toy
    }

    private func execute(
        _ directory: String, _ options: MeasureOptions = smallOptions(), toys: [ToyServer]? = nil,
        progress: @escaping @Sendable (MeasurementProgress) -> Void = { _ in }
    ) async throws -> MeasurementRecord {
        try await measure(
            try await corpus.prepareMeasurement(options), on: toys ?? [toy()], in: directory, progress: progress)
    }

    private func execute(_ directory: String, stoppingAfter count: Int) async throws {
        let running = Guarded<Task<MeasurementRecord, any Error>?>(nil)
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

    private func kinds(_ directory: String) throws -> [String] {
        var kinds: [String] = []
        _ = try JournalReader(directory: directory).read { kinds.append($0.kind) }
        return kinds
    }

    @Test("a journal holds header, documents, observations and end, in this order")
    func order() async throws {
        let scratch = try ScratchDirectory()
        let told = Guarded<[MeasurementProgress]>([])
        let record = try await execute(scratch.path) { progress in told.withLock { $0.append(progress) } }
        let preparation = try await corpus.prepareMeasurement(smallOptions())
        #expect(preparation.plan.probeCount == preparation.probes.count && preparation.probes.count > 12)
        #expect(
            try kinds(scratch.path) == ["measurement"]
                + Array(repeating: "document", count: preparation.documents.count)
                + Array(repeating: "observation", count: preparation.probes.count) + ["end"])
        #expect(record.isFinished && record.continuations == 0)
        let last = try #require(told.withLock { $0 }.max { $0.observed < $1.observed })
        #expect(last.observed == last.planned && last.planned == preparation.probes.count)
        #expect(last.suspectHits > 0 && last.controlHits == 0 && last.failures == 0)
        // One greedy request per probe.
        #expect(record.observations.allSatisfy { $0.sighting?.requests == 1 })
    }

    @Test("what the model remembers comes back, the rest does not, and the numbers say so")
    func numbers() async throws {
        let scratch = try ScratchDirectory()
        let record = try await execute(scratch.path)
        let summary = try #require(try MeasurementSummary([record]).targets.first)
        let suspect = try #require(summary.table(.suspect)?.rate(.regurgitates))
        let control = try #require(summary.table(.control)?.rate(.regurgitates))
        #expect(try #require(suspect.share) > 0.4 && control.hits == 0)
        #expect(suspect.documents == 3 && suspect.interval != nil)
        #expect(summary.table(.suspect)?.rate(.exactSuffix) == suspect)
        for row in summary.probes {
            let reply = try #require(row.reply)
            #expect(reply.isWholeSuffix == (reply.firstDivergence == 8))
            #expect((reply.tokenAccuracy == 1) == reply.isWholeSuffix)
            if reply.isWholeSuffix {
                #expect(row.replyClass == .cutByLength && reply.longestTokens >= 8)
                #expect(reply.editSimilarity > 0.7)
            }
        }
        let known = try #require(summary.documents.first { $0.document.rawValue == "s0" })
        #expect(known.isHit && known.exactSuffixes == known.regurgitatingProbes)
        let opening = ProbeCondition(elicitation: .none, prefixLength: 8, place: .opening)
        #expect(summary.table(.suspect, opening)?.rate(.regurgitates)?.trials == 3)
        #expect(summary.lengthCurves.map(\.arm) == [.suspect, .control])
    }

    @Test(
        "a run that is stopped anywhere goes on where it was, asks nothing twice and finds the same",
        arguments: [1, 3, 9])
    func resume(count: Int) async throws {
        let whole = try ScratchDirectory()
        let parts = try ScratchDirectory()
        let expected = try await execute(whole.path)
        try await execute(parts.path, stoppingAfter: count)
        let partial = try MeasurementRecord(directory: parts.path)
        #expect(!partial.isFinished && partial.observations.count >= count)
        let plan = try await corpus.prepareMeasurement(smallOptions()).plan
        #expect(try MeasurementRun.check(directory: parts.path, against: plan) == partial.observations.count)
        let asked = Guarded(0)
        let record = try await execute(parts.path) { _ in asked.withLock { $0 += 1 } }
        #expect(asked.withLock { $0 } == expected.observations.count - partial.observations.count)
        #expect(record.continuations == 1)
        #expect(try essence(record) == essence(expected))
        let bytes = try parts.bytes()
        _ = try await execute(parts.path) { _ in Issue.record("asked again") }
        #expect(try parts.bytes() == bytes)
    }

    @Test("a journal cut off anywhere is continued to the same end")
    func cutJournals() async throws {
        let whole = try ScratchDirectory()
        let expected = try await execute(whole.path)
        let bytes = try whole.bytes()
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        for line in [0, 3, 7, ends.count - 2] {
            let parts = try ScratchDirectory()
            try parts.setBytes(bytes[..<min(bytes.count, ends[line] + 60)])
            #expect(try await essence(execute(parts.path)) == essence(expected), "cut after line \(line + 1)")
        }
    }

    @Test("several servers, other orders of work, the same result")
    func servers() async throws {
        let alone = try ScratchDirectory()
        let shared = try ScratchDirectory()
        let one = try await execute(alone.path, toys: [toy { $0.slots = 1 }])
        let three = try await execute(shared.path, toys: [toy { $0.slots = 3 }, toy(), toy { $0.slots = 1 }])
        #expect(try essence(one) == essence(three))
    }

    @Test("another plan is refused with what differs, and the journal is left alone")
    func changedPlan() async throws {
        let scratch = try ScratchDirectory()
        _ = try await execute(scratch.path)
        let bytes = try scratch.bytes()
        var options = smallOptions(prefixes: [4])
        options.seed = 2
        do {
            _ = try await execute(scratch.path, options)
            Issue.record("accepted")
        } catch MeasurementError.planChanged(_, let differences) {
            let text = differences.joined(separator: "; ")
            for key in ["grid", "seed", "probes"] { #expect(text.contains(key), "\(text)") }
        }
        #expect(try scratch.bytes() == bytes)
    }

    @Test("a server that hangs up on some probes costs these probes and no others")
    func faults() async throws {
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepareMeasurement(smallOptions())
        let bad = preparation.probes[2]
        let prompt = MeasurementProber(preparation: preparation, client: nil).target(of: bad).prefix
        let marker = "\"prompt\":[" + prompt.map { "\($0)" }.joined(separator: ",") + "]"
        let record = try await measure(
            preparation, on: [toy()], in: scratch.path, hangsUp: { $0.contains(marker) })
        let failed = record.observations.filter { $0.sighting == nil }
        #expect(record.isFinished && failed.count >= 1 && failed.count < record.observations.count / 4)
        let summary = try #require(try MeasurementSummary([record]).targets.first)
        let failures = summary.cells.filter { $0.condition == nil }.compactMap { $0.table.rate(.failed)?.hits }
        #expect(failures.reduce(0, +) == failed.count)
        let answered = summary.cells.filter { $0.condition == nil }.compactMap {
            $0.table.rate(.regurgitates)?.trials
        }
        #expect(answered.reduce(0, +) == record.observations.count - failed.count)
        let classes = summary.replyClasses.filter { $0.condition == nil }
        #expect(classes.reduce(0) { $0 + $1.replies(.transportError) } == failed.count)
    }

    @Test("a context that is too small is a failure of the probe, not of the run")
    func smallContext() async throws {
        let scratch = try ScratchDirectory()
        let record = try await execute(scratch.path, toys: [toy { $0.contextTokens = 16 }])
        #expect(record.isFinished && record.observations.allSatisfy { $0.sighting == nil })
    }

    @Test("samples, scores and elicitations are asked for when wanted and never else")
    func instruments() async throws {
        let scratch = try ScratchDirectory()
        let options = smallOptions(
            stride: nil,
            instruments: Instruments(samples: SamplingScheme(count: 2, temperature: 1), likelihood: .whole))
        let chat = Elicitation(id: PromptID(rawValue: "chat"), before: [70, 71], after: [72])
        let preparation = try await corpus.prepareMeasurement(options, elicitations: [chat, chat])
        #expect(preparation.plan.elicitations.map(\.id.rawValue) == ["none", "chat"])
        let record = try await measure(preparation, on: [toy()], in: scratch.path)
        for observation in record.observations {
            let sighting = try #require(observation.sighting)
            #expect(sighting.replies.map(\.decoding) == [.greedy, .sample(seed: 1), .sample(seed: 2)])
            let score = try #require(sighting.score)
            #expect(score.lns.count == 8 && score.suffixTokens == 8)
            if sighting.replies[0].overlap.repetition.isWholeSuffix { #expect(score.ln > -1) }
        }
        let summary = try #require(try MeasurementSummary([record]).targets.first)
        #expect(summary.table(.suspect)?.rate(.anySampleRegurgitates)?.trials == 6)
        #expect(summary.table(.suspect)?.mean(.suffixProbability) != nil)
        let named = ProbeCondition(elicitation: chat.id, prefixLength: 8, place: .opening)
        #expect(summary.table(.suspect, named)?.rate(.regurgitates)?.trials == 3)
    }

    @Test("scores of a server that failed its test are refused before anything is sent")
    func untrusted() async throws {
        let scratch = try ScratchDirectory()
        let options = smallOptions(instruments: Instruments(greedy: false, nearVerbatimSearch: .init(radius: 1)))
        let preparation = try await corpus.prepareMeasurement(options)
        await #expect(throws: MeasurementError.self) {
            _ = try await measure(preparation, on: [toy()], in: scratch.path)
        }
        #expect(throws: MeasurementError.self) {
            var options = smallOptions(instruments: Instruments(greedy: false))
            options.coveringWords = 3
            try options.validate()
        }
    }

    @Test("a server that cuts replies off in the middle of a recitation is seen to do so")
    func filter() async throws {
        let corpus = ToyCorpus(seed: 1, documents: 2, bytes: 130)
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepareMeasurement(smallOptions(suffix: 60, stride: nil))
        let cut: @Sendable (String) -> String = {
            $0.replacing("\"stop_type\":\"limit\"", with: "\"stop_type\":\"none\"")
        }
        let record = try await withEditedToy(corpus.model, edit: cut) { session, _ in
            let fleet = try Fleet(
                sessions: [session], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return try await MeasurementRun(
                preparation: preparation, fleet: fleet, directory: scratch.path, program: "test", arguments: [],
                files: []
            ).execute()
        }
        let summary = try #require(try MeasurementSummary([record]).targets.first)
        for row in summary.probes {
            let reply = try #require(row.reply)
            if reply.isWholeSuffix {
                #expect(row.replyClass == .filteredMidMatch && reply.censoredWords ?? 0 >= 5)
            } else {
                #expect(row.replyClass == .stopped || row.replyClass == .answered)
            }
        }
        #expect(summary.table(.suspect)?.rate(.cutMidMatch)?.hits == summary.table(.suspect)?.rate(.exactSuffix)?.hits)
        #expect(summary.table(.suspect)?.rate(.cutMidMatch)?.hits ?? 0 > 0)
    }
}
