import Corpus
import Inference
import PrefixLearning
import Statistics

@testable import Audit
@testable import Comparison

/// What two models show of one document.
struct SeenTwice {
    var arm: Arm
    /// For each window whether its suffix came back from the target, or nil for a window without an answer.
    var target: [Bool?]
    /// The same for the reference.
    var reference: [Bool?]
    /// The score of every answered window, in nats, or nil for text alone.
    var targetLn: Double?
    var referenceLn: Double?

    /// A document of one window.
    init(_ arm: Arm, target: Bool? = false, reference: Bool? = false, lns: (Double, Double)? = nil) {
        self.init(arm, target: [target], reference: [reference], lns: lns)
    }

    init(_ arm: Arm, target: [Bool?], reference: [Bool?], lns: (Double, Double)? = nil) {
        self.arm = arm
        self.target = target
        self.reference = reference
        targetLn = lns?.0
        referenceLn = lns?.1
    }
}

/// Makes the two runs of a comparison as a test wants them.
struct ComparedRunMaker {
    var alpha = 0.01
    var extractionShare = 0.5
    var staging = Staging.staged
    var stopping = Stopping.never
    var resamples = 999
    var seed: UInt64 = 1
    var suffixTokens = 4
    var hasControl = true
    /// Whether the models read different tokens.
    var sameTokens = true
    var referenceAnswer = Verdict.Answer.inconclusive

    func plan(_ seen: [SeenTwice], windows: (SeenTwice) -> Int, probes: String) -> AuditPlan {
        func arm(_ arm: Arm) -> AuditPlan.ArmPlan {
            let members = seen.filter { $0.arm == arm }
            return AuditPlan.ArmPlan(
                documents: members.count, windows: members.reduce(0) { $0 + windows($1) }, sha256: arm.rawValue)
        }
        guard let shape = WindowShape(prefixTokens: 3, suffixTokens: suffixTokens) else { fatalError("a fixed shape") }
        return AuditPlan(
            alpha: alpha, extractionShare: extractionShare, delta: 0.01, shape: shape, windowsPerDocument: 4,
            scoredTokens: 2, stopping: stopping, bet: .standard, pairs: stopping == .early ? 2 : 0, staging: staging,
            extractability: .standard, elicitations: [.none(leading: [])], strictness: .fast, seed: seed,
            resamples: resamples, suspect: arm(.suspect), control: hasControl ? arm(.control) : nil, model: "m",
            probes: probes)
    }

    private func documents(
        _ seen: [SeenTwice], _ windows: (SeenTwice) -> [Bool?], _ ln: (SeenTwice) -> Double?
    ) -> [ComparedDocument] {
        seen.enumerated().map { index, document in
            ComparedDocument(
                name: ArmedDocument(arm: document.arm, document: DocumentID("\(document.arm.rawValue)\(index)")),
                windows: windows(document).enumerated().map { window, isReproduced in
                    ComparedDocument.Window(
                        index: window, isReproduced: isReproduced, ln: isReproduced == nil ? nil : ln(document))
                })
        }
    }

    func target(_ seen: [SeenTwice]) -> ComparedRun {
        ComparedRun(
            directory: "target", chain: "chain of the target",
            plan: plan(seen, windows: \.target.count, probes: "windows"), planHash: "plan of the target",
            modelDigest: "file of the target", gates: [Gate(.frozenPlan, passed: true, "as planned")],
            answer: .inconclusive, endedEarly: false, documents: documents(seen, \.target, \.targetLn))
    }

    func reference(_ seen: [SeenTwice]) -> ComparedRun {
        ComparedRun(
            directory: "reference", chain: "chain of the reference",
            plan: plan(seen, windows: \.reference.count, probes: sameTokens ? "windows" : "other windows"),
            planHash: "plan of the reference", modelDigest: "file of the reference",
            gates: [Gate(.frozenPlan, passed: true, "as planned")], answer: referenceAnswer, endedEarly: false,
            documents: documents(seen, \.reference, \.referenceLn))
    }

    func comparison(_ seen: [SeenTwice]) throws -> ModelComparison {
        try ModelComparison(target: target(seen), reference: reference(seen))
    }

    func findings(_ seen: [SeenTwice]) throws -> ComparisonFindings {
        let joined = JoinedDocuments(
            target: target(seen), reference: reference(seen), scale: sameTokens ? .nats : .standardDeviations)
        return try ComparisonFindings(joined, plan: target(seen).plan)
    }
}

extension ComparedRun {
    /// The run with something changed.
    func with(
        chain: String? = nil, plan: AuditPlan? = nil, modelDigest: String?? = nil, gates: [Gate]? = nil,
        endedEarly: Bool? = nil, documents: [ComparedDocument]? = nil
    ) -> ComparedRun {
        ComparedRun(
            directory: directory, chain: chain ?? self.chain, plan: plan ?? self.plan, planHash: planHash,
            modelDigest: modelDigest ?? self.modelDigest, gates: gates ?? self.gates, answer: answer,
            endedEarly: endedEarly ?? self.endedEarly,
            documents: documents ?? self.documents.values.sorted { $0.name.document < $1.name.document })
    }
}

extension ModelComparison {
    func gate(_ name: ComparisonGate.Name) -> ComparisonGate? { gates.first { $0.gate == name } }

    /// The gates that do not hold.
    var failed: [ComparisonGate.Name] { gates.filter { !$0.passed }.map(\.gate) }
}
