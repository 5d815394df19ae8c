import Testing

@testable import TextLearning

@Suite struct PrincipalCoordinatesTests {
    private func documents(_ texts: [String]) -> WeightedDocuments {
        WeightedDocuments(
            texts: texts, groups: Array(texts.indices), hasher: FeatureHasher(checkedBits: 14, seed: 1))
    }

    @Test func theFirstDirectionSeparatesTheTopics() {
        var maker = TextMaker(seed: 31)
        let texts = (0..<60).map { maker.text(words: 40, source: $0 % 2 == 0 ? "x" : "y", ownShare: 0.4) }
        let weighted = documents(texts)
        let coordinates = PrincipalCoordinates(documents: weighted, seed: 1)
        #expect(coordinates.count == 6)
        let isEven = weighted.original.map { $0 % 2 == 0 }
        let area = rankArea(
            scores: (0..<60).map { Float(coordinates.values[$0 * coordinates.count]) }, isSuspect: isEven)
        #expect(area == 0 || area == 1)
    }

    @Test func coordinatesAreUncorrelatedWithTheStatedVariances() {
        var maker = TextMaker(seed: 32, vocabulary: 80)
        let coordinates = PrincipalCoordinates(documents: documents(maker.texts(70, words: 30)), seed: 1)
        #expect(coordinates.count == 7)
        for left in 0..<coordinates.count {
            for right in 0...left {
                let product = (0..<70).reduce(0.0) { sum, document in
                    let row = document * coordinates.count
                    return sum + Double(coordinates.values[row + left]) * Double(coordinates.values[row + right])
                }
                let expected = left == right ? coordinates.variances[left] : 0
                #expect(abs(product / 70 - expected) < 0.001 * coordinates.variances[left])
            }
        }
    }

    @Test(arguments: [[], ["a"], Array(repeating: "same words", count: 40), Array(repeating: "", count: 40)])
    func documentsThatDoNotVaryHaveNoDirections(texts: [String]) {
        let coordinates = PrincipalCoordinates(documents: documents(texts), seed: 1)
        #expect(coordinates.count == 0)
        #expect(coordinates.values.isEmpty)
    }

    @Test func fewKindsOfDocumentsHaveFewDirections() {
        let kinds = ["one kind", "another sort", "third"]
        let coordinates = PrincipalCoordinates(documents: documents((0..<60).map { kinds[$0 % 3] }), seed: 1)
        #expect(coordinates.count == 2)
    }
}
