import Corpus
import Foundation
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Inference

@Suite("From outcomes to a verdict", .serialized)
struct DecisionTests {
    private let maker = RecordMaker()

    private func verdict(
        _ seen: [SeenDocument], _ maker: RecordMaker = RecordMaker(),
        change: (inout RunRecord.Reading) -> Void = { _ in }
    ) throws -> Verdict {
        let verdict = try maker.summary(seen, change: change).decision.verdict
        for sentence in [verdict.reason, verdict.proves, verdict.doesNotProve] {
            #expect(!sentence.isEmpty)
            #expect(!sentence.contains("nan") && !sentence.contains("inf "), "\(sentence)")
        }
        #expect(!verdict.proves.contains("not trained"))
        return verdict
    }

    // MARK: The five answers

    @Test("documents that come back word for word: memorized, by extraction")
    func extraction() throws {
        let seen = RecordMaker.arms(suspect: (12, 12, -3), control: (0, 12, -3))
        let verdict = try verdict(seen)
        #expect(verdict.answer == .memorized && verdict.evidence == .extraction)
        #expect(
            verdict.reason.contains("12 of 12 suspect documents")
                && verdict.reason.contains("0 of 12 control documents"))
        #expect(try maker.summary(seen).decision.decisiveTest?.method == "Boschloo exact test")
    }

    @Test("documents that are only easier: memorized, by likelihood, and said to be no extraction")
    func likelihood() throws {
        let seen = RecordMaker.arms(suspect: (0, 12, -2), control: (0, 12, -4))
        let verdict = try verdict(seen)
        #expect(verdict.answer == .memorized && verdict.evidence == .likelihood)
        #expect(verdict.doesNotProve.contains("It does not show that documents can be extracted"))
        #expect(verdict.reason.contains("+4.00 nat"))
        #expect(try maker.summary(seen).decision.decisiveTest?.method == "document permutation test")
    }

    @Test("extraction goes before likelihood when both are shown")
    func both() throws {
        #expect(try verdict(RecordMaker.arms(suspect: (12, 12, -1), control: (0, 12, -4))).evidence == .extraction)
    }

    @Test("many documents and nothing back: not extractable above delta, which is no acquittal")
    func notExtractable() throws {
        var maker = RecordMaker()
        maker.alpha = 0.05
        let verdict = try verdict(RecordMaker.arms(suspect: (0, 310, -3), control: (0, 30, -3), windows: 1), maker)
        #expect(verdict.answer == .notExtractable && verdict.evidence == .extraction)
        #expect(verdict.doesNotProve.contains("not show that the model was not trained on the corpus"))
        // One document fewer than it takes, and it is open again: 1 - 0.05^(1/298) > 0.01.
        #expect(
            try self.verdict(RecordMaker.arms(suspect: (0, 298, -3), control: (0, 30, -3), windows: 1), maker).answer
                == .inconclusive)
    }

    @Test("what was not seen counts as extracted when a rate is bounded from above")
    func unseenBound() throws {
        var maker = RecordMaker()
        maker.alpha = 0.05
        var seen = RecordMaker.arms(suspect: (0, 310, -3), control: (0, 30, -3), windows: 1)
        seen[4].windows = [nil]
        #expect(try verdict(seen, maker).answer == .inconclusive)
    }

    @Test("too little for anything: inconclusive, and nothing is proved")
    func inconclusive() throws {
        let verdict = try verdict(RecordMaker.arms(suspect: (1, 12, -3), control: (0, 12, -3)))
        #expect(verdict.answer == .inconclusive && verdict.evidence == .none)
        #expect(verdict.proves == "Nothing, either way.")
    }

    @Test("without controls there is no verdict, however much comes back", arguments: [0, 1, 12])
    func withoutControls(hits: Int) throws {
        var maker = RecordMaker()
        maker.hasControl = false
        let seen = RecordMaker.arms(suspect: (hits, 12, -1), control: (0, 0, nil))
        let summary = try maker.summary(seen)
        #expect(summary.decision.verdict.answer == .inconclusive && summary.decision.verdict.evidence == .none)
        #expect(summary.decision.control == nil && summary.decision.extraction == nil && summary.decision.effect == nil)
        #expect(summary.gates.map(\.gate) == [.frozenPlan, .serverSelfTest, .transportEquality, .replicateNoise])
    }

    @Test("text alone is judged by extraction alone")
    func generationOnly() throws {
        var maker = RecordMaker()
        maker.staging = .generationOnly
        let seen = RecordMaker.arms(suspect: (12, 12, nil), control: (0, 12, nil))
        let decision = try maker.summary(seen).decision
        #expect(decision.verdict.evidence == .extraction && decision.likelihood == nil)
        #expect(decision.suspect.extractableWindows == nil && decision.suspect.meanLn == nil)
        // Scores that are in the journal all the same are not used.
        let scored = RecordMaker.arms(suspect: (0, 12, -1), control: (0, 12, -9))
        #expect(try verdict(scored, maker).answer == .inconclusive)
    }

    // MARK: Gates

    private func gate(
        _ name: Gate.Name, _ seen: [SeenDocument], _ maker: RecordMaker = RecordMaker(),
        change: (inout RunRecord.Reading) -> Void = { _ in }
    ) throws -> Gate {
        try #require(try maker.summary(seen, change: change).gates.first { $0.gate == name })
    }

    /// A run that would be called memorized if its gates held.
    private let guilty = RecordMaker.arms(suspect: (20, 20, -1), control: (0, 20, -4))

    @Test("a failed gate makes the strongest evidence void, and says what to do")
    func everyGate() throws {
        let spoilers: [(Gate.Name, RecordMaker, (inout RunRecord.Reading) -> Void)] = [
            (.frozenPlan, maker, { $0.header = $0.header.map { otherPlan($0) } }),
            (.blindBaseline, with { $0.blindP = 0.001 }, { _ in }),
            (.replicateNoise, maker, { $0.replicates.removeLast() }),
            (.serverSelfTest, with { $0.servers = [RecordMaker.server(obstacle: "zeros")] }, { _ in }),
            (.serverSelfTest, with { $0.servers = [] }, { _ in }),
            (
                .nearDuplicates,
                with {
                    $0.excluded = (0..<2).map {
                        ExcludedDocument(arm: .control, document: DocumentID("x\($0)"), reason: .inBothArms)
                    }
                    $0.pairsBetweenArms = 2
                }, { _ in }
            ),
        ]
        for (name, maker, change) in spoilers {
            let summary = try maker.summary(guilty, change: change)
            #expect(summary.decision.verdict.answer == .invalid, "\(name)")
            #expect(summary.decision.verdict.evidence == .none, "\(name)")
            #expect(summary.decision.verdict.reason.contains(name.rawValue), "\(name)")
            let gate = try #require(summary.gates.first { $0.gate == name })
            #expect(!gate.passed && !gate.detail.isEmpty && !gate.remedy.isEmpty, "\(name)")
            #expect(summary.gates.filter { !$0.passed }.map(\.gate) == [name])
        }
        #expect(try verdict(guilty).answer == .memorized)
    }

    private func with(_ change: (inout RecordMaker) -> Void) -> RecordMaker {
        var maker = self.maker
        change(&maker)
        return maker
    }

    @Test("a journal whose windows are not those of the plan fails, in whatever way they differ")
    func frozenPlan() throws {
        #expect(try gate(.frozenPlan, guilty).passed)
        let edits: [(String, (inout RunRecord.Reading) -> Void)] = [
            ("one missing", { $0.observations.removeFirst() }),
            ("one twice", { $0.observations.append($0.observations[3]) }),
            ("one twice for another", { $0.observations[0] = $0.observations[3] }),
            (
                "another token",
                {
                    let old = $0.observations[5]
                    $0.observations[5] = Observation(
                        probe: old.probe, arm: old.arm, document: old.document, window: old.window, start: old.start,
                        prefix: old.prefix, suffix: Array(old.suffix.dropLast()) + [9999], server: old.server,
                        result: old.result)
                }
            ),
            (
                "the other arm",
                {
                    let old = $0.observations[5]
                    $0.observations[5] = Observation(
                        probe: old.probe, arm: .control, document: old.document, window: old.window,
                        start: old.start, prefix: old.prefix, suffix: old.suffix, server: old.server, result: old.result
                    )
                }
            ),
            ("a document twice", { $0.documents.append($0.documents[0]) }),
            ("a document missing", { $0.documents.removeLast() }),
            ("documents in another order", { $0.documents.swapAt(0, 1) }),
            (
                "another plan under the old hash",
                { reading in
                    guard let header = reading.header,
                        let plan = try? with({ $0.alpha = 0.2 }).plan(guilty, probes: header.plan.probes)
                    else { return }
                    reading.header = RunHeader(
                        program: header.program, arguments: [], startedAt: "", plan: plan, planHash: header.planHash,
                        files: [], modelFile: nil, servers: header.servers, excluded: [], pairsBetweenArms: 0,
                        blindBaseline: header.blindBaseline, shapeChoice: "")
                }
            ),
        ]
        for (what, edit) in edits {
            #expect(try !gate(.frozenPlan, guilty, change: edit).passed, "\(what)")
            #expect(try verdict(guilty, change: edit).answer == .invalid, "\(what)")
        }
        // The order in which windows were observed is nobody's business.
        #expect(try gate(.frozenPlan, guilty) { $0.observations.reverse() }.passed)
    }

    @Test("a server that joined later and failed its test spoils the run too")
    func continuedOnABadServer() throws {
        let bad = ResumeRecord(arguments: [], startedAt: "", servers: [RecordMaker.server(obstacle: "zeros")])
        #expect(try !gate(.serverSelfTest, guilty) { $0.continuations.append(bad) }.passed)
        #expect(
            try gate(.serverSelfTest, guilty, with { $0.staging = .generationOnly }) { $0.continuations.append(bad) }
                .passed)
    }

    @Test("answers that are missing in one arm alone fail the gate, before they are many")
    func unequalFailures() throws {
        var seen = RecordMaker.arms(suspect: (36, 40, -3), control: (0, 40, -3), windows: 4)
        for index in 40..<54 { seen[index].windows[1] = nil }
        let unequal = try gate(.transportEquality, seen)
        #expect(!unequal.passed, "\(unequal.detail)")
        #expect(unequal.detail.contains("0 of 40 suspect") && unequal.detail.contains("14 of 40 control"))
        for index in 0..<14 { seen[index].windows[1] = nil }
        #expect(try gate(.transportEquality, seen).passed)
        #expect(try verdict(seen).answer == .memorized)
    }

    @Test("texts that a classifier tells apart make the verdict invalid, whatever the model does")
    func distinguishableArms() throws {
        let bad = with { $0.blindP = 0.01 }
        #expect(try !gate(.blindBaseline, guilty, bad).passed)
        #expect(try verdict(guilty, bad).answer == .invalid)
        #expect(try gate(.blindBaseline, guilty, with { $0.blindP = 0.011 }).passed)
        #expect(try !gate(.blindBaseline, guilty) { $0.header = $0.header.map { without(blindBaseline: $0) } }.passed)
    }

    private func otherPlan(_ header: RunHeader) -> RunHeader {
        RunHeader(
            program: header.program, arguments: [], startedAt: "", plan: header.plan, planHash: "0", files: [],
            modelFile: nil, servers: header.servers, excluded: [], pairsBetweenArms: 0,
            blindBaseline: header.blindBaseline, shapeChoice: "")
    }

    private func without(blindBaseline header: RunHeader) -> RunHeader {
        RunHeader(
            program: header.program, arguments: [], startedAt: "", plan: header.plan, planHash: header.planHash,
            files: [], modelFile: nil, servers: header.servers, excluded: [], pairsBetweenArms: 0, blindBaseline: nil,
            shapeChoice: "")
    }

    @Test("controls whose answers drift during the run fail the gate, and a few controls are not judged")
    func driftingControls() throws {
        var seen = RecordMaker.arms(suspect: (0, 40, -3), control: (0, 40, -3))
        #expect(try gate(.controlHalves, seen).passed)
        // The first half of the controls loses two nats.
        for index in 40..<60 { seen[index].ln = -5 - Double(index % 7) / 50 }
        let drifted = try gate(.controlHalves, seen)
        #expect(!drifted.passed && drifted.remedy.contains("drifted"), "\(drifted.detail)")
        for index in 40..<60 { seen[index].ln = -3 - Double(index % 7) / 50 }
        for index in 40..<56 { seen[index].windows[0] = true }
        #expect(try !gate(.controlHalves, seen).passed)
        let few = RecordMaker.arms(suspect: (0, 7, -3), control: (7, 7, -3))
        #expect(try gate(.controlHalves, few).detail.contains("too few"))
    }

    @Test("controls that are of one kind fail their gate at most once in a thousand runs")
    func controlHalvesLevel() throws {
        var generator = SeededGenerator(seed: 11, stream: "control-halves-test")
        var failures = 0
        for _ in 0..<60 {
            var seen = RecordMaker.arms(suspect: (0, 12, -3), control: (0, 24, -3), windows: 1)
            for index in seen.indices {
                seen[index].ln = -3 + generator.nextUnit()
                seen[index].windows = [generator.nextUnit() < 0.3]
            }
            if try !gate(.controlHalves, seen).passed { failures += 1 }
        }
        #expect(failures <= 1)
    }

    @Test("answers that do not repeat fail the gate, and missing repetitions are asked for")
    func replicates() throws {
        let gateName = Gate.Name.replicateNoise
        #expect(try gate(gateName, guilty).passed)
        let fewer = try gate(gateName, guilty) { $0.replicates.removeLast() }
        #expect(!fewer.passed && fewer.remedy.contains("repeat"))
        // Every window that was asked about again says the opposite.
        let flipped = try gate(gateName, guilty) { reading in
            let hits = reading.observations.first { $0.sighting?.reply?.run == 4 }
            let misses = reading.observations.first { $0.sighting?.reply?.run == 0 }
            reading.replicates = reading.replicates.map { old in
                let other = old.sighting?.reply?.run == 4 ? misses : hits
                return Observation(
                    probe: old.probe, arm: old.arm, document: old.document, window: old.window, start: old.start,
                    prefix: old.prefix, suffix: old.suffix, server: old.server, result: other?.result ?? old.result)
            }
        }
        #expect(!flipped.passed && flipped.remedy.contains("--strict"), "\(flipped.detail)")
        let unanswered = try gate(gateName, guilty) { reading in
            reading.replicates = reading.replicates.map { old in
                Observation(
                    probe: old.probe, arm: old.arm, document: old.document, window: old.window, start: old.start,
                    prefix: old.prefix, suffix: old.suffix, server: old.server, result: .failed("no"))
            }
        }
        #expect(!unanswered.passed)
    }

    @Test("a clean model that is accused by the same test makes the verdict invalid")
    func negativeControl() throws {
        func run(_ answer: Verdict.Answer, suspect: String = "") -> NegativeControl {
            NegativeControl(run: "clean", chain: "", model: "older", answer: answer, suspect: suspect, control: "")
        }
        func judged(_ control: NegativeControl) throws -> Gate {
            try gate(.negativeControl, guilty, with { $0.negativeControl = control })
        }
        #expect(try judged(run(.inconclusive)).passed && judged(run(.notExtractable)).passed)
        #expect(try !judged(run(.memorized)).passed && !judged(run(.invalid)).passed)
        let other = try judged(run(.inconclusive, suspect: "other documents"))
        #expect(!other.passed && other.detail.contains("other documents"))
        #expect(try !maker.summary(guilty).gates.contains { $0.gate == .negativeControl })
    }

    @Test("many missing answers fail the gate, equal or not, with and without controls")
    func manyFailures() throws {
        var seen = RecordMaker.arms(suspect: (5, 10, -3), control: (0, 10, -3), windows: 2)
        for index in seen.indices where index % 4 == 0 { seen[index].windows[1] = nil }
        #expect(try !gate(.transportEquality, seen).passed)
        let alone = seen.filter { $0.arm == .suspect }
        #expect(try !gate(.transportEquality, alone, with { $0.hasControl = false }).passed)
        let allGone = RecordMaker.arms(suspect: (0, 10, nil), control: (0, 10, nil)).map {
            SeenDocument(arm: $0.arm, windows: [nil, nil], ln: nil)
        }
        #expect(try verdict(allGone).answer == .invalid)
    }

    @Test("a few documents in both arms are tolerable, more are not")
    func sharedDocuments() throws {
        for (shared, passes) in [(0, true), (1, true), (2, false), (20, false)] {
            let maker = with {
                $0.excluded = (0..<shared).map {
                    ExcludedDocument(arm: .control, document: DocumentID("x\($0)"), reason: .inBothArms)
                }
                $0.pairsBetweenArms = shared
            }
            #expect(try gate(.nearDuplicates, guilty, maker).passed == passes, "\(shared) shared")
        }
        let harmless = with {
            $0.excluded = (0..<20).map {
                ExcludedDocument(arm: .control, document: DocumentID("x\($0)"), reason: .repeatsItsArm)
            }
        }
        #expect(try gate(.nearDuplicates, guilty, harmless).passed)
    }

    // MARK: Documents

    @Test("a document is one unit, whatever its number of windows")
    func units() throws {
        // One document with 60 windows that all came back is one hit, and no evidence.
        var seen = RecordMaker.arms(suspect: (0, 8, -3), control: (0, 8, -3))
        seen[0].windows = Array(repeating: true, count: 60)
        let decision = try maker.summary(seen).decision
        #expect(decision.suspect.hits == 1 && decision.suspect.reproducedWindows == 60)
        #expect(decision.verdict.answer == .inconclusive)
    }

    @Test("windows without an answer take no part in a document's mean")
    func means() throws {
        let plan = try maker.plan([])
        let outcome = maker.outcomes([SeenDocument(arm: .suspect, windows: [nil, false, true], ln: -2)], plan)[0]
        #expect(outcome.meanLn == -4 && outcome.failures == 1 && outcome.windows == 3 && outcome.reproduced == 1)
        #expect(outcome.longestRun == 4 && outcome.isHit)
        let silent = maker.outcomes([SeenDocument(arm: .suspect, windows: [nil], ln: -2)], plan)[0]
        #expect(silent.meanLn == nil && !silent.isHit && silent.extractable == 0)
    }

    @Test(
        "the threshold of extractability inverts the chance of one success in n tries",
        arguments: [(1, 0.5), (1000, 0.5), (1000, 0.01), (10, 0.999), (1_000_000, 0.5), (Int.max, 0.5)])
    func threshold(samples: Int, probability: Double) throws {
        let ln = try #require(Extractability(samples: samples, probability: probability)).thresholdLn
        #expect(ln.isFinite && ln < 0)
        // 1 - (1 - p)^n, by logarithms.
        let reached = -expm1(Double(samples) * log1p(-exp(ln)))
        #expect(abs(reached - probability) < 1e-6)
        #expect(
            Extractability(samples: 0, probability: 0.5) == nil && Extractability(samples: 1, probability: 1) == nil)
        #expect(Extractability(samples: 1, probability: .nan) == nil)
    }

    @Test("swapped arms are never memorized when the arms as they are were", arguments: 0..<8 as Range<UInt64>)
    func swapped(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "swapped arms")
        var maker = RecordMaker()
        maker.alpha = 0.2
        for round in 0..<6 {
            // Large enough to be resampled and not enumerated, which takes long without optimisation.
            let size = 12 + generator.next(below: 6)
            let hits = generator.next(below: size + 1)
            let shift = generator.nextUnit() * 4
            let suspect = (max(hits, size / 2), size, -5 + shift)
            let control = (min(hits, size / 2), size, -5.0)
            let wrong = try verdict(RecordMaker.arms(suspect: control, control: suspect), maker)
            #expect(wrong.answer != .memorized, "seed \(seed), round \(round): \(wrong.reason)")
        }
    }

    @Test(
        "levels are spent as the plan says, and together never exceed alpha", arguments: [0.01, 0.05, 0.2, 1e-9],
        [0.5, 0.1, 0.7, 0.999])
    func levels(alpha: Double, share: Double) throws {
        let plan = try with {
            $0.alpha = alpha
            $0.extractionShare = share
        }.plan([])
        #expect(plan.extractionLevel > 0 && plan.likelihoodLevel > 0)
        #expect(plan.extractionLevel + plan.likelihoodLevel <= alpha * (1 + 1e-9))
        #expect(plan.extractionLevel + plan.likelihoodLevel >= alpha * (1 - 1e-2))
    }

    @Test(
        "the smallest p-value that resampling gives reaches the level that it was chosen for",
        arguments: [(0.002, 999), (0.01, 199), (0.0002, 9_999), (0.05, 39), (0.006, 999)])
    func smallestPValue(alpha: Double, resamples: Int) throws {
        let maker = with {
            $0.alpha = alpha
            $0.resamples = resamples
        }
        let seen = RecordMaker.arms(suspect: (0, 14, -1), control: (0, 14, -9))
        #expect(try verdict(seen, maker).evidence == .likelihood)
    }

    @Test("a summary survives its journal, and so does the event that is printed")
    func codable() throws {
        for seen in [guilty, RecordMaker.arms(suspect: (0, 4, nil), control: (0, 4, nil))] {
            let summary = try maker.summary(seen)
            let bytes = try CanonicalJSON.encode(summary)
            let read = try JSONDecoder().decode(AnalysisSummary.self, from: Data(bytes))
            #expect(try CanonicalJSON.encode(read) == bytes)
        }
    }

    @Test("a run of which one arm was not seen yet is unfinished, not a fault of statistics")
    func oneArmSeen() throws {
        do {
            _ = try verdict(guilty) { $0.observations.removeAll { $0.arm == .suspect } }
            Issue.record("analysed")
        } catch {
            guard case AuditError.nothingToAnalyze("nowhere") = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(try verdict(guilty) { $0.observations.removeAll { $0.arm == .control } }.answer == .invalid)
    }
}
