import Audit
import Corpus

/// Checks the gates that need no test of their own.
struct ComparisonGatekeeper {
    let target: ComparedRun
    let reference: ComparedRun

    /// The scale in which scores can be compared.
    var scale: ComparisonScale { target.plan.probes == reference.plan.probes ? .nats : .standardDeviations }

    /// Whether the documents can be joined at all.
    var isJoinable: Bool { [sameDocuments, sameProcedure, complete].allSatisfy(\.passed) }

    /// All gates but the balance of the reference, in a fixed order.
    func gates() -> [ComparisonGate] {
        var gates = [
            sameDocuments, sameProcedure, complete, differentModels, own(.targetGates, target, "target"),
            own(.referenceGates, reference, "reference"), sameWindows,
        ]
        if target.plan.control != nil { gates.append(.negativeControl(of: target, reference: reference)) }
        return gates
    }

    private var sameDocuments: ComparisonGate { .sameDocuments(target, reference) }

    private var sameProcedure: ComparisonGate {
        let (first, second) = (target.plan, reference.plan)
        var differences: [String] = []
        func compare(_ name: String, _ value: (AuditPlan) -> some Equatable & CustomStringConvertible) {
            if value(first) != value(second) {
                differences.append("\(name) \(value(first)) against \(value(second))")
            }
        }
        compare("procedure version", \.version)
        compare("window shape", \.shape)
        compare("windows per document", \.windowsPerDocument)
        compare("scored tokens", \.scoredTokens)
        compare("staging", \.staging.rawValue)
        compare("elicitation", \.elicitationName)
        compare("alpha", \.alpha)
        compare("extraction share", \.extractionShare)
        compare("delta", \.delta)
        compare("seed", \.seed)
        let shape = "windows of \(first.shape) tokens, \(first.scoredTokens) scored"
        return ComparisonGate(
            .sameProcedure, passed: differences.isEmpty,
            differences.isEmpty ? shape : "the runs differ in \(differences.joined(separator: ", "))",
            remedy:
                "repeat the reference run with the options of the target run; where the shape was chosen by itself, "
                + "give both runs --prefix-tokens and --suffix-tokens")
    }

    private var complete: ComparisonGate {
        let runs = [("target", target), ("reference", reference)]
        // Wrapping sums: the numbers come from a file.
        let lacking = runs.compactMap { name, run -> String? in
            if run.endedEarly { return "the \(name) run ended early" }
            let planned = run.plan.suspect.windows &+ (run.plan.control?.windows ?? 0)
            guard run.windowsObserved != planned else { return nil }
            return "the \(name) run observed \(run.windowsObserved) of \(planned) windows"
        }
        return ComparisonGate(
            .complete, passed: lacking.isEmpty,
            lacking.isEmpty ? "all windows were observed by both runs" : lacking.joined(separator: "; "),
            remedy: "finish an interrupted run by its original command; repeat one that ended early with "
                + "--stopping never, because a comparison looks once and at all documents")
    }

    private var differentModels: ComparisonGate {
        let isSameJournal = target.chain == reference.chain
        let isSameFile = target.modelDigest != nil && target.modelDigest == reference.modelDigest
        let known = target.modelDigest != nil && reference.modelDigest != nil
        let detail =
            isSameJournal
            ? "target and reference are the same journal"
            : isSameFile
                ? "both runs asked the same model file"
                : known
                    ? "\(target.model) against \(reference.model), different files"
                    : "\(target.model) against \(reference.model), as their servers say"
        return ComparisonGate(
            .differentModels, passed: !isSameJournal && !isSameFile, detail,
            remedy: "give a model that cannot have seen the suspect documents as reference")
    }

    private func own(_ gate: ComparisonGate.Name, _ run: ComparedRun, _ name: String) -> ComparisonGate {
        let failed = run.gates.filter { !$0.passed }
        return ComparisonGate(
            gate, passed: failed.isEmpty,
            failed.isEmpty
                ? "all \(run.gates.count) gates of the \(name) run hold"
                : failed.map { "\($0.gate.rawValue): \($0.detail)" }.joined(separator: "; "),
            remedy: failed.map(\.remedy).filter { !$0.isEmpty }.joined(separator: "; "))
    }

    private var sameWindows: ComparisonGate {
        let hasControls = target.plan.control != nil
        let same = scale == .nats
        let detail =
            same
            ? "both models read the same tokens in every window"
            : "the models cut the documents into different tokens, so that neither a reproduced window nor a "
                + "log-probability means the same for both"
                + (hasControls ? "; scores are compared in standard deviations, between the arms only" : "")
        return ComparisonGate(
            .sameWindows, passed: same || hasControls, detail,
            remedy: "give --control, so that documents are compared between the arms, or a reference with the same "
                + "tokenizer")
    }
}

extension ComparisonGate {
    /// Whether two runs tested the same documents.
    static func sameDocuments(_ target: ComparedRun, _ reference: ComparedRun) -> ComparisonGate {
        let (first, second) = (target.plan, reference.plan)
        let differing = [
            first.suspect.sha256 == second.suspect.sha256 ? nil : "suspect",
            first.control?.sha256 == second.control?.sha256 ? nil : "control",
        ].compactMap { $0 }
        let shared = target.documents.keys.count { reference.documents[$0] != nil }
        let count =
            "\(first.suspect.documents) suspect"
            + (first.control.map { " and \($0.documents) control" } ?? "") + " documents"
        return ComparisonGate(
            .sameDocuments, passed: differing.isEmpty && shared > 0,
            differing.isEmpty
                ? shared > 0 ? count : "no document was observed by both runs"
                : "the \(differing.joined(separator: " and ")) documents differ "
                    + "(\(shared) of \(target.documents.count) names are in both runs)",
            remedy: "audit the same files with both models; where one model cuts the text into fewer tokens, give both "
                + "runs shorter --prefix-tokens and --suffix-tokens, so that the same documents are long enough")
    }

    /// Whether the test that is made of a target accuses a model that cannot have seen the documents.
    ///
    /// It must not: a test that finds memory where there can be none tells the arms apart by something else.
    ///
    /// - Parameters:
    ///   - target: The run whose verdict is in question; it must have controls.
    ///   - reference: A run of the same documents against a model that cannot have seen them.
    /// - Returns: The gate; it fails too when the runs tested other documents or the reference's verdict is invalid.
    public static func negativeControl(of target: ComparedRun, reference: ComparedRun) -> ComparisonGate {
        let documents = sameDocuments(target, reference)
        guard documents.passed else {
            return ComparisonGate(.negativeControl, passed: false, documents.detail, remedy: documents.remedy)
        }
        guard reference.plan.control != nil else {
            return ComparisonGate(
                .negativeControl, passed: false, "the runs have no controls, so that nothing can accuse the reference",
                remedy: "give --control")
        }
        let (passed, remedy) =
            switch reference.answer {
            case .inconclusive, .notExtractable: (true, "")
            case .memorized:
                (
                    false,
                    "the same test accuses the reference: it has seen the documents, or the controls are not "
                        + "comparable; give another reference or other controls"
                )
            case .invalid: (false, "see to the gates of the reference run")
            }
        return ComparisonGate(
            .negativeControl, passed: passed,
            "the audit of the reference by itself gives the verdict \(reference.answer.rawValue)", remedy: remedy)
    }
}
