import PrefixLearning
import Randomness
import Testing

@Suite struct ContrastTests {
    @Test func aFreakDocumentDecidesNothing() throws {
        let ordinary = Array(repeating: 0.1, count: 9)
        let contrast = try #require(Contrast(suspects: ordinary + [1_000], controls: ordinary + [-1_000]))
        #expect(abs(contrast.value) < 1e-12)
    }

    /// Yuen's standard error of 1…10 with one value cut at each end:
    /// winsorised 2, 2…9, 9 has sum of squares 66.5; √(66.5/(8·7)) = 1.0897.
    @Test func theStandardErrorIsYuens() throws {
        let contrast = try #require(Contrast(suspects: (1...10).map(Double.init), controls: []))
        #expect(contrast.value == 5.5)
        #expect(abs((contrast.standardError ?? 0) - (66.5 / 56).squareRoot()) < 1e-12)
    }

    @Test func itIsHonestAboutItsError() throws {
        var covered = 0
        for seed in UInt64(0)..<400 {
            var generator = SeededGenerator(seed: seed, stream: "contrast")
            let lifts = (0..<40).map { _ in 0.3 + generator.nextNormal() }
            let contrast = try #require(
                Contrast(suspects: lifts, controls: (0..<40).map { _ in generator.nextNormal() }))
            if abs(contrast.value - 0.3) < 1.99 * (contrast.standardError ?? 0) { covered += 1 }
        }
        #expect((368...395).contains(covered), "\(covered) of 400 intervals of 95 % hold the truth")
    }

    @Test func nothingIsSaidWithoutSuspects() {
        #expect(Contrast(suspects: [], controls: [1]) == nil)
        #expect(Contrast(suspects: [.nan, .infinity], controls: [1]) == nil)
        #expect(Contrast(suspects: [1], controls: [])?.standardError == nil)
        #expect(Contrast(suspects: [1, 1], controls: [1, 1])?.t == nil)
    }
}
