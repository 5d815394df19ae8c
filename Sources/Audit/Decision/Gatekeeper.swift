import Corpus
import Inference
import Statistics

/// Checks the gates of a run.
struct Gatekeeper {
    /// Level of the test for unequal failure rates. A gate that fails by chance costs a verdict, never a wrong one.
    static let failureLevel = 0.01
    /// Share of windows that may fail before nothing can be said.
    static let tolerableFailures = 0.1
    /// Share of an arm's documents that may also be in the other arm; they are excluded, and more means that the
    /// controls are not what they are held to be.
    static let tolerableOverlap = 0.05

    let header: RunHeader
    let plan: AuditPlan
    let outcomes: [DocumentOutcome]
    let planned: Int

    /// All gates, in a fixed order.
    func gates() throws(AuditError) -> [Gate] {
        var gates = [try frozenPlan(), selfTest()]
        if plan.control != nil { gates += [try transportEquality(), nearDuplicates()] }
        return gates
    }

    private func frozenPlan() throws(AuditError) -> Gate {
        let hash: String
        do throws(CanonicalJSONError) { hash = try plan.hash() } catch { throw .statistics(error.description) }
        let observed = outcomes.reduce(0) { $0 + $1.windows }
        let intact = hash == header.planHash && observed == planned
        return Gate(
            .frozenPlan, passed: intact,
            "plan \(header.planHash.prefix(12)), \(observed) of \(planned) windows observed",
            remedy: "repeat the original command to finish the run; do not edit the journal")
    }

    private func selfTest() -> Gate {
        if plan.staging == .generationOnly {
            return Gate(.serverSelfTest, passed: true, "no log-probabilities are used")
        }
        if let failed = header.servers.first(where: { !$0.selfTest.passed }) {
            return Gate(
                .serverSelfTest, passed: false, "\(failed.address): \(failed.selfTest.obstacle ?? "")",
                remedy: "see `rote doctor`, or use --staging generation-only")
        }
        let largest = header.servers.flatMap { $0.selfTest.ways.filter(\.isUsable).compactMap(\.largestDifference) }
        return Gate(
            .serverSelfTest, passed: !header.servers.isEmpty,
            "ways of forcing agree within \(Wording.nats(largest.max() ?? 0)) per token",
            remedy: "the journal names no tested server; begin a new run")
    }

    private func transportEquality() throws(AuditError) -> Gate {
        let windows = outcomes.reduce(0) { $0 + $1.windows }
        let failures = outcomes.reduce(0) { $0 + $1.failures }
        let remedy = "find out why requests failed (the journal's failed observations say so) and begin a new run"
        if windows > 0, Double(failures) > Self.tolerableFailures * Double(windows) {
            return Gate(
                .transportEquality, passed: false, "\(failures) of \(windows) windows got no usable answer",
                remedy: remedy)
        }
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
            .transportEquality, passed: test.pValue.value > Self.failureLevel,
            "\(detail) (two-sided Fisher p = \(test.pValue))", remedy: remedy)
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
            : "\(header.pairsBetweenArms) pairs across the arms were excluded (\(Wording.percent(worst)) of an arm)"
        return Gate(
            .nearDuplicates, passed: worst <= Self.tolerableOverlap, detail,
            remedy: "remove from --control what is also in --suspect: controls must be unseen")
    }
}
