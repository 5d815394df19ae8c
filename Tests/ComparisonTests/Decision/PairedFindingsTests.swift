import Corpus
import Foundation
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Comparison

@Suite("Suspects alone")
struct PairedFindingsTests {
    private var maker: ComparedRunMaker {
        var maker = ComparedRunMaker()
        maker.hasControl = false
        return maker
    }

    private func suspects(both: Int = 0, target: Int, reference: Int, neither: Int = 0) -> [SeenTwice] {
        (0..<both).map { _ in SeenTwice(.suspect, target: true, reference: true) }
            + (0..<target).map { _ in SeenTwice(.suspect, target: true) }
            + (0..<reference).map { _ in SeenTwice(.suspect, reference: true) }
            + (0..<neither).map { _ in SeenTwice(.suspect) }
    }

    /// Counts of documents of one model only, and P(Bin(n, ½) ≥ target); the last is half a published two-sided value.
    private static let discordant: [(target: Int, reference: Int, p: Double)] = [
        (9, 1, 0.0107421875), (5, 0, 0.03125), (5, 5, 0.623046875), (0, 0, 1), (0, 5, 1), (25, 10, 0.00833692390006036),
    ]

    @Test("documents of one model only are compared by McNemar's test", arguments: discordant)
    func mcnemar(target: Int, reference: Int, p: Double) throws {
        let findings = try maker.findings(suspects(both: 3, target: target, reference: reference, neither: 7))
        #expect(abs(findings.extraction.test.pValue.value - p) < 1e-12 * p)
        #expect(findings.suspect.targetOnly == target && findings.suspect.referenceOnly == reference)
        #expect(findings.suspect.both == 3 && findings.suspect.neither == 7)
        #expect(findings.suspect.targetHits == target + 3 && findings.suspect.referenceHits == reference + 3)
        let rate = Double(target - reference) / Double(10 + target + reference)
        #expect(abs(findings.extraction.difference.estimate - rate) < 1e-15)
        #expect(findings.likelihood == nil && findings.control == nil)
    }

    @Test("what was not seen counts against the target's lead")
    func unseen() throws {
        let seen: [SeenTwice] = [
            SeenTwice(.suspect, target: nil, reference: false),  // the target might have had it: not counted
            SeenTwice(.suspect, target: true, reference: nil),  // the reference might have had it: counted as had
            SeenTwice(.suspect, target: false, reference: nil),  // counted for the reference
            SeenTwice(.suspect, target: [true, nil], reference: [false, false]),  // certain all the same
        ]
        let findings = try maker.findings(seen)
        // One of two discordant documents is the target's: P(Bin(2, ½) ≥ 1).
        #expect(abs(findings.extraction.test.pValue.value - 0.75) < 1e-12)
        #expect(findings.suspect.undecided == 3)
        #expect(findings.suspect.targetOnly == 2 && findings.suspect.referenceOnly == 0)
    }

    @Test("differences of scores are compared by flipping their signs")
    func signFlip() throws {
        let seen = [1.0, 2, 3, 4, 5].map { SeenTwice(.suspect, lns: ($0 - 10, -10)) }
        let likelihood = try #require(try maker.findings(seen).likelihood)
        #expect(abs(likelihood.test.pValue.value - 1.0 / 32) < 1e-12)
        #expect(abs(likelihood.difference.estimate - 3) < 1e-12)
        #expect(likelihood.targetContrast == nil && likelihood.documents == [5])
    }

    @Test("only windows that both runs scored enter a document's difference")
    func commonWindows() throws {
        func document(_ lns: [Double?]) -> ComparedDocument {
            ComparedDocument(
                name: ArmedDocument(arm: .suspect, document: DocumentID("suspect0")),
                windows: lns.enumerated().map { .init(index: $0, isReproduced: false, ln: $1) })
        }
        let seen = [SeenTwice(.suspect, target: [false, false, false], reference: [false, false, false])]
        let joined = JoinedDocuments(
            target: maker.target(seen).with(documents: [document([-1, -50, nil])]),
            reference: maker.reference(seen).with(documents: [document([-3, nil, -70])]), scale: .nats)
        #expect(joined.suspect.first?.scores == JoinedDocuments.Scores(target: -1, reference: -3))
        let disjoint = JoinedDocuments(
            target: maker.target(seen).with(documents: [document([-1, nil, nil])]),
            reference: maker.reference(seen).with(documents: [document([nil, nil, -70])]), scale: .nats)
        #expect(disjoint.suspect.first.map { $0.scores == nil } == true)
    }

    @Test("a lead is told as a lead, never as memory, and names its assumption")
    func ahead() throws {
        let extracted = try maker.comparison(suspects(target: 20, reference: 0, neither: 20)).verdict
        #expect(extracted.answer == .aheadOnCorpus && extracted.evidence == .extraction)
        let likely = try maker.comparison(
            (0..<20).map { SeenTwice(.suspect, lns: (-1 - Double($0) / 100, -9)) }
        ).verdict
        #expect(likely.answer == .aheadOnCorpus && likely.evidence == .likelihood)
        for verdict in [extracted, likely] {
            #expect(verdict.proves.hasPrefix("Comparative: "))
            #expect(verdict.doesNotProve.contains("does not show memorization"))
            #expect(!verdict.proves.contains("memor"))
        }
        #expect(likely.caveats.contains { $0.contains("sign-flip") && $0.contains("assumption") })
        #expect(!extracted.caveats.contains { $0.contains("sign-flip") })
        #expect(likely.caveats.contains { $0.contains("error rate of its own") })
    }

    @Test("a model that is behind gets no answer")
    func behind() throws {
        let verdict = try maker.comparison(
            (0..<30).map { SeenTwice(.suspect, reference: true, lns: (-9, -1 - Double($0) / 100)) }
        ).verdict
        #expect(verdict.answer == .inconclusive && verdict.evidence == .none)
    }

    @Test("where models read different tokens, nothing is said without controls")
    func tokens() throws {
        var maker = maker
        maker.sameTokens = false
        let comparison = try maker.comparison(suspects(target: 30, reference: 0))
        #expect(comparison.verdict.answer == .invalid && comparison.failed == [.sameWindows])
        #expect(comparison.verdict.reason.contains("different tokens"))
    }
}
