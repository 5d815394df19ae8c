import Foundation
import Testing
import TextLearning

/// Whether assertions are left out, as they are in release builds.
private let isReleaseBuild: Bool = {
    var isRelease = true
    // An assertion's condition is not evaluated in release builds.
    assert(
        {
            isRelease = false
            return true
        }())
    return isRelease
}()

/// The seconds of processor time that this thread spends in `work`, whatever else the machine does.
private func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try work()
    return now() - start
}

/// Times the module at the size of a real audit; only in release builds, where time means something.
///
///     swift test -c release -Xswiftc -enable-testing --filter TextLearningTests.SpeedTests
@Suite(.serialized, .enabled(if: isReleaseBuild)) struct SpeedTests {
    @Test func twoThousandArticlesPerArmAreTestedInSeconds() throws {
        var maker = TextMaker(seed: 1, vocabulary: 30_000)
        let suspect = maker.texts(2_000, words: 400, source: "s", ownShare: 0.01)
        let control = maker.texts(2_000, words: 400, source: "c", ownShare: 0.01)
        var result: BlindBaselineResult?
        let time = try processorSeconds { result = try blindBaseline(suspect: suspect, control: control, seed: 1) }
        print(
            "blind baseline, 2 × 2,000 texts of 400 words, \(result?.permutations.drawn ?? 0) arrangements: \(time) s")
        #expect(result?.permutations.drawn == 499)
        #expect((result?.area ?? 0) > 0.9)
        #expect(time < 8)
    }

    @Test func aPolicyOverSixteenPrefixesIsTrainedInSeconds() throws {
        var maker = TextMaker(seed: 2, vocabulary: 5_000)
        let hasher = FeatureHasher.standard
        let texts = (0..<2_000).map { maker.text(words: 50, source: "k\(["a", "b", "c"][$0 % 3])", ownShare: 0.2) }
        var model: SoftmaxRegression?
        let time = try processorSeconds {
            model = try SoftmaxRegression(
                examples: texts.enumerated().map { index, text in
                    SoftmaxExample(features: hasher.features(of: text), target: .only(index % 3 * 5))
                }, classes: 16, hasher: hasher)
        }
        let right = texts.indices.filter { index in
            let found = model?.probabilities(of: texts[index]) ?? []
            return found.firstIndex(of: found.max() ?? 0) == index % 3 * 5
        }
        print("policy, 2,000 texts of 50 words, 16 classes: \(time) s")
        #expect(right.count > 1_900)
        #expect(time < 8)
    }
}
