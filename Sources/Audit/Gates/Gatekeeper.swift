import Corpus
import Inference
import Randomness
import Statistics

/// Checks the gates of a run.
struct Gatekeeper {
    /// Level of all comparisons of controls with controls together.
    static let controlLevel = 0.001
    /// Random arrangements of each comparison of controls with controls.
    static let controlResamples = 9_999
    /// Fewest controls of a half for a comparison.
    static let fewestControls = 4
    /// Standard deviation of a repeated measurement over that between documents, above which a run is too noisy.
    static let tolerableNoise = 0.1
    /// Noise that is tolerable however alike documents are, in nats.
    static let negligibleNoise = 0.05
    /// Share of windows asked about twice that may be reproduced once only.
    static let tolerableFlips = 0.1
    /// Level of the test for unequal failure rates.
    ///
    /// A gate that fails by chance costs a verdict, never a wrong one.
    static let failureLevel = 0.01
    /// Share of windows that may fail before nothing can be said.
    static let tolerableFailures = 0.1
    /// Share of an arm's documents that may also be in the other arm.
    ///
    /// They are excluded, and more means that the controls are not what they are held to be.
    static let tolerableOverlap = 0.05

    let record: RunRecord
    /// The documents that count, with what was observed of them.
    let counted: [(document: DocumentRecord, observations: [Observation])]
    let outcomes: [DocumentOutcome]

    private var header: RunHeader { record.header }
    private var plan: AuditPlan { record.header.plan }

    /// All gates, in a fixed order.
    func gates() throws(AuditError) -> [Gate] {
        var gates = [try frozenPlan(), selfTest()]
        gates.append(plan.control == nil ? transport() : try transportEquality())
        gates.append(replicateNoise())
        guard plan.control != nil else { return gates }
        gates.append(nearDuplicates())
        gates.append(blindBaseline())
        gates.append(try controlHalves())
        if let negativeControl = plan.negativeControl { gates.append(gate(negativeControl)) }
        return gates
    }

    private func frozenPlan() throws(AuditError) -> Gate {
        let hash: String
        do throws(CanonicalJSONError) { hash = try plan.hash() } catch { throw .statistics(error.description) }
        // Wrapping sums: the numbers come from a file.
        let endedEarly = counted.count < record.documents.count
        let planned =
            endedEarly
            ? counted.reduce(0) { $0 &+ $1.document.windows } : plan.suspect.windows &+ (plan.control?.windows ?? 0)
        let observed = counted.reduce(0) { $0 + $1.observations.count }
        let name = "plan \(header.planHash.prefix(12))"
        guard hash == header.planHash else {
            return Gate(
                .frozenPlan, passed: false, "\(name) is not the hash of the plan that the journal holds",
                remedy: "the journal's first record was changed; begin a new run")
        }
        guard observed == planned else {
            return Gate(
                .frozenPlan, passed: false, "\(name), \(observed) of \(planned) windows observed",
                remedy: "repeat the original command to finish the run")
        }
        let isPlanned =
            endedEarly
            ? counted.allSatisfy { Self.digest([$0]) == $0.document.probes }
            : Self.digest(counted) == plan.probes
        return Gate(
            .frozenPlan, passed: isPlanned,
            "\(name), \(observed) of \(planned) windows observed\(endedEarly ? " up to the deciding pair" : "")"
                + (isPlanned ? "" : ", which are not the windows of the plan"),
            remedy: "the journal's observations were changed; begin a new run")
    }

    /// The digest of the windows that were observed, in the order of the plan.
    private static func digest(
        _ counted: [(document: DocumentRecord, observations: [Observation])]
    ) -> String {
        var digest = ProbesDigest()
        for (document, observations) in counted {
            digest.begin(document.arm, document.document)
            for observation in observations {
                digest.add(start: observation.start, tokens: observation.prefix + observation.suffix)
            }
        }
        return digest.hex
    }

    private func selfTest() -> Gate {
        if plan.staging == .generationOnly {
            return Gate(.serverSelfTest, passed: true, "no log-probabilities are used")
        }
        let servers = header.servers + record.continuations.flatMap(\.servers)
        if let failed = servers.first(where: { !$0.selfTest.passed }) {
            return Gate(
                .serverSelfTest, passed: false, "\(failed.address): \(failed.selfTest.obstacle ?? "")",
                remedy: "see `rote doctor`, or use --staging generation-only")
        }
        let largest = servers.flatMap { $0.selfTest.ways.filter(\.isUsable).compactMap(\.largestDifference) }
        return Gate(
            .serverSelfTest, passed: !header.servers.isEmpty,
            "ways of forcing agree within \(Wording.nats(largest.max() ?? 0)) per token",
            remedy: "the journal names no tested server; begin a new run")
    }

    private static let transportRemedy =
        "find out why requests failed (the journal's failed observations say so) and begin a new run"

    /// Whether windows got answers at all.
    private func transport() -> Gate {
        let windows = outcomes.reduce(0) { $0 + $1.windows }
        let failures = outcomes.reduce(0) { $0 + $1.failures }
        return Gate(
            .transportEquality, passed: Double(failures) <= Self.tolerableFailures * Double(windows),
            "\(failures) of \(windows) windows got no usable answer", remedy: Self.transportRemedy)
    }

    private func transportEquality() throws(AuditError) -> Gate {
        let overall = transport()
        guard overall.passed else { return overall }
        let remedy = Self.transportRemedy
        func affected(_ arm: Arm) -> (count: Int, total: Int) {
            let members = outcomes.filter { $0.arm == arm }
            return (members.count { $0.failures > 0 }, members.count)
        }
        let (suspect, control) = (affected(.suspect), affected(.control))
        guard suspect.total > 0, control.total > 0 else {
            return Gate(.transportEquality, passed: false, "an arm has no observed document", remedy: remedy)
        }
        let detail =
            "documents with unanswered windows: \(suspect.count) of \(suspect.total) suspect, "
            + "\(control.count) of \(control.total) control"
        let test: TestResult
        do throws(StatisticsError) {
            test = fisherExact(
                try Table2x2(
                    suspectHits: Int64(suspect.count), suspectMisses: Int64(suspect.total - suspect.count),
                    controlHits: Int64(control.count), controlMisses: Int64(control.total - control.count)),
                alternative: .twoSided)
        } catch { throw .statistics("\(error)") }
        return Gate(
            .transportEquality, passed: !test.rejects(at: Self.failureLevel),
            "\(detail) (two-sided Fisher p = \(test.pValue))", remedy: remedy)
    }

    private func blindBaseline() -> Gate {
        header.blindBaseline?.gate
            ?? Gate(.blindBaseline, passed: false, "the journal holds no comparison", remedy: "begin a new run")
    }

    /// Compares controls with controls by the tests of the verdict: the first half of the run with the second, so that
    /// drift shows, and two halves drawn at random, so that anything else does.
    private func controlHalves() throws(AuditError) -> Gate {
        let controls = outcomes.filter { $0.arm == .control }
        let half = controls.count / 2
        guard half >= Self.fewestControls else {
            return Gate(
                .controlHalves, passed: true,
                "\(Wording.count(controls.count, "control document")) are too few for halves to be compared")
        }
        var shuffled = controls
        var generator = SeededGenerator(seed: plan.seed, stream: "control-halves")
        shuffled.shuffle(with: &generator)
        var smallest = LogProbability.certain
        var tests = 0
        do throws(StatisticsError) {
            for (first, second) in [controls, shuffled].map({ ($0.prefix(half), $0.dropFirst(half)) }) {
                for test in try comparisons(Array(first), Array(second)) {
                    tests += 1
                    smallest = min(smallest, test.pValue)
                }
            }
        } catch { throw .statistics("\(error)") }
        let level = Self.controlLevel / Double(max(1, tests))
        return Gate(
            .controlHalves, passed: smallest.value > level,
            "smallest of \(tests) p-values between halves of the controls: \(smallest)",
            remedy: "answers drifted during the run, or controls are of two kinds: see to the server, or use --strict")
    }

    private func comparisons(
        _ first: [DocumentOutcome], _ second: [DocumentOutcome]
    ) throws(StatisticsError) -> [TestResult] {
        func proportion(_ members: [DocumentOutcome]) throws(StatisticsError) -> Proportion {
            try Proportion(hits: Int64(members.count(where: \.isHit)), trials: Int64(members.count))
        }
        var tests = [
            fisherExact(
                Table2x2(suspect: try proportion(first), control: try proportion(second)), alternative: .twoSided)
        ]
        let lns = [first, second].map { $0.compactMap(\.meanLn) }
        if lns.allSatisfy({ $0.count >= Self.fewestControls }) {
            tests.append(
                try documentPermutationTest(
                    suspect: lns[0], control: lns[1], alternative: .twoSided, resamples: Self.controlResamples,
                    seed: plan.seed))
        }
        return tests
    }

    /// Compares two answers to the same windows with the differences between documents.
    private func replicateNoise() -> Gate {
        let chosen = ReplicateChoice(counted, plan: plan).windows
        let again = Dictionary(
            record.replicates.map { (ObservedWindow($0), $0) }, uniquingKeysWith: { first, _ in first })
        let once = Dictionary(
            counted.flatMap(\.observations).map { (ObservedWindow($0), $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = chosen.compactMap { window in
            once[window].flatMap { first in again[window].map { (first: first, second: $0) } }
        }
        guard pairs.count == chosen.count else {
            return Gate(
                .replicateNoise, passed: false, "\(pairs.count) of \(chosen.count) windows were asked about again",
                remedy: "repeat the original command to finish the run")
        }
        let noise = ReplicateNoise(pairs, plan: plan)
        var detail =
            "of \(noise.compared) windows asked about again, \(noise.flips) changed between reproduced and not"
        var passed = 2 * noise.compared >= chosen.count
        passed = passed && Double(noise.flips) <= Self.tolerableFlips * Double(noise.compared)
        if let deviation = noise.deviation {
            let between = Self.deviation(outcomes.compactMap(\.meanLn))
            detail += "; ln p repeats within \(Wording.nats(deviation)), documents differ by \(Wording.nats(between))"
            passed = passed && deviation <= max(Self.negligibleNoise, Self.tolerableNoise * between)
        }
        return Gate(
            .replicateNoise, passed: passed, detail,
            remedy: "the server answers the same question differently: use --strict, one server, or another build")
    }

    private static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    private func gate(_ negativeControl: NegativeControl) -> Gate {
        let sameDocuments =
            negativeControl.suspect == plan.suspect.sha256 && negativeControl.control == plan.control?.sha256
        guard sameDocuments else {
            return Gate(
                .negativeControl, passed: false, "\(negativeControl.run) tested other documents",
                remedy: "run the audit of the same files against the other model, and give that run")
        }
        return Gate(
            .negativeControl, passed: [.inconclusive, .notExtractable].contains(negativeControl.answer),
            "\(negativeControl.model) got the verdict \(negativeControl.answer.rawValue)",
            remedy: "the same test accuses a model that cannot have seen the documents: the controls are not comparable"
        )
    }

    private func nearDuplicates() -> Gate {
        func share(_ arm: Arm) -> Double {
            let overlapping = header.excluded.count { $0.arm == arm && $0.reason == .inBothArms }
            let tested = outcomes.count { $0.arm == arm }
            return overlapping == 0 ? 0 : Double(overlapping) / Double(overlapping + tested)
        }
        let worst = max(share(.suspect), share(.control))
        let detail =
            header.pairsBetweenArms == 0
            ? "no document of one arm repeats one of the other"
            : "\(Wording.count(header.pairsBetweenArms, "pair")) across the arms were excluded (\(Wording.percent(worst)) of an arm)"
        return Gate(
            .nearDuplicates, passed: worst <= Self.tolerableOverlap, detail,
            remedy: "remove from --control what is also in --suspect: controls must be unseen")
    }
}
