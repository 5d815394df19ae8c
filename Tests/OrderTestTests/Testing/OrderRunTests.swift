import Audit
import Corpus
import Inference
import Randomness
import Statistics
import Synchronization
import Testing

@testable import OrderTest

@Suite("A test of the published order, interrupted and continued")
struct OrderRunTests {
    private let folder: ScratchFolder
    private let order: PublishedOrder
    /// Questions of the whole test.
    private let total = 5 * 18

    init() throws {
        folder = try ScratchFolder()
        order = try PublishedOrder(randomCorpus(folder, count: 32, seed: 5), options: OrderTestOptions())
        #expect(order.gates.allSatisfy(\.passed) && order.shards.count == 5)
    }

    private func run(_ directory: String, model: String = "toy", _ other: PublishedOrder? = nil) -> OrderRun {
        let order = other ?? order
        return OrderRun(
            order: order, plan: OrderTestPlan(order, model: model, leading: [1]), directory: directory,
            surroundings: OrderRun.Surroundings(program: "test", arguments: ["rote"]))
    }

    /// Answers by a function of the two texts, better for published neighbours, and throws after so many answers.
    private func observer(lift: Double = 60, failingAfter limit: Int = .max) -> OrderObserver {
        let order = order
        let count = Mutex(0)
        return OrderObserver { probe in
            let number = count.withLock { count in
                count += 1
                return count
            }
            guard number <= limit else { throw InferenceError.notStarted(detail: "gone", hint: "") }
            let (end, beginning) = probe.documents(order.shards)
            var generator = SeededGenerator(
                seed: 1, stream: order.documents[end].text + "→" + order.documents[beginning].text)
            return .score(
                ln: -90 + 10 * generator.nextUnit() + (beginning == end + 1 ? lift : 0), tokens: 16, censored: false)
        }
    }

    private func kinds(_ directory: String) throws -> [String] {
        var kinds: [String] = []
        _ = try JournalReader(directory: directory).read { kinds.append($0.kind) }
        return kinds
    }

    private func essence(_ record: OrderRecord) throws -> [UInt8] { try CanonicalJSON.encode(record.verdict()) }

    @Test("a journal holds header, one line per question, and verdict, and is judged without the corpus")
    func whole() async throws {
        let record = try await run(folder("r")).execute(asking: observer())
        #expect(
            try kinds(folder("r")) == ["order-header"] + Array(repeating: "order-observation", count: total)
                + ["order-verdict"])
        let verdict = try record.verdict()
        #expect(verdict.answer == .memorized && verdict.evidence == .order && verdict.firstPlaces == 5)
        #expect(abs((verdict.test?.pValue.value ?? 1) - 1 / 7776.0) < 1e-12)
        #expect(abs((verdict.effect?.lift ?? 0) - 60) < 5)
        #expect(try essence(OrderRecord(directory: folder("r"))) == essence(record))
        #expect(try run(folder("r")).remaining().isEmpty)
        let again = try await run(folder("r")).execute(asking: observer(failingAfter: 0))
        #expect(again.chain == record.chain)
        let text = String(decoding: try CanonicalJSON.encode(OrderVerdictEvent(verdict, record)), as: UTF8.self)
        for part in [
            #""event":"order-verdict""#, #""schema":1"#, #""verdict":"memorized""#, #""evidence":"order""#,
            #""lnP":-8.9"#,
            #""shards":5"#, #""requests":90"#, #""chain":"\#(record.chain)""#, #""gate":"order-looks-random""#,
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }

    @Test("a model that knows nothing of the order is not accused")
    func innocent() async throws {
        let record = try await run(folder("r")).execute(asking: observer(lift: 0))
        let verdict = try record.verdict()
        #expect(verdict.answer == .inconclusive && verdict.evidence == .none && verdict.proves == "Nothing.")
        #expect((verdict.test?.pValue.value ?? 0) > 0.01 && verdict.caveats.isEmpty)
    }

    @Test("wherever a test is interrupted, it ends as one that was not, and says nothing before")
    func resume() async throws {
        let whole = try await run(folder("whole")).execute(asking: observer())
        for stop in [0, 1, 17, total - 1] {
            let directory = folder("stop\(stop)")
            await #expect(
                throws: OrderTestError.interrupted(
                    done: stop, total: total, cause: InferenceError.notStarted(detail: "gone", hint: "").description)
            ) { try await run(directory).execute(asking: observer(failingAfter: stop)) }
            #expect(try run(directory).remaining().count == total - stop)
            let partial = try OrderRecord(directory: directory)
            let verdict = try partial.verdict()
            #expect(!partial.hasVerdict && verdict.answer == .inconclusive && verdict.test == nil)
            #expect(verdict.reason.hasPrefix("\(stop) of \(total) questions were asked"))
            let record = try await run(directory).execute(asking: observer())
            #expect(try essence(record) == essence(whole))
            #expect(try kinds(directory).count { $0 == "order-observation" } == total)
            #expect(try kinds(directory).count { $0 == "order-resume" } == 1)
        }
    }

    @Test("shards with a failed question say nothing, are counted, and are not asked again")
    func failures() async throws {
        let answers = observer()
        let order = order
        let failing = OrderObserver { probe in
            if probe.shard == 2, probe.place == 1, probe.side == .after { return .failed("too long") }
            if probe.shard == 4, probe.mover == 0 { return .failed("too long") }
            let (end, beginning) = probe.documents(order.shards)
            return .score(ln: beginning == end + 1 ? -10 : -50, tokens: 1, censored: true)
        }
        let record = try await run(folder("r")).execute(asking: failing)
        let verdict = try record.verdict()
        #expect(verdict.incompleteShards == 2 && verdict.test?.sampleSizes == [3] && record.sightings.failures == 9)
        #expect(abs((verdict.test?.pValue.value ?? 1) - 1 / 216.0) < 1e-12 && verdict.answer == .memorized)
        #expect(verdict.caveats.contains { $0.contains("too long") } && verdict.caveats.count == 2)
        #expect(try run(folder("r")).remaining().isEmpty)
        let again = try await run(folder("r")).execute(asking: answers)
        #expect(again.chain == record.chain)
        let silent = try await run(folder("s")).execute(asking: OrderObserver { _ in .failed("no") })
        let nothing = try silent.verdict()
        #expect(
            nothing.answer == .inconclusive && nothing.test == nil && nothing.reason == "no shard has all its scores")
    }

    @Test("an answer that came twice counts once, the first time, and so does a failure")
    func firstAnswerStays() {
        var sightings = OrderSightings(shards: 1, places: 2)
        let probe = OrderProbe(shard: 0, place: 1, mover: 0, side: .after)
        let other = OrderProbe(shard: 0, place: 1, mover: 0, side: .before)
        for (probe, answer) in [
            (probe, .score(ln: -5, tokens: 1, censored: false)), (probe, .score(ln: -1, tokens: 1, censored: false)),
            (other, .failed("x")), (other, .score(ln: -1, tokens: 1, censored: false)), (probe, .failed("y")),
        ] as [(OrderProbe, OrderAnswer)] {
            let isTaken = sightings.take(OrderObservation(probe: probe, answer: answer))
            #expect(isTaken)
        }
        #expect(sightings.answered == 1 && sightings.failures == 1 && sightings.lastFailure == "x")
        #expect(sightings.asked.count == 2 && sightings.fit(ofShard: 0) == nil)
    }

    @Test("a failed gate makes the verdict invalid, and nothing is asked")
    func invalid() async throws {
        let numbered = try folder.corpus(
            order.documents.enumerated().map { #"{"id": \#($0), "text": "\#($1.text)"}"# }, name: "n.jsonl")
        let sorted = try PublishedOrder(numbered, options: OrderTestOptions())
        let record = try await run(folder("r"), sorted).execute(asking: observer(failingAfter: 0))
        let verdict = try record.verdict()
        #expect(verdict.answer == .invalid && verdict.reason.contains("order-looks-random failed: id rises"))
        #expect(try kinds(folder("r")) == ["order-header", "order-verdict"])
        let declared = try PublishedOrder(numbered, options: OrderTestOptions(ignoredFields: ["id"]))
        #expect(declared.gates.allSatisfy { $0.passed })
        let accepted = try await run(folder("d"), declared).execute(asking: observer()).verdict()
        #expect(
            accepted.answer == .memorized && accepted.caveats.contains { $0.hasPrefix("declared, and not checked: id") }
        )
    }

    @Test("a changed plan is refused with what differs, and nothing is written")
    func changedPlan() async throws {
        _ = try await run(folder("r")).execute(asking: observer())
        let lines = try kinds(folder("r")).count
        let seeded = try PublishedOrder(
            randomCorpus(folder, count: 32, seed: 5), options: OrderTestOptions(openingTokens: 8, seed: 2))
        for (other, model, keys) in [
            (order, "other", ["model: \"toy\" → \"other\""]),
            (seeded, "toy", ["openingTokens: 16 → 8", "seed: 1 → 2"]),
        ] {
            let changed = OrderTestError.planChanged(directory: folder("r"), differences: keys)
            await #expect(throws: changed) {
                try await run(folder("r"), model: model, other).execute(asking: observer())
            }
            #expect(throws: changed) { try run(folder("r"), model: model, other).remaining() }
        }
        var exchanged = order.documents.map { #"{"id": "\#($0.id)", "text": "\#($0.text)"}"# }
        exchanged.swapAt(2, 4)
        let reordered = try PublishedOrder(folder.corpus(exchanged), options: OrderTestOptions())
        let error = #expect(throws: OrderTestError.self) { try run(folder("r"), reordered).remaining() }
        #expect(error?.description.contains("corpus: ") == true)
        #expect(try kinds(folder("r")).count == lines)
    }

    @Test("a journal of another kind, or with lines about what does not exist, is refused")
    func foreignJournals() throws {
        struct Other: Encodable { let plan = "audit" }
        func refusal(_ write: (JournalWriter) throws -> Void) throws -> String {
            let folder = try ScratchFolder()
            let writer = try JournalWriter(directory: folder("r"))
            try write(writer)
            try writer.close()
            let error = #expect(throws: OrderTestError.self) { try OrderRecord(directory: folder("r")) }
            return error?.description ?? ""
        }
        func header(_ writer: JournalWriter, shards: [ShardRecord]? = nil) throws {
            try writer.append(
                kind: OrderRunHeader.kind,
                record: OrderRunHeader(
                    program: "", arguments: [], startedAt: "", plan: OrderTestPlan(order, model: "", leading: []),
                    planHash: "", files: [], gates: [], droppedDuplicates: 0,
                    shards: shards ?? order.shards.map { ShardRecord($0, of: order.documents) }, modelFile: nil,
                    servers: []))
        }
        #expect(try refusal { try $0.append(kind: "header", record: Other()) }.contains("not in its place"))
        #expect(try refusal { try header($0, shards: []) }.contains("not those of its plan"))
        #expect(
            try refusal {
                try header($0)
                try $0.append(kind: "observation", record: Other())
            }.contains("unknown kind"))
        for (shard, place, mover, ln) in [
            (5, 0, 0, -1), (-1, 0, 0, -1), (0, 3, 0, -1), (0, .max, 0, -1), (0, 0, -1, -1), (0, 0, 3, -1),
            (0, 0, 0, 1e300),
        ] as [(Int, Int, Int, Double)] {
            #expect(
                try refusal {
                    try header($0)
                    try $0.append(
                        kind: OrderObservation.kind,
                        record: OrderObservation(
                            probe: OrderProbe(shard: shard, place: place, mover: mover, side: .after),
                            answer: .score(ln: ln, tokens: 1, censored: false)))
                }.contains("line 2 is about a question"), "\(shard) \(place) \(mover) \(ln)")
        }
    }
}
