import Audit
import Corpus
import Inference
import Statistics
import Synchronization
import Testing

@testable import Canary

@Suite("A test of canaries, interrupted and continued")
struct CanaryRunTests {
    private let secretFile: SecretFile
    private let model: FunctionModel
    /// Questions of the whole test.
    private let total = 3 * 11

    init() throws {
        let set = try canaries(count: 3, references: 9, bits: 60)
        secretFile = try SecretFile(set)
        model = FunctionModel(set: set, seed: 1, lift: 60)
    }

    private func plan(alpha: Double = 0.01, seed: UInt64 = 1, model: String = "toy") throws -> CanaryTestPlan {
        try CanaryTestPlan(
            secretFile: secretFile, levels: CanaryLevels(alpha: alpha), seed: seed, strictness: .fast, model: model,
            leading: [1])
    }

    private func run(_ directory: String, _ plan: CanaryTestPlan? = nil) throws -> CanaryRun {
        CanaryRun(
            secretFile: secretFile, plan: try plan ?? self.plan(), directory: directory,
            surroundings: CanaryRun.Surroundings(program: "test", arguments: ["rote"]))
    }

    /// Answers as the model does, and throws after so many answers.
    private func observer(failingAfter limit: Int = .max) -> CanaryObserver {
        let model = model
        let count = Counter()
        return CanaryObserver { probe in
            guard count.next() <= limit else { throw InferenceError.notStarted(detail: "gone", hint: "") }
            return model.answer(probe)
        }
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }

    private func kinds(_ directory: String) throws -> [String] {
        var kinds: [String] = []
        _ = try JournalReader(directory: directory).read { kinds.append($0.kind) }
        return kinds
    }

    private func essence(_ record: CanaryRecord) throws -> [UInt8] {
        try CanonicalJSON.encode(record.verdict())
    }

    @Test("a journal holds header, one line per question, and verdict")
    func order() async throws {
        let folder = try ScratchFolder()
        let record = try await run(folder("r")).execute(asking: observer())
        #expect(
            try kinds(folder("r")) == ["canary-header"]
                + Array(repeating: "canary-observation", count: total) + ["canary-verdict"])
        #expect(record.hasVerdict && record.sightings.answeredCount == total)
        #expect(try record.verdict().answer == .memorized)
        #expect(try run(folder("r")).remaining().isEmpty)
        // No line tells a secret.
        var text = ""
        _ = try JournalReader(directory: folder("r")).read {
            if $0.kind != "canary-verdict" { text += String(decoding: $0.recordBytes, as: UTF8.self) }
        }
        #expect(secretFile.canaries.canaries.flatMap(\.secrets).allSatisfy { !text.contains($0) })
    }

    @Test("the order of the questions is random, covers each once and does not depend on what is published")
    func questions() throws {
        let design = secretFile.canaries.design
        let order = CanaryProbe.all(of: design, seed: 1)
        #expect(Set(order).count == total && order.count == total)
        #expect(order == CanaryProbe.all(of: design, seed: 1) && order != CanaryProbe.all(of: design, seed: 2))
        // Over many seeds a published sibling stands on average in the middle.
        let published = secretFile.canaries.canaries[0].published
        let rounds = 2000
        var mean = 0.0
        for seed in 0..<rounds {
            let place = CanaryProbe.all(of: design, seed: UInt64(seed)).firstIndex(
                of: .sibling(canary: 0, index: published))
            mean += Double(try #require(place)) / Double(rounds)
        }
        #expect(abs(mean - Double(total - 1) / 2) < 4 * (Double(total * total - 1) / 12 / Double(rounds)).squareRoot())
    }

    @Test("wherever a test is interrupted, it ends as one that was not")
    func resume() async throws {
        let folder = try ScratchFolder()
        let whole = try await run(folder("whole")).execute(asking: observer())
        for stop in [0, 1, 7, total - 1] {
            let directory = folder("stop\(stop)")
            await #expect(
                throws: CanaryError.interrupted(
                    done: stop, total: total, cause: InferenceError.notStarted(detail: "gone", hint: "").description)
            ) { try await run(directory).execute(asking: observer(failingAfter: stop)) }
            #expect(try run(directory).remaining().count == total - stop)
            let partial = try CanaryRecord(directory: directory, secretFile: secretFile)
            #expect(!partial.hasVerdict)
            let record = try await run(directory).execute(asking: observer())
            #expect(try essence(record) == essence(whole))
            #expect(try kinds(directory).count { $0 == "canary-observation" } == total)
            #expect(try kinds(directory).count { $0 == "canary-resume" } == 1)
        }
    }

    @Test("a finished test asks nothing again and says the same")
    func repeated() async throws {
        let folder = try ScratchFolder()
        let first = try await run(folder("r")).execute(asking: observer())
        let second = try await run(folder("r")).execute(asking: observer(failingAfter: 0))
        #expect(first.chain == second.chain)
    }

    @Test("what failed counts against the published siblings, and is asked again by the next sitting")
    func failures() async throws {
        let folder = try ScratchFolder()
        let model = model
        let failing = CanaryObserver { probe in
            if case .sibling(_, let index) = probe, index < 2 { return .failed("too long") }
            return model.answer(probe)
        }
        let first = try await run(folder("r")).execute(asking: failing)
        let verdict = try first.verdict()
        #expect(verdict.missing == 6 && first.sightings.failures == 6 && first.hasVerdict)
        for (finding, canary) in zip(verdict.findings, secretFile.canaries.canaries) {
            #expect(finding.missing == 2 && finding.rank.rank == (canary.published < 2 ? 10 : 3))
        }
        #expect(verdict.caveats.contains { $0.contains("too long") && $0.contains("repeat the same command") })
        #expect(try run(folder("r")).remaining().count == 6)
        let second = try await run(folder("r")).execute(asking: observer())
        let whole = try await run(folder("whole")).execute(asking: observer())
        #expect(try essence(second) == essence(whole) && second.hasVerdict)
        #expect(try kinds(folder("r")).count { $0 == "canary-verdict" } == 2)
    }

    @Test("an answer that came twice counts once, the first time")
    func firstAnswerStays() throws {
        var sightings = CanarySightings(secretFile.canaries.design)
        let probe = CanaryProbe.sibling(canary: 1, index: 2)
        for ln in [-5.0, -1] {
            sightings.mustTake(probe, .score(ln: ln, tokens: 1, censored: false))
        }
        sightings.mustTake(probe, .failed("x"))
        #expect(sightings.canaries[1].scores[2] == -5 && sightings.answeredCount == 1)
    }

    @Test("a changed plan is refused with what differs, and nothing is written")
    func changedPlan() async throws {
        let folder = try ScratchFolder()
        _ = try await run(folder("r")).execute(asking: observer())
        let lines = try kinds(folder("r")).count
        for (plan, key) in try [
            (plan(alpha: 0.02), "alpha: 0.01 → 0.02"), (plan(seed: 2), "seed: 1 → 2"),
            (plan(model: "other"), "model: \"toy\" → \"other\""),
        ] {
            let changed = CanaryError.planChanged(directory: folder("r"), differences: [key])
            await #expect(throws: changed) { try await run(folder("r"), plan).execute(asking: observer()) }
            #expect(throws: changed) { try run(folder("r"), plan).remaining() }
        }
        #expect(try kinds(folder("r")).count == lines)
    }

    @Test("the journal of other canaries is refused")
    func otherCanaries() async throws {
        let folder = try ScratchFolder()
        _ = try await run(folder("r")).execute(asking: observer())
        let other = try SecretFile(canaries(count: 3, references: 9, bits: 60, seed: 2))
        do {
            _ = try CanaryRecord(directory: folder("r"), secretFile: other)
            Issue.record("accepted")
        } catch CanaryError.planChanged(_, let differences) {
            #expect(differences.count == 1 && differences[0].hasPrefix("commitment: "))
        }
    }

    @Test("a journal of another kind, or with lines about what does not exist, is refused")
    func foreignJournals() throws {
        struct Other: Encodable { let plan = "audit" }
        func refusal(_ write: (JournalWriter) throws -> Void) throws -> String {
            let folder = try ScratchFolder()
            let writer = try JournalWriter(directory: folder("r"))
            try write(writer)
            try writer.close()
            let error = #expect(throws: CanaryError.self) { try run(folder("r")).remaining() }
            return error?.description ?? ""
        }
        func header(_ writer: JournalWriter) throws {
            try writer.append(
                kind: CanaryRunHeader.kind,
                record: CanaryRunHeader(
                    program: "", arguments: [], startedAt: "", plan: plan(), planHash: "", modelFile: nil, servers: []))
        }
        #expect(try refusal { try $0.append(kind: "header", record: Other()) }.contains("not in its place"))
        #expect(
            try refusal {
                try header($0)
                try $0.append(kind: "observation", record: Other())
            }.contains("unknown kind"))
        let answers: [(CanaryProbe, CanaryAnswer)] = [
            (.sibling(canary: 3, index: 0), .score(ln: -1, tokens: 1, censored: false)),
            (.sibling(canary: 0, index: 10), .score(ln: -1, tokens: 1, censored: false)),
            (.sibling(canary: -1, index: 0), .failed("")), (.continuation(canary: .max), .failed("")),
            (.continuation(canary: 0), .score(ln: -1, tokens: 1, censored: false)),
            (.sibling(canary: 0, index: 0), .continuation(text: "", openingBytes: 0)),
        ]
        for (probe, answer) in answers {
            #expect(
                try refusal {
                    try header($0)
                    try $0.append(
                        kind: CanaryObservation.kind, record: CanaryObservation(probe: probe, answer: answer))
                }.contains("line 2 is about a sibling that the secret file does not have"), "\(probe) \(answer)")
        }
    }

    @Test("a plan under which nothing could be found is refused")
    func hopeless() throws {
        let one = try SecretFile(canaries(count: 1, references: 9))
        #expect(throws: CanaryError.self) {
            try CanaryTestPlan(
                secretFile: one, levels: CanaryLevels(alpha: 0.01), seed: 1, strictness: .fast, model: "", leading: [])
        }
        _ = try CanaryTestPlan(
            secretFile: one, levels: CanaryLevels(alpha: 0.11), seed: 1, strictness: .fast, model: "", leading: [])
    }

    @Test("the event of a test has its documented keys")
    func event() async throws {
        let folder = try ScratchFolder()
        let record = try await run(folder("r")).execute(asking: observer())
        let verdict = try record.verdict()
        let text = String(
            decoding: try CanonicalJSON.encode(
                CanaryVerdictEvent(verdict, record, comparedWithCommitment: true)), as: UTF8.self)
        for part in [
            #""event":"canary-verdict""#, #""schema":1"#, #""verdict":"memorized""#, #""evidence":"likelihood""#,
            #""exposure":3.32"#, #""rank":1"#, #""commitment":"\#(secretFile.commitment)""#,
            #""comparedWithCommitment":true"#, #""lnP":-6.90"#, #""chain":"\#(record.chain)""#,
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }
}
