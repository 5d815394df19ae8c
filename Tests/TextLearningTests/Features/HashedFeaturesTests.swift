import Foundation
import Testing

@testable import TextLearning

@Suite struct HashedFeaturesTests {
    private let hasher = FeatureHasher(checkedBits: 24, seed: 5)

    @Test func oneAndTwoWordFeaturesAreCounted() {
        // Words: to ×2, be ×2, or, not; pairs: "to be" ×2, "be or", "or not", "not to".
        let counts = hasher.counts(of: "To be or not to be")
        #expect(counts.counts.sorted() == [1, 1, 1, 1, 1, 2, 2, 2])
        #expect(zip(counts.places, counts.places.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func valuesAreDampedCountsOfLengthOne() {
        let features = hasher.features(of: "a a a")
        // "a" three times, "a a" twice: 1 + ln 3 and 1 + ln 2, divided by their length 2.6965….
        let expected: [Float] = [0.778_283, 0.627_914]
        #expect(zip(features.values.sorted(by: >), expected).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(features.values.count == 2)
    }

    @Test func pairsHaveADirection() {
        let forwards = hasher.features(of: "alpha beta")
        let backwards = hasher.features(of: "beta alpha")
        #expect(forwards.places != backwards.places)
        #expect(Set(forwards.places).intersection(backwards.places).count == 2)
    }

    @Test(arguments: HostileTexts.all) func hostileTextsHaveLengthOneOrNoFeatures(text: String) {
        let features = FeatureHasher.standard.features(of: text)
        let length = features.values.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(features.values.isEmpty || abs(length - 1) < 1e-5)
        #expect(features.values.allSatisfy { $0 > 0 })
        #expect(features.places.allSatisfy { $0 < UInt32(FeatureHasher.standard.dimension) })
    }

    @Test func aLongLineIsReadInReasonableTime() {
        let line = String(repeating: "the quick brown fox jumps over the lazy dog ", count: 24_000)
        let features = FeatureHasher.standard.features(of: line)
        #expect(features.places.count == 8 + 9)
    }

    @Test(arguments: [1, 2, 16, 24]) func placesStayBelowTheDimension(bits: Int) throws {
        let hasher = try FeatureHasher(dimensionBits: bits, seed: 9)
        let features = hasher.features(of: "some words to be hashed, and 1 or 2 more")
        #expect(features.places.allSatisfy { Int($0) < hasher.dimension })
    }

    @Test func seedsGiveOtherPlaces() throws {
        let other = try FeatureHasher(dimensionBits: 24, seed: 6)
        #expect(Set(hasher.features(of: "a b c").places).isDisjoint(with: other.features(of: "a b c").places))
    }

    @Test(arguments: [Int.min, 0, 25, Int.max]) func otherDimensionsAreRefused(bits: Int) {
        #expect(throws: TextLearningError.self) { try FeatureHasher(dimensionBits: bits, seed: 0) }
        let stored = Data("{\"dimensionBits\": \(bits), \"seed\": 1}".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(FeatureHasher.self, from: stored) }
    }
}
