import Corpus
import Testing

@testable import Audit
@testable import Comparison

@Suite("Conditions of a comparison")
struct ComparisonGateTests {
    /// Forty documents of which the target alone brings ten suspects back.
    private let guilty = (0..<40).map { SeenTwice($0 < 20 ? .suspect : .control, target: $0 < 10) }
    private let maker = ComparedRunMaker()

    private func expect(
        _ comparison: ModelComparison, fails gates: [ComparisonGate.Name], _ detail: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(comparison.failed == gates, sourceLocation: sourceLocation)
        #expect(comparison.verdict.answer == .invalid && comparison.verdict.evidence == .none)
        #expect(comparison.verdict.reason.contains(detail), "\(comparison.verdict.reason)")
        #expect(comparison.verdict.proves.hasPrefix("Nothing"))
        for gate in comparison.gates { #expect(gate.remedy.isEmpty == gate.passed, "\(gate)") }
    }

    @Test("all of them are checked, and only the ones that make sense")
    func all() throws {
        #expect(try maker.comparison(guilty).gates.map(\.gate) == ComparisonGate.Name.allCases)
        var alone = maker
        alone.hasControl = false
        #expect(
            try alone.comparison(Array(guilty.prefix(20))).gates.map(\.gate)
                == ComparisonGate.Name.allCases.filter { $0 != .negativeControl && $0 != .referenceBalance })
    }

    @Test("runs of other documents")
    func otherDocuments() throws {
        var other = maker.reference(guilty).plan
        other = AuditPlan(
            alpha: other.alpha, extractionShare: other.extractionShare, delta: other.delta, shape: other.shape,
            windowsPerDocument: other.windowsPerDocument, scoredTokens: other.scoredTokens, stopping: other.stopping,
            bet: other.bet, pairs: other.pairs, staging: other.staging, extractability: other.extractability,
            elicitations: other.elicitations, strictness: other.strictness, seed: other.seed,
            resamples: other.resamples,
            suspect: .init(documents: 20, windows: 20, sha256: "other text"), control: other.control,
            model: other.model, probes: other.probes)
        let comparison = try ModelComparison(
            target: maker.target(guilty), reference: maker.reference(guilty).with(plan: other))
        expect(comparison, fails: [.sameDocuments, .negativeControl], "suspect documents differ")
        #expect(comparison.findings == nil && comparison.decisiveTest == nil)
    }

    @Test("runs without a document in common")
    func noOverlap() throws {
        let strangers = maker.reference(guilty).documents.values.map { document in
            ComparedDocument(
                name: ArmedDocument(
                    arm: document.name.arm, document: DocumentID("other " + document.name.document.rawValue)),
                windows: document.windows)
        }
        let comparison = try ModelComparison(
            target: maker.target(guilty), reference: maker.reference(guilty).with(documents: strangers))
        expect(comparison, fails: [.sameDocuments, .negativeControl], "no document was observed by both runs")
        #expect(comparison.findings == nil)
    }

    @Test("a reference without the controls of the target")
    func controlsOnOneSide() throws {
        var alone = maker
        alone.hasControl = false
        let comparison = try ModelComparison(
            target: maker.target(guilty), reference: alone.reference(Array(guilty.prefix(20))))
        #expect(comparison.failed.contains(.sameDocuments) && comparison.verdict.answer == .invalid)
        let turned = try ModelComparison(
            target: alone.target(Array(guilty.prefix(20))), reference: maker.reference(guilty))
        #expect(turned.failed == [.sameDocuments] && turned.verdict.answer == .invalid)
    }

    @Test("runs that asked in different ways, with the ways named")
    func procedure() throws {
        var longer = maker
        longer.suffixTokens = 5
        longer.seed = 9
        let comparison = try ModelComparison(target: maker.target(guilty), reference: longer.reference(guilty))
        expect(comparison, fails: [.sameProcedure], "window shape 3+4 against 3+5, seed 1 against 9")
        #expect(comparison.findings == nil)
        #expect(comparison.gate(.sameProcedure)?.remedy.contains("--prefix-tokens") == true)
    }

    @Test("a run that was not finished")
    func unfinished() throws {
        let run = maker.reference(guilty)
        let some = run.documents.values.sorted { $0.name.document < $1.name.document }.prefix(30)
        let comparison = try ModelComparison(
            target: maker.target(guilty), reference: run.with(documents: Array(some)))
        expect(comparison, fails: [.complete], "the reference run observed 30 of 40 windows")
        #expect(comparison.findings == nil)
    }

    @Test("a run that ended early")
    func endedEarly() throws {
        let comparison = try ModelComparison(
            target: maker.target(guilty).with(endedEarly: true), reference: maker.reference(guilty))
        expect(comparison, fails: [.complete], "the target run ended early")
        #expect(comparison.gate(.complete)?.remedy.contains("--stopping never") == true)
    }

    @Test("a model compared with itself")
    func oneModel() throws {
        let innocent = (0..<40).map { SeenTwice($0 < 20 ? .suspect : .control) }
        let target = maker.target(innocent)
        expect(
            try ModelComparison(target: target, reference: target), fails: [.differentModels], "the same journal")
        expect(
            try ModelComparison(
                target: target, reference: maker.reference(innocent).with(modelDigest: target.modelDigest)),
            fails: [.differentModels], "the same model file")
        // Servers that were not started by the run have no file to compare.
        let unknown = try ModelComparison(
            target: target.with(modelDigest: .some(nil)),
            reference: maker.reference(innocent).with(modelDigest: .some(nil)))
        #expect(unknown.failed.isEmpty)
    }

    @Test("a run whose own gates do not hold")
    func ownGates() throws {
        let failed = [Gate(.transportEquality, passed: false, "9 of 40 windows failed", remedy: "see the log")]
        expect(
            try ModelComparison(target: maker.target(guilty).with(gates: failed), reference: maker.reference(guilty)),
            fails: [.targetGates], "transport-equality: 9 of 40 windows failed")
        let comparison = try ModelComparison(
            target: maker.target(guilty), reference: maker.reference(guilty).with(gates: failed))
        expect(comparison, fails: [.referenceGates], "transport-equality")
        #expect(comparison.gate(.referenceGates)?.remedy == "see the log")
    }

    @Test("a reference that the same test accuses, or that gives no answer", arguments: Verdict.Answer.allCases)
    func accused(answer: Verdict.Answer) throws {
        var maker = maker
        maker.referenceAnswer = answer
        let comparison = try maker.comparison(guilty)
        if answer == .memorized || answer == .invalid {
            expect(comparison, fails: [.negativeControl], "verdict \(answer.rawValue)")
        } else {
            #expect(comparison.failed.isEmpty)
        }
    }

    @Test("a reference that knows the controls", arguments: [true, false])
    func unbalanced(verbatim: Bool) throws {
        let seen = (0..<60).map { index -> SeenTwice in
            let knows = index >= 30
            let difficulty = -20 - Double(index % 10)
            let gain = knows && !verbatim ? 8.0 : 0
            return SeenTwice(
                index < 30 ? .suspect : .control, reference: verbatim && knows, lns: (difficulty, difficulty + gain))
        }
        let comparison = try maker.comparison(seen)
        expect(comparison, fails: [.referenceBalance], "the reference compared between")
        // Without the gate the innocent target would have been named.
        #expect(
            comparison.findings.map { $0.extraction.rejects || $0.likelihood?.rejects == true } == true)
    }

    @Test("as a negative control it needs controls and the same documents")
    func negativeControl() {
        let target = maker.target(guilty)
        #expect(ComparisonGate.negativeControl(of: target, reference: maker.reference(guilty)).passed)
        var alone = maker
        alone.hasControl = false
        let suspects = Array(guilty.prefix(20))
        let without = ComparisonGate.negativeControl(of: alone.target(suspects), reference: alone.reference(suspects))
        #expect(!without.passed && without.remedy == "give --control")
        let others = ComparisonGate.negativeControl(of: target, reference: alone.reference(suspects))
        #expect(!others.passed && others.detail.contains("control documents differ"))
    }
}
