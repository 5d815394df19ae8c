import Randomness
import Testing

@testable import TextLearning

@Suite struct OutOfFoldScoresTests {
    private let documents: WeightedDocuments
    private let coordinates: PrincipalCoordinates
    private let folds: GroupedFolds

    init() throws {
        var maker = TextMaker(seed: 21, vocabulary: 30)
        documents = WeightedDocuments(
            texts: maker.texts(34, words: 12), groups: Array(0..<34), hasher: FeatureHasher(checkedBits: 12, seed: 1))
        coordinates = PrincipalCoordinates(documents: documents, seed: 3)
        folds = try GroupedFolds(groups: documents.groups, count: 3, seed: 2)
    }

    private func randomArms(_ generator: inout SeededGenerator) -> [OutOfFoldScores.Lanes] {
        (0..<documents.count).map { _ in
            var arms = OutOfFoldScores.Lanes.zero
            for lane in 0..<8 { arms[lane] = generator.next(below: 2) == 0 ? 0 : -1 }
            return arms
        }
    }

    /// The same scores from the definition, in double precision.
    private func definition(arms: [Bool]) -> [Double] {
        let rows = (0..<documents.count).map { document in
            var row = [Double](repeating: 0, count: documents.features)
            for entry in documents.starts[document]..<documents.starts[document + 1] {
                row[Int(documents.entryFeatures[entry])] = Double(documents.entryWeights[entry])
            }
            return row
        }
        let places = (0..<documents.count).map { document in
            (0..<coordinates.count).map { Double(coordinates.values[document * coordinates.count + $0]) }
        }
        func mean(_ table: [[Double]], _ members: [Int]) -> [Double] {
            table[0].indices.map { column in
                members.reduce(0) { $0 + table[$1][column] } / Double(members.count)
            }
        }
        return rows.indices.map { document in
            let seen = rows.indices.filter { folds.fold[$0] != folds.fold[document] }
            let (suspects, controls) = (seen.filter { arms[$0] }, seen.filter { !arms[$0] })
            if suspects.isEmpty || controls.isEmpty { return 0 }
            let (high, low, centre) = (mean(rows, suspects), mean(rows, controls), mean(rows, seen))
            var score = rows[document].indices.reduce(0) {
                $0 + (high[$1] - low[$1]) * (rows[document][$1] - centre[$1])
            }
            let (above, below, middle) = (mean(places, suspects), mean(places, controls), mean(places, seen))
            let differences = zip(above, below).map { $0 - $1 }
            let balance = Double(suspects.count * controls.count) / Double(seen.count * seen.count)
            let explained = zip(differences, coordinates.variances).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
            let kappa = 1 / max(0.01, 1 - balance * explained)
            for (index, difference) in differences.enumerated() {
                let s = coordinates.variances[coordinates.count - 1] / coordinates.variances[index]
                score +=
                    (places[document][index] - middle[index]) * difference
                    * (s * (1 + (kappa - 1) * (1 - s)) - 1)
            }
            return score
        }
    }

    @Test(arguments: 1...5) func everyLaneFollowsTheDefinition(seed: UInt64) {
        #expect(coordinates.count == 3)
        var generator = SeededGenerator(seed: seed, stream: "lanes")
        var arms = randomArms(&generator)
        for document in arms.indices { arms[document][7] = document == 0 ? -1 : 0 }
        var scorer = OutOfFoldScores(documents: documents, coordinates: coordinates, folds: folds)
        _ = scorer.scores(arms: randomArms(&generator))
        let scores = scorer.scores(arms: arms)
        for lane in 0..<8 {
            let expected = definition(arms: arms.map { $0[lane] != 0 })
            let size = expected.reduce(1) { max($0, abs($1)) }
            for document in scores.indices {
                #expect(abs(Double(scores[document][lane]) - expected[document]) < 1e-5 * size)
            }
        }
    }

    @Test func noScoreDependsOnTheArmsOfItsOwnFold() {
        var generator = SeededGenerator(seed: 6, stream: "leak")
        let arms = randomArms(&generator)
        var changed = arms
        for document in arms.indices where folds.fold[document] == 1 { changed[document] = ~arms[document] }
        var scorer = OutOfFoldScores(documents: documents, coordinates: coordinates, folds: folds)
        let before = scorer.scores(arms: arms)
        let after = scorer.scores(arms: changed)
        for document in arms.indices where folds.fold[document] == 1 {
            #expect(before[document] == after[document])
        }
        #expect(before != after)
    }
}
