import RealModule
import Randomness
import Statistics
import Testing

@testable import TextLearning

/// Simulates exchangeable arms and checks that small p-values are no more frequent than they may be.
@Suite struct BlindBaselineValidityTests {
    private static let levels = [0.02, 0.05, 0.1, 0.2, 0.5]
    private static let trials = 400

    /// The smallest count that Binomial(trials, level) exceeds with probability at most 10⁻⁵.
    private func largestAllowed(_ level: Double) -> Int {
        var probability = Double.pow(1 - level, Double(Self.trials))
        var sum = probability
        var count = 0
        while sum < 1 - 1e-5 {
            probability *= Double(Self.trials - count) / Double(count + 1) * level / (1 - level)
            sum += probability
            count += 1
        }
        return count
    }

    private func check(_ pValues: [Double]) {
        for level in Self.levels {
            let rejected = pValues.filter { $0 <= level }.count
            #expect(rejected <= largestAllowed(level), "level \(level): \(rejected) of \(pValues.count) rejected")
        }
        // A test that never rejects would pass as well.
        #expect(pValues.filter { $0 <= 0.5 }.count > Self.trials / 4)
    }

    private var options: BlindBaselineOptions {
        var options = BlindBaselineOptions()
        options.permutations = 49
        options.stopAfter = 10
        options.folds = 3
        options.dimensionBits = 8
        return options
    }

    @Test func exchangeableDocumentsAreNotToldApart() throws {
        check(
            try (0..<Self.trials).map { trial in
                var maker = TextMaker(seed: UInt64(trial), vocabulary: 25)
                return try blindBaseline(
                    suspect: maker.texts(9, words: 9), control: maker.texts(7, words: 9), options: options,
                    seed: UInt64(trial)
                ).test.pValue.value
            })
    }

    @Test func exchangeableGroupsAreNotToldApart() throws {
        // Groups of one to four similar documents go to an arm as wholes, one of them is split between the arms.
        check(
            try (0..<Self.trials).map { trial in
                var maker = TextMaker(seed: UInt64(1_000_000 + trial), vocabulary: 25)
                var texts: [[String]] = [[], []]
                var numbers: [[Int]] = [[], []]
                var generator = SeededGenerator(seed: UInt64(trial), stream: "arms")
                var arms = (0..<13).map { $0 % 2 }
                arms.shuffle(with: &generator)
                for group in 0..<14 {
                    let base = maker.text(words: 7)
                    for copy in 0..<(group == 13 ? 2 : 1 + group % 4) {
                        let arm = group == 13 ? copy : arms[group]
                        texts[arm].append(base + " " + maker.text(words: 2))
                        numbers[arm].append(group)
                    }
                }
                return try blindBaseline(
                    suspect: texts[0], control: texts[1],
                    groups: DocumentGroups(suspect: numbers[0], control: numbers[1]), options: options,
                    seed: UInt64(trial)
                ).test.pValue.value
            })
    }
}
