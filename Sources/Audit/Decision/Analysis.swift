import Corpus
import Foundation
import Statistics

/// Everything that follows from a journal, computed without any server.
public struct Analysis: Sendable {
    /// The run that was analysed.
    public let record: RunRecord
    /// One outcome per counted document, in the order in which they were sent; where a run ended early, only documents
    /// of pairs up to the one that decided count.
    public let outcomes: [DocumentOutcome]
    /// What is printed and reported.
    public let summary: AnalysisSummary

    /// Analyses a run.
    ///
    /// - Parameters:
    ///   - record: The journal.
    ///   - field: A metadata field to make a table by, or `nil`.
    /// - Throws: ``AuditError/nothingToAnalyze(directory:)`` when no suspect document was observed yet,
    ///   ``AuditError/statistics(_:)`` when a procedure refuses the data.
    /// - Complexity: O(*n*) in observations, plus the permutation test.
    public init(_ record: RunRecord, groupedBy field: String? = nil) throws(AuditError) {
        self.record = record
        let plan = record.header.plan
        let evidence: PairedEvidence?
        do throws(StatisticsError) { evidence = try record.pairedEvidence() } catch { throw .statistics("\(error)") }
        let counted = record.counted(evidence)
        outcomes = Self.outcomes(counted, plan)
        guard outcomes.contains(where: { $0.arm == .suspect }) else {
            throw .nothingToAnalyze(directory: record.directory)
        }
        let gates = try Gatekeeper(record: record, counted: counted, outcomes: outcomes).gates()
        let decision: Decision
        let groups: [GroupRow]
        do throws(StatisticsError) {
            decision = try Decision(plan: plan, outcomes: outcomes, evidence: evidence, gates: gates)
            groups = if let field { try Self.groups(outcomes, by: field) } else { [] }
        } catch { throw .statistics("\(error)") }
        summary = AnalysisSummary(
            plan: plan, planHash: record.header.planHash, gates: gates, decision: decision, groupField: field,
            groups: groups, testLift: TestLift(record), windowsObserved: record.observations.count,
            requests: (record.observations + record.replicates + record.unaided).reduce(0) {
                $0 + ($1.sighting?.requests ?? 0)
            })
    }

    private static func outcomes(
        _ counted: [(document: DocumentRecord, observations: [Observation])], _ plan: AuditPlan
    ) -> [DocumentOutcome] {
        let thresholdLn = plan.extractability.thresholdLn
        return counted.compactMap { document, observations in
            guard !observations.isEmpty else { return nil }
            return DocumentOutcome(
                arm: document.arm, document: document.document, observations: observations,
                fields: document.fields, plan: plan, thresholdLn: thresholdLn)
        }
    }

    private static func groups(
        _ outcomes: [DocumentOutcome], by field: String
    ) throws(StatisticsError) -> [GroupRow] {
        var rows: [GroupRow] = []
        for arm in Arm.allCases {
            let members = outcomes.filter { $0.arm == arm }
            let values = Set(members.map { $0.fields[field] ?? "" }).sorted(by: Self.naturalOrder)
            for value in values {
                let group = members.filter { ($0.fields[field] ?? "") == value }
                if let summary = try ArmSummary(group) {
                    rows.append(GroupRow(arm: arm, value: value, summary: summary))
                }
            }
        }
        return rows
    }

    /// Numbers by size, before text by its bytes.
    private static func naturalOrder(_ left: String, _ right: String) -> Bool {
        let numbers = [left, right].map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
        switch (numbers[0], numbers[1]) {
        case (let first?, let second?) where first != second: return first < second
        case (_?, nil): return true
        case (nil, _?): return false
        default: return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }
}

/// The numbers of an analysis.
public struct AnalysisSummary: Codable, Sendable {
    /// The plan of the run.
    public let plan: AuditPlan
    /// SHA-256 of the plan.
    public let planHash: String
    /// The gates.
    public let gates: [Gate]
    /// Tests, effect and verdict.
    public let decision: Decision
    /// The metadata field of ``groups``, if one was asked for.
    public let groupField: String?
    /// The table by a metadata field, if one was asked for.
    public let groups: [GroupRow]
    /// What was learned is worth on the tested documents, if anything was learned and kept.
    public let testLift: TestLift?
    /// Number of windows observed, those beyond an early end among them.
    public let windowsObserved: Int
    /// Number of requests behind the observations.
    public let requests: Int

    /// What ending early spared.
    public var savings: Savings? {
        guard let sequential = decision.sequential, sequential.hasStopped, windowsObserved > 0 else { return nil }
        // Wrapping sums: the numbers come from a file.
        let planned = plan.suspect.windows &+ (plan.control?.windows ?? 0)
        let windows = max(0, planned &- windowsObserved)
        let perWindow = Double(requests) / Double(windowsObserved)
        return Savings(
            windows: windows, windowsPlanned: planned,
            requests: Int(exactly: (perWindow * Double(windows)).rounded()) ?? 0)
    }

    /// What was not sent because the evidence had decided.
    public struct Savings: Codable, Hashable, Sendable {
        /// Windows that were not sent.
        public let windows: Int
        /// Windows planned.
        public let windowsPlanned: Int
        /// About as many requests, if the windows not sent had needed as many each as those that were.
        public let requests: Int
    }
}

extension Extractability {
    /// The log-probability, in nats, from which on a suffix counts as extractable:
    /// 1 − (1 − p)ⁿ ≥ q  ⟺  p ≥ 1 − (1 − q)^(1/n).
    public var thresholdLn: Double { log(-expm1(log1p(-probability) / Double(samples))) }
}
