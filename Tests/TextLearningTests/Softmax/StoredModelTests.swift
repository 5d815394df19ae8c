import Foundation
import Testing

@testable import TextLearning

@Suite struct StoredModelTests {
    private func stored(
        version: Int = 1, bits: Int = 4, classes: Int = 2, places: String = "[1, 3]", weights: String = "[1, 2, 3, 4]",
        intercepts: String = "[0, 0.5]"
    ) -> Data {
        Data(
            """
            {"version": \(version), "hasher": {"dimensionBits": \(bits), "seed": 7}, "classes": \(classes),
             "places": \(places), "weights": \(weights), "intercepts": \(intercepts)}
            """.utf8)
    }

    @Test func aModelSurvivesStoring() throws {
        let hasher = FeatureHasher(checkedBits: 16, seed: .max)
        let examples = ["one text", "another text", "third"].enumerated().map { index, text in
            SoftmaxExample(features: hasher.features(of: text), target: .only(index))
        }
        let model = try SoftmaxRegression(examples: examples, classes: 3, hasher: hasher)
        let read = try JSONDecoder().decode(SoftmaxRegression.self, from: JSONEncoder().encode(model))
        #expect(read == model)
        #expect(read.probabilities(of: "one more text") == model.probabilities(of: "one more text"))
    }

    @Test func partsThatDoNotFitAreRefused() throws {
        #expect(try JSONDecoder().decode(SoftmaxRegression.self, from: stored()).classes == 2)
        for broken in [
            stored(version: 2), stored(bits: 0), stored(classes: 0), stored(classes: 3), stored(classes: .max),
            stored(places: "[3, 1]"), stored(places: "[1, 1]"), stored(places: "[1, 16]"), stored(places: "[1]"),
            stored(weights: "[1, 2, 3]"), stored(weights: "[1, 2, 3, 1e13]"), stored(intercepts: "[1]"),
        ] {
            #expect(throws: DecodingError.self, "\(String(decoding: broken, as: UTF8.self))") {
                try JSONDecoder().decode(SoftmaxRegression.self, from: broken)
            }
        }
    }
}
