import Statistics

/// The sentences of a verdict on canaries.
struct CanaryWording {
    private let canaries: CanarySet
    private let sightings: CanarySightings
    private let findings: [CanaryFinding]
    private let rankTest: TestResult
    private let extraction: TestResult

    init(
        _ canaries: CanarySet, _ sightings: CanarySightings, _ findings: [CanaryFinding], rankTest: TestResult,
        extraction: TestResult
    ) {
        self.canaries = canaries
        self.sightings = sightings
        self.findings = findings
        self.rankTest = rankTest
        self.extraction = extraction
    }

    func reason(_ evidence: CanaryVerdict.Evidence) -> String {
        switch evidence {
        case .extraction:
            "the model writes out \(reproduced) of \(count(findings.count, "secret")) by itself; "
                + "by luck that has a probability of at most \(extraction.pValue)"
        case .likelihood:
            "\(ranks); by luck so much or more has the probability \(rankTest.pValue)"
        case .none:
            "\(ranks); by luck so much or more has the probability \(rankTest.pValue), and no secret was written out"
                + (missing > 0
                    ? "; \(count(missing, "score")) missing, each counted against the published sibling" : "")
        }
    }

    func proves(_ evidence: CanaryVerdict.Evidence, alpha: Double) -> String {
        let alarm =
            "False alarms have a probability of at most \(alpha), whatever the model, if siblings and choice were secret "
            + "and fixed before the training."
        return switch evidence {
        case .extraction:
            "The model was trained on published canaries and can be made to repeat their random text. " + alarm
        case .likelihood: "The model was trained on published canaries: their random text left a trace. " + alarm
        case .none: "Nothing."
        }
    }

    func doesNotProve(_ evidence: CanaryVerdict.Evidence) -> String {
        switch evidence {
        case .extraction:
            "Who trained the model, from which copy, or how much of the rest of the corpus was used."
        case .likelihood:
            "That the canaries can be extracted; who trained the model, from which copy, or how much of the rest of the "
                + "corpus was used."
        case .none:
            "That the model was not trained on the canaries: few repetitions, short texts and filters that remove odd "
                + "text leave no trace that this test could find."
        }
    }

    var caveats: [String] {
        var caveats: [String] = []
        if missing > 0 {
            caveats.append(
                "\(count(missing, "sibling")) could not be scored and each counts as better known than the published one"
                    + (sightings.lastFailure.map { " (last failure: \($0))" } ?? "")
                    + "; repeat the same command to ask again")
        }
        let silent = findings.count { $0.isReproduced == nil }
        if silent > 0 { caveats.append("\(count(silent, "continuation")) missing, counted as not reproduced") }
        if case .seed = canaries.key.origin {
            caveats.append(
                "the canaries were minted from a seed given by hand: whoever guesses it knows all siblings, so the result "
                    + "is good for tests only")
        }
        if findings.contains(where: \.isCensored) {
            caveats.append(
                "some tokens were less probable than the server can represent and count as the least that it can; ranks "
                    + "stay valid")
        }
        return caveats
    }

    private var reproduced: Int { findings.count { $0.isReproduced == true } }
    private var missing: Int { findings.reduce(0) { $0 + $1.missing } }

    private var ranks: String {
        guard findings.count > 1, let finding = findings.first else {
            return findings.first.map { "the published sibling has rank \($0.rank.rank) of \($0.rank.places)" } ?? ""
        }
        let sum = findings.reduce(Int64(0)) { $0 + $1.rank.rank }
        let first = findings.count { $0.rank.rank == 1 }
        return "the ranks of \(findings.count) published siblings among \(finding.rank.places) each add up to \(sum), "
            + (first == 0 ? "none of them is first" : "\(first) of them \(first == 1 ? "is" : "are") first")
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
