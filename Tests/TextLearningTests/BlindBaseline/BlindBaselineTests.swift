import Foundation
import Statistics
import Testing

@testable import TextLearning

@Suite struct BlindBaselineTests {
    private func options(permutations: Int = 199, folds: Int = 5) -> BlindBaselineOptions {
        var options = BlindBaselineOptions()
        options.permutations = permutations
        options.folds = folds
        options.dimensionBits = 12
        return options
    }

    @Test func otherNamesAreFound() throws {
        var maker = TextMaker(seed: 1)
        let suspect = maker.texts(40, words: 60, source: "old", ownShare: 0.15)
        let control = maker.texts(40, words: 60, source: "new", ownShare: 0.15)
        let result = try blindBaseline(suspect: suspect, control: control, options: options(), seed: 5)
        #expect(result.area > 0.85)
        #expect(result.permutations == PermutationCount(drawn: 199, asExtreme: 0))
        #expect(abs(result.test.pValue.value - 0.005) < 1e-12)
        #expect(result.test.statistic == result.area)
        #expect(abs(result.meanPermutedArea - 0.5) < 0.05)
        #expect(
            rankArea(
                scores: (result.suspectScores + result.controlScores).map { Float($0) },
                isSuspect: (0..<80).map { $0 < 40 }) == result.area)
    }

    @Test func smallDifferencesAreFoundAmongTopics() throws {
        // A quarter of each text's words are of one of four topics, common to both arms; one in twelve is the arm's own.
        var maker = TextMaker(seed: 8)
        func arm(_ source: String) -> [String] {
            (0..<80).map { index in
                maker.text(words: 60, source: source, ownShare: 1.0 / 12)
                    + " " + maker.text(words: 20, source: "topic\(["a", "b", "c", "d"][index % 4])", ownShare: 1)
            }
        }
        let result = try blindBaseline(suspect: arm("old"), control: arm("new"), options: options(), seed: 5)
        #expect(result.area > 0.7)
        #expect(result.permutations.asExtreme == 0)
    }

    @Test func aDifferenceThatIsTheMainDirectionIsFound() throws {
        var maker = TextMaker(seed: 9)
        let result = try blindBaseline(
            suspect: maker.texts(60, words: 40, source: "s", ownShare: 0.6),
            control: maker.texts(60, words: 40, source: "c", ownShare: 0.6), options: options(), seed: 5)
        #expect(result.area > 0.999)
    }

    @Test func otherTypographyIsFound() throws {
        var maker = TextMaker(seed: 2)
        let suspect = maker.texts(30, words: 40).map { "Am 3.4.2019: " + $0 + "." }
        let control = maker.texts(30, words: 40).map { "On 4/3/2023: " + $0 + "." }
        let result = try blindBaseline(suspect: suspect, control: control, options: options(), seed: 5)
        #expect(result.area > 0.85)
    }

    @Test func mereNumbersAreNotFound() throws {
        var maker = TextMaker(seed: 3)
        let suspect = maker.texts(30, words: 40).map { $0 + " in 2019" }
        let control = maker.texts(30, words: 40).map { $0 + " in 2023" }
        let result = try blindBaseline(suspect: suspect, control: control, options: options(), seed: 5)
        #expect(result.test.pValue.value > 0.05)
        #expect(result.permutations.drawn < 199, "a test that cannot reject any more goes on drawing")
        #expect(result.permutations.asExtreme == 20)
    }

    @Test func theOrderOfDocumentsChangesNothing() throws {
        var maker = TextMaker(seed: 4, vocabulary: 60)
        let suspect = maker.texts(15, words: 20, source: "s", ownShare: 0.1) + ["same", "same"]
        let control = maker.texts(12, words: 20) + ["same", ""]
        let groups = DocumentGroups(suspect: (0..<17).map { $0 / 2 }, control: (0..<14).map { 5 + $0 })
        let first = try blindBaseline(
            suspect: suspect, control: control, groups: groups, options: options(permutations: 49), seed: 9)
        let second = try blindBaseline(
            suspect: suspect.reversed(), control: control.reversed(),
            groups: DocumentGroups(suspect: groups.suspect.reversed(), control: groups.control.reversed()),
            options: options(permutations: 49), seed: 9)
        #expect(second.area == first.area)
        #expect(second.test == first.test)
        #expect(second.permutations == first.permutations)
        #expect(second.suspectScores.reversed() == first.suspectScores)
        #expect(second.controlScores.reversed() == first.controlScores)
    }

    @Test func aRunIsReplayedBitForBit() throws {
        var maker = TextMaker(seed: 5)
        let (suspect, control) = (maker.texts(20, words: 20), maker.texts(20, words: 20))
        let first = try blindBaseline(suspect: suspect, control: control, options: options(permutations: 30), seed: 1)
        let again = try blindBaseline(suspect: suspect, control: control, options: options(permutations: 30), seed: 1)
        let other = try blindBaseline(suspect: suspect, control: control, options: options(permutations: 30), seed: 2)
        #expect(again == first)
        #expect(other != first)
        let read = try JSONDecoder().decode(BlindBaselineResult.self, from: JSONEncoder().encode(first))
        #expect(read == first)
    }

    @Test func nearDuplicatesInOneGroupDoNotGiveTheArmAway() throws {
        // Each text occurs four times in its arm; ungrouped copies tell the arm, grouped ones do not.
        var maker = TextMaker(seed: 6)
        func copies(_ texts: [String]) -> [String] {
            texts.flatMap { text in (0..<4).map { text + " v" + "abcd".dropFirst($0).prefix(1) } }
        }
        let (suspect, control) = (copies(maker.texts(15, words: 30)), copies(maker.texts(15, words: 30)))
        let numbers = (0..<60).map { $0 / 4 }
        let alone = try blindBaseline(suspect: suspect, control: control, options: options(), seed: 3)
        let grouped = try blindBaseline(
            suspect: suspect, control: control,
            groups: DocumentGroups(suspect: numbers, control: numbers.map { 100 + $0 }), options: options(), seed: 3)
        #expect(alone.area > 0.95)
        #expect(grouped.area < 0.75)
        #expect(grouped.test.pValue.value > 0.01)
        #expect(grouped.groups == 30)
    }

    @Test(arguments: [
        (["a b c"], ["a b c"]), ([""], [""]), (["x y", "x y", "x y"], ["x y", "x y"]), (["", " "], ["\u{0}", ""]),
    ]) func identicalDocumentsCarryNoEvidence(suspect: [String], control: [String]) throws {
        let result = try blindBaseline(suspect: suspect, control: control, options: options(), seed: 0)
        #expect(result.area == 0.5)
        #expect(result.test.pValue == .certain)
        #expect(result.test.warnings == [.noVariation])
        #expect(result.groups == 1)
    }

    @Test func oneDocumentPerArmCarriesNoEvidence() throws {
        let result = try blindBaseline(
            suspect: ["one text"], control: ["another text"], options: options(), seed: 0)
        #expect(result.area == 0.5)
        #expect(result.test.pValue == .certain)
    }

    @Test func fewArrangementsAreReported() throws {
        var maker = TextMaker(seed: 7)
        let result = try blindBaseline(
            suspect: maker.texts(3, words: 30, source: "s", ownShare: 0.5),
            control: maker.texts(3, words: 30, source: "c", ownShare: 0.5), options: options(folds: 3), seed: 0)
        guard case .smallestPossible(let smallest) = result.test.warnings.first else {
            Issue.record("20 arrangements cannot give p = 0.01: \(result.test.warnings)")
            return
        }
        #expect(abs(smallest.value - 0.05) < 1e-12)
        #expect(result.test.pValue.value > 0.02)
    }

    @Test func hostileTextsAreTested() throws {
        let line = String(repeating: "one very long line ", count: 55_000)
        let result = try blindBaseline(
            suspect: HostileTexts.all + [line], control: HostileTexts.all.map { $0 + " ؟" },
            options: options(permutations: 19), seed: 0)
        #expect((result.suspectScores + result.controlScores).allSatisfy { $0.isFinite })
        #expect((0...1).contains(result.area))
        #expect((0...1).contains(result.test.pValue.value))
    }

    @Test func badInputIsRefused() {
        #expect(throws: TextLearningError.empty(name: "suspect documents")) {
            try blindBaseline(suspect: [], control: ["a"], seed: 0)
        }
        #expect(throws: TextLearningError.empty(name: "control documents")) {
            try blindBaseline(suspect: ["a"], control: [], seed: 0)
        }
        for (suspects, controls) in [(1, 2), (2, 1), (0, 0), (3, 1)] {
            let groups = DocumentGroups(
                suspect: Array(repeating: 0, count: suspects), control: Array(repeating: 0, count: controls))
            #expect(throws: TextLearningError.self) {
                try blindBaseline(suspect: ["a", "b"], control: ["c", "d"], groups: groups, seed: 0)
            }
        }
        for change: (inout BlindBaselineOptions) -> Void in [
            { $0.folds = 1 }, { $0.folds = .min }, { $0.permutations = 0 }, { $0.stopAfter = 0 },
            { $0.dimensionBits = 40 },
        ] {
            var options = BlindBaselineOptions()
            change(&options)
            #expect(throws: TextLearningError.self) {
                try blindBaseline(suspect: ["a"], control: ["b"], options: options, seed: 0)
            }
        }
    }
}
