import Audit
import Statistics

/// Two models compared on the same documents: the target, which may have memorized them, and a reference, which is
/// believed not to have seen them.
///
/// Whatever it finds is a comparison of these two models and no verdict on memorization: that is the audit's.
public struct ModelComparison: Sendable {
    /// The run of the model that is asked about.
    public let target: ComparedRun
    /// The run of the model that it is compared with.
    public let reference: ComparedRun
    /// The gates.
    public let gates: [ComparisonGate]
    /// Counts, tests and effects; `nil` when the runs cannot be joined document by document.
    public let findings: ComparisonFindings?
    /// The answer.
    public let verdict: ComparisonVerdict

    /// Compares two audits.
    ///
    /// - Parameters:
    ///   - target: The run of the model that is asked about; its plan gives α and its parts.
    ///   - reference: A run of the same documents with the same options against another model.
    /// - Throws: ``AuditError/statistics(_:)`` when a procedure refuses the data.
    /// - Complexity: O(arrangements × documents).
    public init(target: ComparedRun, reference: ComparedRun) throws(AuditError) {
        self.target = target
        self.reference = reference
        let gatekeeper = ComparisonGatekeeper(target: target, reference: reference)
        var gates = gatekeeper.gates()
        let documents = JoinedDocuments(target: target, reference: reference, scale: gatekeeper.scale)
        if gatekeeper.isJoinable, !documents.suspect.isEmpty {
            do throws(StatisticsError) {
                findings = try ComparisonFindings(documents, plan: target.plan)
                if target.plan.control != nil {
                    gates.append(try ReferenceBalance.gate(documents, plan: target.plan))
                }
            } catch { throw .statistics("\(error)") }
        } else {
            findings = nil
        }
        self.gates = gates
        verdict = ComparisonVerdictWriter(plan: target.plan, gates: gates, findings: findings).verdict()
    }

    /// Reads two journals, judges each run by itself and compares them.
    ///
    /// - Parameters:
    ///   - target: The run directory of the model that is asked about.
    ///   - reference: The run directory of the model that it is compared with.
    /// - Throws: ``JournalError`` or ``AuditError`` when a journal cannot be read or analysed.
    public init(target: String, reference: String) throws {
        try self.init(
            target: try ComparedRun(try RunRecord(directory: target)),
            reference: try ComparedRun(try RunRecord(directory: reference)))
    }

    /// The test that the answer rests on; without one, that for extraction.
    public var decisiveTest: TestResult? {
        verdict.evidence == .likelihood ? findings?.likelihood?.test : findings?.extraction.test
    }
}
