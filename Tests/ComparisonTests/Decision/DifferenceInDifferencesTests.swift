import Corpus
import Foundation
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Comparison

@Suite("Suspects and controls")
struct DifferenceInDifferencesTests {
    /// The share of all arrangements of arm labels within strata whose weighted difference is at least the observed.
    private func oracle(_ documents: [(stratum: Int, isSuspect: Bool, value: Double)]) -> Double {
        func difference(_ suspects: Set<Int>) -> Double {
            var sum = 0.0
            for stratum in Set(documents.map(\.stratum)).sorted() {
                let members = documents.indices.filter { documents[$0].stratum == stratum }
                let first = members.filter(suspects.contains).map { documents[$0].value }
                let second = members.filter { !suspects.contains($0) }.map { documents[$0].value }
                guard !first.isEmpty, !second.isEmpty else { continue }
                let means = [first, second].map { $0.reduce(0, +) / Double($0.count) }
                sum += Double(first.count * second.count) / Double(members.count) * (means[0] - means[1])
            }
            return sum
        }
        let actual = Set(documents.indices.filter { documents[$0].isSuspect })
        let observed = difference(actual)
        var (extreme, all) = (0, 0)
        for bits in 0..<(1 << documents.count) {
            let suspects = Set(documents.indices.filter { bits >> $0 & 1 == 1 })
            let keepsSizes = Set(documents.map(\.stratum)).allSatisfy { stratum in
                func size(_ labels: Set<Int>) -> Int { labels.count { documents[$0].stratum == stratum } }
                return size(suspects) == size(actual)
            }
            guard keepsSizes else { continue }
            all += 1
            if difference(suspects) >= observed - 1e-9 { extreme += 1 }
        }
        return Double(extreme) / Double(all)
    }

    @Test("both tests count arrangements within strata", arguments: 1...12 as ClosedRange<UInt64>)
    func enumerated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "differences in differences")
        let seen = (0..<12).map { index in
            let windows = index % 3 == 0 ? 2 : 1
            return SeenTwice(
                index < 6 ? .suspect : .control,
                target: (0..<windows).map { _ in generator.nextUnit() < 0.5 },
                reference: (0..<windows).map { _ in generator.nextUnit() < 0.3 },
                lns: (-10 * generator.nextUnit(), -10 * generator.nextUnit()))
        }
        let findings = try ComparedRunMaker().findings(seen)
        func hit(_ windows: [Bool?]) -> Double { windows.contains(true) ? 1 : 0 }
        let hits = oracle(
            seen.map { ($0.target.count, $0.arm == .suspect, hit($0.target) - hit($0.reference)) })
        let scores = try oracle(
            seen.map {
                ($0.target.count, $0.arm == .suspect, try #require($0.targetLn) - (try #require($0.referenceLn)))
            })
        #expect(abs(findings.extraction.test.pValue.value - hits) < 1e-9, "seed \(seed)")
        let likelihood = try #require(findings.likelihood)
        #expect(abs(likelihood.test.pValue.value - scores) < 1e-9, "seed \(seed)")
    }

    @Test(
        "where only the target hits, the closed form counts the same arrangements",
        arguments: 1...6 as ClosedRange<UInt64>)
    func closedForm(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "closed form")
        let seen = (0..<12).map { index -> SeenTwice in
            let windows = index % 4 == 0 ? 2 : 1
            let hits: [Bool?] = (0..<windows).map { _ in generator.nextUnit() < (index < 6 ? 0.7 : 0.3) }
            return SeenTwice(index < 6 ? .suspect : .control, target: hits, reference: hits.map { _ in false })
        }
        let test = try ComparedRunMaker().findings(seen).extraction.test
        let expected = oracle(
            seen.map { ($0.target.count, $0.arm == .suspect, $0.target.contains(true) ? 1 : 0) })
        #expect(test.exactness == .exactConditional)
        #expect(abs(test.pValue.value - expected) < 1e-9, "seed \(seed)")
    }

    @Test("what was not seen counts against the target's lead, in either arm")
    func unseen() throws {
        let certain = (0..<20).map { SeenTwice($0 < 10 ? .suspect : .control, target: $0 < 8) }
        let p = try ComparedRunMaker().findings(certain).extraction.test.pValue
        let spoiled: [(Int, SeenTwice)] = [
            (0, SeenTwice(.suspect, target: nil, reference: false)),
            (0, SeenTwice(.suspect, target: true, reference: nil)),
            (9, SeenTwice(.suspect, target: false, reference: nil)),
            (19, SeenTwice(.control, target: nil, reference: false)),
        ]
        for (index, document) in spoiled {
            var seen = certain
            seen[index] = document
            let findings = try ComparedRunMaker().findings(seen)
            #expect(findings.extraction.test.pValue > p, "document \(index)")
            #expect(findings.suspect.undecided + (findings.control?.undecided ?? 0) == 1)
        }
        // What a reference might have had of a control would speak for the target, and is not counted.
        var seen = certain
        seen[19] = SeenTwice(.control, target: false, reference: nil)
        #expect(try ComparedRunMaker().findings(seen).extraction.test.pValue == p)
        #expect(
            try ComparedRunMaker().comparison(seen).verdict.caveats.contains { $0.hasPrefix("1 document has a window") }
        )
    }

    /// Documents whose difficulty both models share.
    private func seen(
        _ count: Int, lift: Double, seed: UInt64, reference: (Double) -> Double = { $0 }
    ) -> [SeenTwice] {
        var generator = SeededGenerator(seed: seed, stream: "difficulty")
        return (0..<2 * count).map { index in
            let difficulty = -30 + 20 * generator.nextUnit()
            let noise = generator.nextUnit()
            return SeenTwice(
                index < count ? .suspect : .control,
                lns: (difficulty + noise + (index < count ? lift : 0), reference(difficulty)))
        }
    }

    @Test(
        "a reference that shares the difficulty of the text makes a small effect visible",
        arguments: 1...5 as ClosedRange<UInt64>)
    func sharper(seed: UInt64) throws {
        let documents = seen(40, lift: 1, seed: seed)
        let comparison = try ComparedRunMaker().comparison(documents)
        let likelihood = try #require(comparison.findings?.likelihood)
        #expect(likelihood.rejects)
        let interval = try #require(likelihood.difference.interval)
        #expect(interval.lower > 0.5 && interval.upper < 1.5 && interval.contains(likelihood.difference.estimate))
        // The answer waits until the target by itself leans that way.
        let leans = try #require(likelihood.targetContrast) > 0
        #expect(comparison.failed.isEmpty)
        #expect(comparison.verdict.answer == (leans ? .favoursCorpus : .inconclusive))
        // The same scores without the reference show nothing.
        let alone = documents.map { SeenTwice($0.arm, lns: ($0.targetLn ?? 0, 0)) }
        let test = try #require(try ComparedRunMaker().findings(alone).likelihood).test
        #expect(test.pValue.value > 0.02)
    }

    @Test("scores of models that read different tokens do not depend on their scale")
    func standardised() throws {
        var maker = ComparedRunMaker()
        maker.sameTokens = false
        let plain = try #require(try maker.findings(seen(12, lift: 1, seed: 2)).likelihood)
        let stretched = try #require(
            try maker.findings(seen(12, lift: 1, seed: 2) { 3.5 * $0 - 200 }).likelihood)
        #expect(abs(plain.test.pValue.ln - stretched.test.pValue.ln) < 1e-12)
        #expect(abs(plain.difference.estimate - stretched.difference.estimate) < 1e-9)
        let comparison = try maker.comparison(seen(40, lift: 2, seed: 2) { 3.5 * $0 - 200 })
        #expect(comparison.findings?.scale == .standardDeviations)
        #expect(comparison.verdict.answer == .favoursCorpus)
        #expect(comparison.verdict.caveats.contains { $0.contains("different length of text") })
    }

    @Test("a model that is better at everything does not favour the corpus")
    func capability() throws {
        let better = (0..<60).map { index -> SeenTwice in
            let ln = -1 - Double(index % 30) / 10
            return SeenTwice(index < 30 ? .suspect : .control, target: index % 2 == 0, lns: (ln, -20))
        }
        let comparison = try ComparedRunMaker().comparison(better)
        #expect(comparison.verdict.answer == .inconclusive)
        #expect(comparison.findings?.suspect.targetOnly == 15 && comparison.findings?.control?.targetOnly == 15)
        // The same suspects without their controls are a lead.
        var alone = ComparedRunMaker()
        alone.hasControl = false
        #expect(try alone.comparison(Array(better.prefix(30))).verdict.answer == .aheadOnCorpus)
    }

    @Test("documents that come back from the target alone favour the corpus")
    func extraction() throws {
        let comparison = try ComparedRunMaker().comparison(
            (0..<60).map { SeenTwice($0 < 30 ? .suspect : .control, target: $0 < 15) })
        #expect(comparison.verdict.answer == .favoursCorpus && comparison.verdict.evidence == .extraction)
        #expect(comparison.findings?.extraction.difference.estimate == 0.5)
        #expect(comparison.findings?.extraction.targetContrast == 0.5)
        #expect(comparison.verdict.doesNotProve.contains("no verdict that the target memorized"))
        #expect(comparison.decisiveTest == comparison.findings?.extraction.test)
    }

    @Test("a difference that is the reference's alone is told as such")
    func referenceAlone() throws {
        // The reference finds the controls a little easier, not enough for its own gate; the target finds both alike.
        let seen = (0..<20).map { index -> SeenTwice in
            let difficulty = -20 + Double(index % 10)
            return index < 10
                ? SeenTwice(.suspect, lns: (difficulty - 0.01, difficulty))
                : SeenTwice(.control, lns: (difficulty, difficulty + 1.5))
        }
        let comparison = try ComparedRunMaker().comparison(seen)
        #expect(comparison.failed.isEmpty)
        let likelihood = try #require(comparison.findings?.likelihood)
        #expect(likelihood.test.rejects(at: likelihood.level) && !likelihood.holds)
        #expect(comparison.verdict.answer == .inconclusive)
        #expect(comparison.verdict.reason.contains("comes from the reference"))
    }

    @Test("documents that are all alike are no evidence")
    func tied() throws {
        for hit in [false, true] {
            let seen = (0..<40).map { index -> SeenTwice in
                SeenTwice(index < 20 ? .suspect : .control, target: hit, reference: hit, lns: (-5, -5))
            }
            let comparison = try ComparedRunMaker().comparison(seen)
            #expect(comparison.verdict.answer == .inconclusive)
            let findings = try #require(comparison.findings)
            #expect(findings.extraction.test.pValue == .certain && findings.likelihood?.test.pValue == .certain)
            let none = try MeanDifference(suspect: [0], control: nil, seed: 1)
            #expect(findings.extraction.difference == none && findings.likelihood?.difference == none)
            var apart = ComparedRunMaker()
            apart.sameTokens = false
            #expect(try apart.comparison(seen).verdict.answer == .inconclusive)
        }
    }

    @Test("arms without a stratum in common get no test and no answer")
    func strata() throws {
        let seen = (0..<40).map { index in
            let windows = [Bool?](repeating: index < 20, count: index < 20 ? 1 : 2)
            return SeenTwice(
                index < 20 ? .suspect : .control, target: windows, reference: windows.map { _ in false },
                lns: (-Double(index), -40))
        }
        let comparison = try ComparedRunMaker().comparison(seen)
        #expect(comparison.findings?.extraction.test.pValue == .certain)
        #expect(comparison.findings?.extraction.test.method.hasPrefix("no test") == true)
        #expect(comparison.verdict.answer == .inconclusive)
    }

    @Test("scores that no computer can add up are refused with a sentence", arguments: [Double.nan, -1.7e308])
    func hostileScores(ln: Double) throws {
        let seen = (0..<40).map { SeenTwice($0 < 20 ? .suspect : .control, lns: (ln, $0 % 2 == 0 ? 1.7e308 : 0)) }
        #expect(throws: AuditError.self) { try ComparedRunMaker().comparison(seen) }
        var alone = ComparedRunMaker()
        alone.hasControl = false
        #expect(throws: AuditError.self) { try alone.comparison(Array(seen.prefix(20))) }
    }

    @Test("the levels are the parts of alpha, whether the run might have ended early or not")
    func levels() throws {
        for stopping in Stopping.allCases {
            var maker = ComparedRunMaker()
            maker.alpha = 0.05
            maker.extractionShare = 0.2
            maker.stopping = stopping
            let findings = try maker.findings(seen(5, lift: 0, seed: 1))
            #expect(findings.extraction.level == 0.01 && findings.likelihood?.level == 0.04)
        }
    }

    @Test("text alone is compared by what came back")
    func textAlone() throws {
        var maker = ComparedRunMaker()
        maker.staging = .generationOnly
        let comparison = try maker.comparison(seen(5, lift: 3, seed: 1))
        #expect(comparison.findings?.likelihood == nil && comparison.verdict.answer == .inconclusive)
    }
}
